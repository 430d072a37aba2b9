"""Who punches, and who looks at whose days (ORG-1). Whose one may see is in `visible`."""

from typing import Any

from django.utils.translation import gettext as _

from attendance.visible import SEE_ALL_ATTENDANCE
from core.permissions import ALLOWED, Decision

PUNCH = ("salesperson", "supervisor")


def can_punch(user: Any) -> Decision:
    """In one's own right: nobody punches for whom they stand in for."""
    if user.person is None or not user.person.has_role(*PUNCH):
        return Decision(False, _("Salespeople and supervisors punch here."))
    if user.person.has_left:
        return Decision(False, _("Who has left the company punches no more."))
    return ALLOWED


def can_see_boards(user: Any) -> Decision:
    """Today's board and the team's month; each shows whom one may see."""
    if user.is_superuser or user.has_role("supervisor", *SEE_ALL_ATTENDANCE):
        return ALLOWED
    return Decision(
        False, _("The team's attendance is for supervisors, the manager, the leader and personnel.")
    )
