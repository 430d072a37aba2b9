"""Who may do what with slips (ORG-1, SLIP-1, SLIP-2). Whose slips one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide
from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision
from receivables.models import Payment, Slip
from receivables.querysets.unpaid import SEE_ALL_MONEY

SEE_BLOCKS = ("finance", "manager", "leader")


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def can_see_slips(user: Any) -> Decision:
    if _holds(user, *SEE_ALL_MONEY, "supervisor", "salesperson"):
        return ALLOWED
    return Decision(
        False,
        _(
            "Collection slips are for salespeople, supervisors, the manager, finance, the cashier "
            "and the company leader."
        ),
    )


def can_issue_slips(user: Any) -> Decision:
    """The morning sitting (SLIP-1)."""
    if _holds(user, "finance"):
        return ALLOWED
    return Decision(False, _("Slips are handed out by finance."))


def can_collect(user: Any, slip: Slip) -> Decision:
    """What a customer paid or said is recorded by whoever holds the slip (SLIP-2)."""
    if user.person_id is None or user.person_id != slip.person_id:
        return Decision(False, _("Only who holds the slip records what the customer paid."))
    if slip.returned_at is not None:
        return Decision(False, _("The slip has been returned."))
    return ALLOWED


def can_return_slip(user: Any, slip: Slip) -> Decision:
    if not _holds(user, "finance"):
        return Decision(False, _("Slips are taken back by finance."))
    if user.person_id == slip.person_id:
        return Decision(False, _("Nobody decides on what is their own."))
    return ALLOWED


def can_see_blocks(user: Any) -> Decision:
    if _holds(user, *SEE_BLOCKS):
        return ALLOWED
    return Decision(
        False, _("Who gets no slips is for finance, the manager and the company leader.")
    )


def can_lift_block(user: Any, person: Person) -> Decision:
    """The manager's word; the leader's about the manager; nobody's about themselves (SLIP-4)."""
    return may_decide(user, person, "manager")


def can_take_the_road(user: Any) -> Decision:
    if user.person is not None and user.has_role("salesperson"):
        return ALLOWED
    return Decision(False, _("The road is for salespeople."))


def can_open_payment_photo(user: Any, file: StoredFile) -> bool:
    """The photo of a payment: for whoever may see the payment."""
    if not (file.owner.isascii() and file.owner.isdigit()):
        return False
    return Payment.objects.visible_to(user).filter(pk=int(file.owner)).exists()
