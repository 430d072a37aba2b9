"""Who sees whose rewards and discipline cases (ORG-1): no money role does."""

from typing import Self

from accounts.querysets import OwnedQuerySet

SEE_ALL_CONDUCT = ("manager", "leader", "admin")
ON_THE_WALL = 100


class ConductQuerySet(OwnedQuerySet):
    SEEN_BY = SEE_ALL_CONDUCT


class RewardQuerySet(ConductQuerySet):
    def on_the_wall(self) -> Self:
        """The latest honorary titles, for everybody to see: an honour is public (REW-1)."""
        titles = self.filter(kind="title").select_related("person")
        return titles.order_by("-decided_on", "-pk")[:ON_THE_WALL]
