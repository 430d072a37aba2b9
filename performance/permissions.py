"""Who may do what about targets, appraisals and activities (ORG-1, TAR-1, KPI-1, PLAN-1).

Whose one may see is in `querysets`.
"""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide
from accounts.querysets import sees
from conduct.rewards.permissions import can_propose, can_propose_for
from core.permissions import ALLOWED, Decision
from performance.models import Activity, Appraisal
from performance.querysets import SEE_ALL, SETS_TARGETS
from performance.rules.appraisal import Key

SALES = ("salesperson", "supervisor")
ADJUSTS = ("manager", "leader")
# What is told of customers and their money is for those who see them (CUS-2).
SEE_CUSTOMERS = ("manager", "leader")
NAMES_NO_CUSTOMER = (Key.ACTIVITY, Key.REPORTS)


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def can_see_performance(user: Any) -> Decision:
    """The pages about targets and appraisals: whoever sells, and those above."""
    if _holds(user, *SALES, *SEE_ALL):
        return ALLOWED
    return Decision(False, _("Targets and appraisals are for the sales department."))


def can_set_targets(user: Any) -> Decision:
    if _holds(user, *SETS_TARGETS):
        return ALLOWED
    return Decision(False, _("Targets are set by the manager and the leader."))


def can_set_target_of(user: Any, person: Person) -> Decision:
    """The manager's own is set by the leader."""
    allowed = can_set_targets(user)
    return may_decide(user, person, *SETS_TARGETS) if allowed else allowed


def can_see_leaderboard(user: Any, *, shown: bool) -> Decision:
    """`shown`: whether the policy lets colleagues see each other's percentage."""
    allowed = can_see_performance(user)
    if allowed and not shown:
        return Decision(False, _("The company has switched leaderboards off."))
    return allowed


def can_see_department(user: Any) -> Decision:
    """The department in one view: the heads, who see all of what it adds up."""
    if _holds(user, "manager", "leader"):
        return ALLOWED
    return Decision(False, _("The department in one view is for the manager and the leader."))


# Appraisals.


def can_reckon(user: Any) -> Decision:
    if _holds(user, *ADJUSTS):
        return ALLOWED
    return Decision(False, _("Appraisals are reckoned by the manager and the leader."))


def can_adjust(user: Any, appraisal: Appraisal) -> Decision:
    """Add points to a draft."""
    if appraisal.state != Appraisal.State.DRAFT:
        return Decision(False, _("She was told of it already."))
    return may_decide(user, appraisal.person, *ADJUSTS)


def can_tell(user: Any, appraisal: Appraisal) -> Decision:
    """Talk a draft over with her: her supervisor, the manager, the leader."""
    if appraisal.state != Appraisal.State.DRAFT:
        return Decision(False, _("She was told of it already."))
    return may_decide(user, appraisal.person)


def can_answer(user: Any, appraisal: Appraisal) -> Decision:
    """Acknowledge or object: nobody else than she."""
    if user.person_id is None or appraisal.person_id != user.person_id:
        return Decision(False, _("An appraisal is answered by whom it is about."))
    if appraisal.state != Appraisal.State.TOLD:
        return Decision(False, _("It was answered already."))
    return ALLOWED


def can_decide(user: Any, appraisal: Appraisal) -> Decision:
    """Decide on an objection: neither who told her nor who added the points."""
    if appraisal.state != Appraisal.State.OBJECTED:
        return Decision(False, _("No objection waits for a decision."))
    if user.pk in (appraisal.told_by_id, appraisal.points_by_id):
        return Decision(False, _("An objection is decided by somebody else."))
    return may_decide(user, appraisal.person, *ADJUSTS)


def can_propose_effect(user: Any, appraisal: Appraisal) -> Decision:
    """Propose a bonus or report a case from it: whoever proposes rewards for that person."""
    if not appraisal.is_over:
        return Decision(False, _("Nothing follows before it is acknowledged or decided."))
    may = can_propose(user)
    return can_propose_for(user, appraisal.person) if may else may


def can_open_records(user: Any, person: Person, key: str) -> Decision:
    """The records behind an indicator: those that tell of customers and their money are opened by
    whoever sees those."""
    wide = SEE_ALL if key in NAMES_NO_CUSTOMER else SEE_CUSTOMERS
    if sees(user, person, everything=wide):
        return ALLOWED
    return Decision(False, _("These records tell of customers: you see the figures alone."))


# Activities.


def can_plan_activity(user: Any) -> Decision:
    if user.person is not None and user.person.has_role(*SALES, "manager"):
        return ALLOWED
    return Decision(False, _("Activities are planned by the sales department."))


def can_change_activity(user: Any, activity: Activity) -> Decision:
    """Change a plan that nobody has decided on yet, or one that was refused."""
    if user.person_id is None or activity.planner_id != user.person_id:
        return Decision(False, _("A plan is changed by whoever wrote it."))
    if activity.state not in (Activity.State.ASKED, Activity.State.REFUSED):
        return Decision(False, _("It was decided already."))
    return ALLOWED


def can_approve_activity(user: Any, activity: Activity) -> Decision:
    if activity.state != Activity.State.ASKED:
        return Decision(False, _("It was decided already."))
    return may_decide(user, activity.planner, *ADJUSTS)


def can_carry_out(user: Any, activity: Activity) -> Decision:
    """Say who came and what came of it, or call it off: whoever planned it, and the heads."""
    if activity.state not in (Activity.State.APPROVED, Activity.State.HELD):
        return Decision(False, _("Only an approved activity is carried out."))
    if _holds(user, *ADJUSTS) or (user.person_id and activity.planner_id == user.person_id):
        return ALLOWED
    return Decision(False, _("This is for whoever planned it, and the manager."))
