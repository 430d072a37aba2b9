"""Who may do what with projects (CUS-3, CUS-4). Whose projects one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide_on
from accounts.querysets import led_ids
from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision
from customers.models import Claim, Conflict, Project
from customers.querysets.files import SEE_ALL_CUSTOMERS
from customers.querysets.projects import delegated


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def can_see_projects(user: Any) -> Decision:
    if _holds(user, *SEE_ALL_CUSTOMERS, "supervisor", "salesperson"):
        return ALLOWED
    return Decision(
        False,
        _("Projects are for salespeople, supervisors, the manager and the company leader."),
    )


def can_register(user: Any) -> Decision:
    if user.person is not None and user.person.has_role("salesperson"):
        return ALLOWED
    return Decision(False, _("Projects are registered by salespeople."))


def can_work_on(user: Any, project: Project) -> Decision:
    """Stages, notes, requirement list: who pursues it, who leads them, the manager."""
    if not project.is_open:
        return Decision(False, _("The project has ended."))
    return _keeps(user, project)


def _keeps(user: Any, project: Project) -> Decision:
    is_own = user.person_id is not None and user.person_id == project.person_id
    if is_own or _holds(user, "manager") or project.person_id in led_ids(user):
        return ALLOWED
    return Decision(
        False, _("A project is kept by who pursues it, who leads them, and the manager.")
    )


def can_reopen(user: Any, project: Project) -> Decision:
    """Take a lost project up again: who could work on it. What a ruling ended stays ended."""
    if project.ended != Project.Ended.LOST:
        return Decision(False, _("Only a lost project is taken up again."))
    return _keeps(user, project)


def deciding() -> tuple[str, ...]:
    """The roles that assign and rule: the leader, the manager where it is delegated. One query."""
    return ("leader", "manager") if delegated() else ("leader",)


def can_assign(user: Any) -> Decision:
    """The leader, or the manager where the leader has delegated it (CUS-4, S4.7)."""
    if _holds(user, "leader") or (user.has_role("manager") and delegated()):
        return ALLOWED
    return Decision(
        False,
        _("Who pursues a project is for the leader to say, or the manager by delegation."),
    )


def can_assign_to(user: Any, person: Person) -> Decision:
    """Nobody assigns to themself, nor to whom they stand in for."""
    return may_decide_on(user, [person], *deciding())


def can_delegate(user: Any) -> Decision:
    if _holds(user, "leader"):
        return ALLOWED
    return Decision(False, _("The company leader alone delegates."))


def can_see_delegations(user: Any) -> Decision:
    if _holds(user, *SEE_ALL_CUSTOMERS):
        return ALLOWED
    return Decision(False, _("Delegations are for the manager and the company leader."))


def can_say(user: Any, claim: Claim) -> Decision:
    if not claim.conflict.is_open:
        return Decision(False, _("The conflict has been ruled on."))
    if user.person_id is not None and user.person_id == claim.person_id:
        return ALLOWED
    return Decision(False, _("A side is said by who registered."))


def can_rule(user: Any, conflict: Conflict) -> Decision:
    """The leader, or the manager by delegation; never one of the two, nor who supervises one of
    them (CUS-3)."""
    if not conflict.is_open:
        return Decision(False, _("The conflict has been ruled on."))
    sides = [claim.person for claim in conflict.claims.select_related("person")]
    led = led_ids(user)
    if any(each.pk in led or each.supervisor_id == user.person_id for each in sides):
        return Decision(False, _("Who supervises one of the two does not rule."))
    return may_decide_on(user, sides, *deciding())


def can_open_evidence(user: Any, file: StoredFile) -> bool:
    """Evidence is opened by whoever sees that side."""
    if not file.owner.isdecimal():
        return False
    return Claim.objects.visible_to(user).filter(pk=int(file.owner)).exists()


def evidence_concerns(file: StoredFile) -> str:
    """Whom evidence concerns: a project, and nobody of the house."""
    return ""
