"""Who sees which slips (ORG-1)."""

from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import Person
from receivables.querysets.unpaid import SEE_ALL_MONEY


class MoneyQuerySet(models.QuerySet[Any]):
    """Rows of somebody's money: `person` is whose."""

    def visible_to(self, user: Any) -> "MoneyQuerySet":
        """One's own, a supervisor's people's; manager, leader, finance and cashier see all."""
        if user.is_superuser or user.has_role(*SEE_ALL_MONEY):
            return self
        if user.person is None:
            return self.none()
        whose = Q(person=user.person_id)
        if user.has_role("supervisor"):
            whose |= Q(person__in=Person.objects.below(user.person))
        return self.filter(whose)
