"""Who may see customers' files (CUS-2). Whose files one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from core.permissions import ALLOWED, Decision
from customers.querysets import SEE_ALL_CUSTOMERS


def can_see_files(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*SEE_ALL_CUSTOMERS, "supervisor", "salesperson"):
        return ALLOWED
    return Decision(
        False,
        _(
            "Customers' files are trade secrets: they are for salespeople, supervisors, the "
            "manager and the company leader."
        ),
    )
