"""Who may see goods on loan (ORG-1). Whose loans one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from claims.querysets import SEE_ALL_GOODS
from core.permissions import ALLOWED, Decision


def can_see_loans(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*SEE_ALL_GOODS, "supervisor", "salesperson"):
        return ALLOWED
    return Decision(
        False,
        _(
            "Goods on loan are for the keeper, salespeople, supervisors, the manager and the "
            "company leader."
        ),
    )
