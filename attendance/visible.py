"""Who sees whose attendance and leave (ORG-1). Apart from `querysets`, which the models are for."""

from accounts.querysets import OwnedQuerySet

SEE_ALL_ATTENDANCE = ("manager", "leader", "admin")
# Why somebody was ill is for them, for personnel, and for whoever decides.
SEE_MEDICAL = ("admin",)


class AttendanceQuerySet(OwnedQuerySet):
    SEEN_BY = SEE_ALL_ATTENDANCE


class FinePaymentQuerySet(OwnedQuerySet):
    """Cash: the money roles see it too."""

    SEEN_BY = (*SEE_ALL_ATTENDANCE, "finance", "cashier")
