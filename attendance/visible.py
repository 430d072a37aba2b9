"""Who sees whose attendance and leave (ORG-1). Apart from `querysets`, which the models are for."""

from typing import Any, Self

from accounts.deciding import to_decide_by
from accounts.querysets import OwnedQuerySet

SEE_ALL_ATTENDANCE = ("manager", "leader", "admin")
# Why somebody was ill is for them, for personnel, and for whoever decides.
SEE_MEDICAL = ("admin",)


class AttendanceQuerySet(OwnedQuerySet):
    SEEN_BY = SEE_ALL_ATTENDANCE


class FinePaymentQuerySet(OwnedQuerySet):
    """Cash: the money roles see it too."""

    SEEN_BY = (*SEE_ALL_ATTENDANCE, "finance", "cashier")

    def in_hand_of(self, user: Any) -> Self:
        """What somebody took, and neither handed over nor gave back."""
        return self.filter(taken_by=user, handover=None, given_back_at=None)


class AskedQuerySet(AttendanceQuerySet):
    """What waits for somebody's word (ORG-1)."""

    def waiting(self) -> Self:
        return self.filter(status="pending")

    def to_decide_by(self, user: Any) -> Self:
        """Those that wait for a user's own word: never their own."""
        return to_decide_by(self.waiting(), user)
