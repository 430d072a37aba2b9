"""Who may see orders (ORG-1). Whose orders one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from core.permissions import ALLOWED, Decision
from orders.querysets import SEE_ALL_ORDERS


def can_see_orders(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*SEE_ALL_ORDERS, "supervisor", "salesperson"):
        return ALLOWED
    return Decision(
        False,
        _(
            "Orders are for salespeople, supervisors, the manager, finance, the cashier and the "
            "company leader."
        ),
    )
