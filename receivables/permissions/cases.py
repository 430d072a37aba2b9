"""Who does what about bad-debt cases, and sees whose reserve (ORG-1, RES-3 to RES-6)."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide
from accounts.querysets import sees
from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision
from payroll.querysets import SEE_ALL_PAY
from receivables.models import BadDebt, CaseStep, OutcomeProposal

MANAGES = ("finance", "manager")
Kind = CaseStep.Kind
CHASING = (Kind.VISIT, Kind.CALL, Kind.LETTER, Kind.PROMISE, Kind.PAID, Kind.OTHER)
"""What the salesperson does; lawyers and courts are the company's business."""


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def _is_own(user: Any, person: Person) -> bool:
    return user.person_id is not None and user.person_id == person.pk


def can_open_cases(user: Any) -> Decision:
    if _holds(user, *MANAGES):
        return ALLOWED
    return Decision(False, _("A bad-debt case is opened by finance or the manager."))


def can_open_case(user: Any, person: Person) -> Decision:
    """On an order of this salesperson: not on one's own."""
    if _is_own(user, person):
        return Decision(False, _("Nobody opens a case on an order of their own."))
    return can_open_cases(user)


def kinds_of_step(user: Any, case: BadDebt) -> list[CaseStep.Kind]:
    """What kinds of steps somebody may record: the salesperson and the supervisor those of the
    chase, finance and the manager all; none on a case that is closed but by them."""
    person = case.order.person
    if _holds(user, *MANAGES) and not _is_own(user, person):
        return list(Kind)
    leads = sees(user, person, everything=())
    return list(CHASING) if leads and case.is_open else []


def can_record_step(user: Any, case: BadDebt) -> Decision:
    if kinds_of_step(user, case):
        return ALLOWED
    if not case.is_open:
        return Decision(False, _("The case is closed: finance or the manager adds to it."))
    return Decision(
        False,
        _("Steps are recorded by the salesperson, the supervisor, finance and the manager."),
    )


def can_record_cost(user: Any, case: BadDebt) -> Decision:
    if not _holds(user, "finance"):
        return Decision(False, _("Legal costs are recorded by finance."))
    if _is_own(user, case.order.person):
        return Decision(False, _("Nobody records what concerns their own pay."))
    return ALLOWED


def can_propose(user: Any, case: BadDebt) -> Decision:
    if not _holds(user, "finance"):
        return Decision(False, _("The outcome of a case is proposed by finance."))
    if _is_own(user, case.order.person):
        return Decision(False, _("Nobody proposes on a case of their own."))
    return ALLOWED


def can_decide_outcome(user: Any, proposal: OutcomeProposal) -> Decision:
    """The manager, of the manager's own case the leader; neither the salesperson nor whoever
    proposed it."""
    if user.pk == proposal.proposed_by_id:
        return Decision(False, _("Who proposed the outcome does not decide on it."))
    return may_decide(user, proposal.case.order.person, "manager")


def can_take_back(user: Any, proposal: OutcomeProposal) -> Decision:
    if proposal.is_waiting and user.pk == proposal.proposed_by_id:
        return ALLOWED
    return Decision(False, _("A proposal is taken back by whoever made it, while it waits."))


def can_open_case_file(user: Any, file: StoredFile) -> bool:
    """What belongs to a step is opened by whoever may see the case."""
    if not file.owner.isdecimal():
        return False
    return CaseStep.objects.visible_to(user).filter(pk=int(file.owner)).exists()


def can_see_reserves(user: Any) -> Decision:
    """The list of all reserves: whoever sees more pay than their own."""
    if _holds(user, *SEE_ALL_PAY, "supervisor"):
        return ALLOWED
    return Decision(
        False,
        _("The reserves are for finance, the cashier, the manager, the leader and supervisors."),
    )
