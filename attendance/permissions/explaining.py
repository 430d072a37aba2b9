"""Who explains a day, who decides on it, who excuses an outage (ATT-1, ATT-6, ORG-1)."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import may_decide
from attendance.kinds import kind_of
from attendance.models import Excuse
from attendance.services.outages import DECIDE_OUTAGES
from attendance.visible import SEE_ALL_ATTENDANCE
from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision

DECIDES_DAYS = ("supervisor", "manager", "leader", "admin")


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def can_explain(user: Any) -> Decision:
    """Attendance is asked of salespeople (ATT-1)."""
    if user.person is not None and user.person.has_role("salesperson"):
        return ALLOWED
    return Decision(False, _("Salespeople explain their own days."))


def can_see_asked(user: Any) -> Decision:
    if _holds(user, *SEE_ALL_ATTENDANCE, *DECIDES_DAYS, "salesperson"):
        return ALLOWED
    return Decision(
        False, _("Explanations are for whoever makes them, those who decide, and personnel.")
    )


def can_decide_days(user: Any) -> Decision:
    """The lists of what waits; each row asks `can_decide`."""
    if _holds(user, *DECIDES_DAYS):
        return ALLOWED
    return Decision(
        False, _("Days are decided on by supervisors, the manager, the leader and personnel.")
    )


def can_decide(user: Any, row: Any) -> Decision:
    """Approve or refuse: the ladder of ORG-1, never one's own."""
    if row.status != "pending":
        return Decision(False, _("It does not wait any more."))
    return may_decide(user, row.person)


def can_undo(user: Any, row: Any) -> Decision:
    """Take an approval back: whoever might give it."""
    if row.status != kind_of(row).approved:
        return Decision(False, _("It is not approved."))
    return may_decide(user, row.person)


def can_withdraw(user: Any, row: Any) -> Decision:
    if user.person_id is None or user.person_id != row.person_id:
        return Decision(False, _("It is withdrawn by whoever asked."))
    if row.status != "pending":
        return Decision(False, _("It does not wait any more."))
    return ALLOWED


def can_see_outages(user: Any) -> Decision:
    if _holds(user, *SEE_ALL_ATTENDANCE, "supervisor"):
        return ALLOWED
    return Decision(False, _("Outages are for the manager, personnel and those who lead."))


def can_decide_outages(user: Any) -> Decision:
    if _holds(user, *DECIDE_OUTAGES):
        return ALLOWED
    return Decision(False, _("An outage is decided on by the manager or personnel."))


def can_open_excuse_photo(user: Any, file: StoredFile) -> bool:
    """A photo is opened by whoever may see the explanation now."""
    rows = Excuse.objects.visible_to(user)
    return file.owner.isdecimal() and rows.filter(pk=int(file.owner)).exists()
