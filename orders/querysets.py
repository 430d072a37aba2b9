"""The vocabulary of reads about orders, and who may see whose (ORG-1)."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from accounts.models import Person

if TYPE_CHECKING:
    from orders.models import Order  # noqa: F401  # named in quotes below

SEE_ALL_ORDERS = ("manager", "leader", "finance", "cashier")


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, user: Any) -> "OrderQuerySet":
        """One's own, a supervisor's people's; manager, leader, finance and cashier see all."""
        if user.is_superuser or user.has_role(*SEE_ALL_ORDERS):
            return self
        if user.person is None:
            return self.none()
        whose = Q(person=user.person_id)
        if user.has_role("supervisor"):
            whose |= Q(person__in=Person.objects.below(user.person))
        return self.filter(whose)
