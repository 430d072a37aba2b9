"""Who may do what in the evening at the counter (SLIP-3, ORG-1)."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import capacities
from core.permissions import ALLOWED, Decision
from receivables.models import DaySheet, Discrepancy, SlipCount
from receivables.permissions.unpaid import can_see_unpaid
from receivables.querysets.unpaid import SEE_ALL_MONEY


def _in_role(user: Any, about: Person, role: str) -> Decision:
    """In a role one holds, or stands in for with somebody else; never about oneself."""
    if user.person_id == about.pk:
        return Decision(False, _("Nobody decides on what is their own."))
    held = [each for each in capacities(user, about) if role in each.roles]
    if any(each.person != about.pk for each in held):
        return ALLOWED
    if held:
        return Decision(False, _("A stand-in does not decide about whom they stand in for."))
    return _cashiers() if role == "cashier" else _finances()


def _cashiers() -> Decision:
    return Decision(False, _("Money is counted by the cashier, or by who stands in."))


def _finances() -> Decision:
    return Decision(False, _("This is finance's to do."))


def can_see_handovers(user: Any) -> Decision:
    """The handovers and differences; whose one may see is in `querysets`."""
    return can_see_unpaid(user)


def can_use_counter(user: Any) -> Decision:
    """The counter: for the cashier alone."""
    return ALLOWED if user.has_role("cashier") else _cashiers()


def can_count(user: Any, person: Person) -> Decision:
    """Counting what somebody brings: nobody counts their own money."""
    if user.person_id == person.pk:
        return Decision(False, _("Nobody counts their own money."))
    return _in_role(user, person, "cashier")


def can_explain(user: Any, discrepancy: Discrepancy) -> Decision:
    if user.person_id is not None and user.person_id == discrepancy.handover.person_id:
        return ALLOWED
    return Decision(False, _("It is explained by who brought the money."))


def can_settle(user: Any, discrepancy: Discrepancy) -> Decision:
    """Finance, but neither who brought the money nor who counted it."""
    if discrepancy.handover.counted_by_id == user.pk:
        return Decision(False, _("Who counted the money does not settle its difference."))
    return _in_role(user, discrepancy.handover.person, "finance")


def can_bring(user: Any, discrepancy: Discrepancy) -> Decision:
    """Counting cash that was missing."""
    return can_count(user, discrepancy.handover.person)


def can_see_sheets(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*SEE_ALL_MONEY):
        return ALLOWED
    return Decision(
        False, _("Day sheets are for the cashier, finance, the manager and the company leader.")
    )


def can_close_sheet(user: Any) -> Decision:
    return can_use_counter(user)


def can_sign(user: Any, sheet: DaySheet) -> Decision:
    """Finance, but not who closed it."""
    if sheet.closed_by_id == user.pk:
        return Decision(False, _("Who closed the sheet does not sign it off."))
    return ALLOWED if user.has_role("finance") else _finances()


def can_agree_slips(user: Any) -> Decision:
    """Counting anybody's slips."""
    return ALLOWED if user.has_role("finance") else _finances()


def can_count_slips(user: Any, person: Person) -> Decision:
    """Finance, and nobody their own."""
    return _in_role(user, person, "finance")


def can_confirm_slips(user: Any, count: SlipCount) -> Decision:
    if user.person_id is not None and user.person_id == count.person_id:
        return ALLOWED
    return Decision(False, _("The count is confirmed by who holds the slips."))
