"""What is decided of each, and what follows in the same transaction (DIS-1, DIS-2, DIS-3)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.cases.reads import barred_from, stood_before
from conduct.cases.rules import (
    DISMISSAL,
    WITH_AMOUNT,
    departs,
    is_second,
    may_be_decided,
    proposal_goes_to,
)
from conduct.cases.services.board import company_tell
from conduct.cases.services.keeping import (
    CaseRefused,
    meanwhile,
    must_say,
    proceeding_change,
    written,
)
from conduct.cases.services.telling import ended_tell, proposal_tell, verdict_tell
from conduct.kinds import Sanction
from conduct.models import (
    ConductCase,
    Proceeding,
    Proposal,
    Subject,
    SuspicionCase,
    Verdict,
)
from core import clock
from core.db import queue_up
from core.months import Month
from core.numbers import next_no
from payroll.charging import party_of
from payroll.services import close_follow

State = Proceeding.State
BY_PROPOSAL = (Sanction.DEMOTION, Sanction.DISMISSAL)
TAKES_MONEY = (Sanction.FORFEIT, Sanction.FINE, Sanction.BONUS_CUT)
MOST = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Decided:
    """What is decided of somebody. `sanction` empty: none but what is proposed (`proposes`:
    demotion or dismissal, to the leader). `departs`: why otherwise than the documents prescribe."""

    proven: bool
    reason: str
    grave: bool = False
    sanction: str = ""
    amount: Decimal | None = None
    proposes: str = ""
    departs: str = ""


@transaction.atomic
def verdict_give(*, subject: Subject, version: int, decided: Decided, actor: Any) -> Verdict:
    """Decide of one of those a case is about, as the case was seen (`version`).

    What is proven stands in the facts under its own number, which the ledger follows. Of poaching
    and shifting the program itself finds whether it is the second time, and then proposes dismissal
    (DIS-3). With the last of them the case is decided, and the company is told of poaching and
    shifting (NOTE-1). Raises `CaseRefused`, `ChangedMeanwhile`.
    """
    queue_up("conduct decisions")  # two cases of one person would each be the first
    row = Proceeding.objects.select_related("reporter").get(pk=subject.proceeding_id)
    if row.version != version or row.state != State.HEARING:
        raise meanwhile()
    subject = row.subjects.select_related("person").get(pk=subject.pk)
    if hasattr(subject, "verdict"):
        raise meanwhile()
    second = decided.proven and is_second(row.offence, len(stood_before(subject.person)))
    _check(row, subject, decided, second)
    case = _fact(row, subject, decided, actor) if decided.sanction else None
    verdict: Verdict = Verdict.objects.create(
        subject=subject,
        proven=decided.proven,
        grave=decided.grave,
        second_time=second,
        sanction=decided.sanction,
        amount=decided.amount,  # type: ignore[misc]
        reason=decided.reason.strip(),
        departs=decided.departs.strip(),
        case=case,
        at=clock.now(),
        by=actor,
    )
    written(row, "case decided", actor, row.goes_to)
    if proposes := DISMISSAL if second else decided.proposes:
        _propose(row, verdict, proposes, actor)
    _end(row, actor)
    verdict_tell(verdict=verdict, actor=actor)
    if case is not None and case.sanction in TAKES_MONEY:
        close_follow(month=Month.of(case.decided_on), actor=actor)
    return verdict


def _check(row: Proceeding, subject: Subject, decided: Decided, second: bool) -> None:
    must_say(decided.reason, _("A decision needs its reason."))
    until = row.hearing_until or clock.today()  # a CHECK constraint says that there is one
    if not may_be_decided(replied=subject.replied_at is not None, until=until, today=clock.today()):
        raise CaseRefused(_("They have not replied, and their time is not over."))
    if not decided.proven:
        if decided.sanction or decided.proposes or decided.amount is not None:
            raise CaseRefused(_("Nothing follows from what is not proven."))
        return
    if decided.sanction in BY_PROPOSAL or decided.sanction not in ("", *Sanction.values):
        raise CaseRefused(_("Demotion and dismissal are proposed to the leader."))
    if decided.proposes not in ("", *Proposal.Kind.values):
        raise CaseRefused(_("Demotion and dismissal are proposed to the leader."))
    if not (decided.sanction or decided.proposes or second):
        raise CaseRefused(_("Say which sanction follows."))
    if (decided.sanction in WITH_AMOUNT) != (decided.amount is not None):
        raise CaseRefused(_("A fine and a cut of the bonus have an amount, and nothing else has."))
    if decided.amount is not None and not 0 < decided.amount <= MOST:
        raise CaseRefused(_("The amount is too small or too large."))
    proposes = DISMISSAL if second else decided.proposes
    if departs(row.offence, decided.sanction, proposes, grave=decided.grave, second=second):
        must_say(decided.departs, _("The documents prescribe something else: say why you depart."))


def _fact(row: Proceeding, subject: Subject, decided: Decided, actor: Any) -> ConductCase:
    return fact_make(row, subject, sanction=decided.sanction, amount=decided.amount, actor=actor)


def fact_make(
    row: Proceeding,
    subject: Subject,
    *,
    sanction: str,
    actor: Any,
    amount: Decimal | None = None,
) -> ConductCase:
    """The fact that charges read, under the next number. Its note is the case's number alone: more
    people read it than the case. In the caller's transaction."""
    case: ConductCase = ConductCase.objects.create(
        case_no=next_no(ConductCase, "case_no", "W"),
        person=subject.person,
        offence=row.offence,
        decided_on=clock.today(),
        sanction=sanction,
        amount=amount,  # type: ignore[misc]
        note=row.proceeding_no,
    )
    # So that an appeal against its charge knows whose word stands behind it (PAY-3).
    written(case, "case decided", actor, row.goes_to, sanction=[None, sanction])
    if row.suspicion_id is not None:
        SuspicionCase.objects.create(suspicion_id=row.suspicion_id, case=case, by=actor)
    return case


def _propose(row: Proceeding, verdict: Verdict, kind: str, actor: Any) -> None:
    barred = map(party_of, barred_from(row))
    proposal = Proposal.objects.create(
        verdict=verdict,
        kind=kind,
        goes_to=proposal_goes_to(party_of(verdict.subject.person), barred),
    )
    proposal_tell(proposal=proposal, actor=actor)


def _end(row: Proceeding, actor: Any) -> None:
    """With the last of them the case is decided; else it is seen anew."""
    if row.subjects.filter(verdict=None).exists():
        proceeding_change(row)
        return
    now = proceeding_change(row, state=State.DECIDED, ended_at=clock.now(), ended_by=actor)
    company_tell(row=now, actor=actor)
    ended_tell(row=now, actor=actor)
