"""Who may do what with leave (LEA-1 to LEA-5, ORG-1). Whose one may see is in `visible`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide
from accounts.querysets import sees
from attendance.leave_steps import DECIDES_LEAVE, SECOND, may_say
from attendance.models import Leave, LeaveStep, RewardGrant, Status
from attendance.services.leave_keeping import is_before
from attendance.visible import SEE_ALL_ATTENDANCE, SEE_MEDICAL
from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision

KEEPS_TYPES = ("admin",)


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def can_see_leaves(user: Any) -> Decision:
    """The list, the calendar, the form: whoever works here."""
    if user.is_superuser or user.person is not None:
        return ALLOWED
    return Decision(False, _("Leave is for whoever works here."))


def can_ask(user: Any) -> Decision:
    if user.person is not None and not user.person.has_left:
        return ALLOWED
    return Decision(False, _("Leave is for whoever works here."))


def can_decide_leaves(user: Any) -> Decision:
    """The list of what waits for a decision; each request asks `can_decide`."""
    if _holds(user, *DECIDES_LEAVE):
        return ALLOWED
    return Decision(
        False, _("Leave is decided by supervisors, the manager, the leader and personnel.")
    )


def can_decide(user: Any, leave: Leave, step: int, words: list[LeaveStep]) -> Decision:
    """Say the word that a request waits for: never on one's own, never both words."""
    if leave.status != Status.PENDING:
        return Decision(False, _("The request does not wait any more."))
    said = (w for w in words if w.approved and w.of_version == leave.version)
    if any(word.by_id == user.pk for word in said):
        return Decision(False, _("The second word is somebody else's."))
    return may_say(user, leave.person, step)


def can_withdraw(user: Any, leave: Leave) -> Decision:
    if not _is_own(user, leave):
        return Decision(False, _("A request is withdrawn by whoever made it."))
    if leave.status != Status.PENDING:
        return Decision(False, _("The request does not wait any more."))
    return ALLOWED


def can_hand_in(user: Any, leave: Leave) -> Decision:
    """Evidence: from whoever asked; personnel takes a paper in for them."""
    if not _is_own(user, leave) and not _holds(user, *SEE_MEDICAL):
        return Decision(False, _("Evidence is handed in by whoever asked, or by personnel."))
    if leave.status not in (Status.PENDING, Status.APPROVED):
        return Decision(False, _("The request does not wait any more."))
    return ALLOWED


def can_cancel(user: Any, leave: Leave) -> Decision:
    """Approved leave: whoever takes it until it begins, afterwards who decides about them."""
    if leave.status != Status.APPROVED:
        return Decision(False, _("The leave is not approved."))
    if _is_own(user, leave):
        if is_before(leave):
            return ALLOWED
        return Decision(False, _("It has begun: ask whoever decides to cancel it."))
    return may_decide(user, leave.person)


def can_make_special(user: Any, leave: Leave) -> Decision:
    """An approved leave, after the fact (LEA-1)."""
    if leave.status != Status.APPROVED or leave.special_case:
        return Decision(False, _("It is not an approved leave that counts."))
    return may_decide(user, leave.person)


def sees_why(user: Any, leave: Leave) -> bool:
    """Whether somebody reads why: an illness is for them, personnel and who decides (ORG-1)."""
    return leave.type != "sick" or sees_evidence(user, leave)


def sees_evidence(user: Any, leave: Leave) -> bool:
    """Medical and other records: for them, for personnel, for whoever decides, alone."""
    if user.is_superuser or _is_own(user, leave) or user.has_role(*SEE_MEDICAL):
        return True
    if may_say(user, leave.person, 1):
        return True
    return leave.steps_needed > 1 and bool(may_say(user, leave.person, 2))


def can_open_evidence(user: Any, file: StoredFile) -> bool:
    """A file of the kind `leave`."""
    leave = _leave_of(file)
    if leave is None:
        return False
    seen = sees(user, leave.person, everything=SEE_ALL_ATTENDANCE)
    return seen and sees_evidence(user, leave)


def evidence_concerns(file: StoredFile) -> str:
    """The employee number of whom a file of leave is about."""
    leave = _leave_of(file)
    return leave.person.employee_no if leave else ""


def sees_reasons(user: Any) -> bool:
    """Whether changes of reasons and evidence are read in the trail: personnel alone."""
    return _holds(user, *SEE_MEDICAL)


def _leave_of(file: StoredFile) -> Leave | None:
    if not file.owner.isdecimal():
        return None
    rows = Leave.objects.select_related("person__supervisor")
    found: Leave | None = rows.filter(pk=int(file.owner)).first()
    return found


def _is_own(user: Any, leave: Leave) -> bool:
    return user.person_id is not None and user.person_id == leave.person_id


def can_give_rewards(user: Any) -> Decision:
    """Reward leave is given by the manager or the leader; each person asks `can_give_to`."""
    if _holds(user, *SECOND, *SEE_MEDICAL):
        return ALLOWED
    return Decision(False, _("Reward leave is given by the manager or the company leader."))


def can_give_to(user: Any, person: Person) -> Decision:
    """The manager's is given by the leader, the leader's by personnel; never one's own."""
    return may_decide(user, person, *SECOND)


def can_take_back(user: Any, grant: RewardGrant) -> Decision:
    if grant.taken_back_at is not None:
        return Decision(False, _("These days were taken back already."))
    return may_decide(user, grant.person, *SECOND)


def can_keep_types(user: Any) -> Decision:
    if _holds(user, *KEEPS_TYPES):
        return ALLOWED
    return Decision(False, _("Leave types are kept by personnel."))
