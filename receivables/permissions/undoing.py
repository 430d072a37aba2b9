"""Who undoes a payment or takes goods back (SLIP-6)."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from core.permissions import ALLOWED, Decision


def can_undo(user: Any, *people: Person) -> Decision:
    """Finance, but nobody their own: `people` are those whose money or order it is."""
    if not (user.is_superuser or user.has_role("finance")):
        return Decision(False, _("Bounced cheques, refunds and returned goods are for finance."))
    if any(person.pk == user.person_id for person in people):
        return Decision(False, _("Nobody undoes a payment or an order of their own."))
    return ALLOWED
