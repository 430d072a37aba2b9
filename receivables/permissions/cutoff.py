"""Who sees the cutoff, and who corrects a receipt (CUT-1, CUT-3). Whose is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from core.permissions import ALLOWED, Decision
from receivables.querysets.unpaid import SEE_ALL_MONEY


def can_see_cutoff(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*SEE_ALL_MONEY, "supervisor", "salesperson"):
        return ALLOWED
    return Decision(
        False,
        _(
            "The cutoff is for salespeople, supervisors, the manager, finance, the cashier and the "
            "company leader."
        ),
    )


def can_correct_receipt(user: Any, *people: Person) -> Decision:
    """Finance, but nobody their own."""
    if not (user.is_superuser or user.has_role("finance")):
        return Decision(False, _("When money was received is corrected by finance."))
    if any(person.pk == user.person_id for person in people):
        return Decision(False, _("Nobody corrects a payment of their own."))
    return ALLOWED
