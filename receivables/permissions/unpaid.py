"""Who may see what is owed (ORG-1). Whose orders one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from core.permissions import ALLOWED, Decision
from receivables.querysets.unpaid import SEE_ALL_MONEY


def can_see_unpaid(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*SEE_ALL_MONEY, "supervisor", "salesperson"):
        return ALLOWED
    return Decision(
        False,
        _(
            "What customers owe is for salespeople, supervisors, the manager, finance, the cashier "
            "and the company leader."
        ),
    )
