"""Who sees which conflict, and which side of it (CUS-3)."""

from typing import Any, Self

from django.db import models

from accounts.querysets import OwnedQuerySet
from customers.querysets.files import SEE_ALL_CUSTOMERS


class ClaimQuerySet(OwnedQuerySet):
    """Each side sees its own claim, with those who lead it; who rules sees both."""

    SEEN_BY = SEE_ALL_CUSTOMERS


class ConflictQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Those of which one sees a side."""
        from customers.models import Claim

        sides = Claim.objects.visible_to(user).filter(conflict=models.OuterRef("pk"))
        return self.filter(models.Exists(sides))

    def waiting(self) -> Self:
        return self.filter(ruling="")
