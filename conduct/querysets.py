"""Who sees whose rewards and discipline cases (ORG-1): no money role does."""

from accounts.querysets import OwnedQuerySet

SEE_ALL_CONDUCT = ("manager", "leader", "admin")


class ConductQuerySet(OwnedQuerySet):
    SEEN_BY = SEE_ALL_CONDUCT
