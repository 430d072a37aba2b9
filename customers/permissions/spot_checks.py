"""Who draws, judges, replies and decides in spot checks (VIS-3, ORG-1)."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide
from core import clock
from core.permissions import ALLOWED, Decision
from customers.models import SpotCheck
from customers.permissions.visits import is_own, leads_sellers


def can_spot_check(user: Any) -> Decision:
    """The page where a sample is drawn; each person asks `can_check`."""
    if user.person is not None and leads_sellers(user):
        return ALLOWED
    return Decision(False, _("Records are checked by supervisors, the manager and the leader."))


def can_check(user: Any, person: Person) -> Decision:
    """Draw a sample of somebody's customers: who leads them, never one's own."""
    return may_decide(user, person)


def can_judge(user: Any, check: SpotCheck) -> Decision:
    is_over = check.draw is None or check.draw.judge_by < clock.today()
    if is_over or check.replied_at:
        return Decision(False, _("There is nothing to judge any more."))
    return may_decide(user, check.person)


def can_reply_to_check(user: Any, check: SpotCheck) -> Decision:
    if not is_own(user, check.person_id):
        return Decision(False, _("To a spot check replies whoever was checked."))
    if check.verdict != SpotCheck.Verdict.NONE or check.reply_until is None or check.replied_at:
        return Decision(False, _("There is nothing to answer any more."))
    return ALLOWED


def can_answer_check(user: Any, check: SpotCheck) -> Decision:
    """Accept or reject a reply: another than the checker, the manager or the leader (ORG-1)."""
    if not check.replied_at or check.answer:
        return Decision(False, _("There is nothing to decide any more."))
    if check.checked_by_id == user.pk:
        return Decision(False, _("A reply is decided on by somebody else than who checked."))
    return may_decide(user, check.person, "manager", "leader")
