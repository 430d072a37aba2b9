"""Objections to what was decided, and another's word on them (DIS-1, PAY-3)."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from conduct.cases.reads import barred_from
from conduct.cases.rules import case_goes_to
from conduct.cases.services.board import company_correct
from conduct.cases.services.deciding import TAKES_MONEY
from conduct.cases.services.keeping import CaseRefused, meanwhile, must_say, written
from conduct.cases.services.telling import objection_decided_tell, objection_tell
from conduct.models import ConductCase, Objection, Proposal, Verdict
from core import clock
from core.months import Month
from payroll.charging import party_of
from payroll.reviewing import objections_from
from payroll.services import close_follow

State = Objection.State


@transaction.atomic
def objection_file(*, verdict: Verdict, text: str, actor: Any) -> Objection:
    """Somebody objects to what was decided of them, once; sent twice it is one objection.

    It goes to a role that neither decided nor reported (PAY-3), to be decided in as many workdays
    as there are to object. That it is in time says whoever calls. Raises `CaseRefused`.
    """
    said = must_say(text, _("Say what is wrong with the decision."))
    if not verdict.proven:
        raise CaseRefused(_("Nothing was decided against you."))
    row = verdict.subject.proceeding
    decider: Person | None = getattr(verdict.by, "person", None)
    barred = [*barred_from(row), *([decider] if decider else [])]
    about = [each.person for each in row.subjects.select_related("person")]
    try:
        with transaction.atomic():
            made: Objection = Objection.objects.create(
                verdict=verdict,
                text=said,
                goes_to=case_goes_to(map(party_of, about), map(party_of, barred)),
                filed_at=clock.now(),
                decide_by=objections_from(clock.today()),
            )
    except IntegrityError:
        return Objection.objects.get(verdict=verdict)
    written(row, "case objection", actor)
    objection_tell(objection=made, actor=actor)
    return made


@transaction.atomic
def objection_decide(*, objection: Objection, grant: bool, reply: str, actor: Any) -> Objection:
    """Grant or refuse an objection, with the reason; once.

    Granted, nothing of the decision stands: its facts are annulled and kept, what was proposed
    falls with it, the company is told, and the ledger follows. Raises `ChangedMeanwhile`.
    """
    said = must_say(reply, _("A decision needs its reason."))
    state = State.GRANTED if grant else State.REFUSED
    values = {"reply": said, "decided_at": clock.now(), "decided_by": actor}
    open_one = Objection.objects.filter(pk=objection.pk, state=State.OPEN)
    if open_one.update(state=state, **values) != 1:
        raise meanwhile()
    now: Objection = Objection.objects.select_related(
        "verdict__subject__person", "verdict__subject__proceeding__notice", "verdict__by__person"
    ).get(pk=objection.pk)
    row = now.verdict.subject.proceeding
    written(row, "case objection decided", actor, now.goes_to, state=["open", state])
    if grant:
        _annul(now.verdict, actor)
        company_correct(row=row, actor=actor)
    objection_decided_tell(objection=now, actor=actor)
    return now


def _annul(verdict: Verdict, actor: Any) -> None:
    """In the caller's transaction: the decision, its facts, and what was proposed."""
    now = clock.now()
    Verdict.objects.filter(pk=verdict.pk).update(annulled_at=now)
    Proposal.objects.filter(verdict=verdict, state="open").update(
        state=Proposal.State.WITHDRAWN, decided_at=now
    )
    proposal = Proposal.objects.filter(verdict=verdict).first()
    ids = [verdict.case_id, proposal.case_id if proposal else None]
    for case in ConductCase.objects.filter(pk__in=[pk for pk in ids if pk], annulled_at=None):
        ConductCase.objects.filter(pk=case.pk).update(annulled_at=now)
        written(case, "case annulled", actor)
        if case.sanction in TAKES_MONEY:
            close_follow(month=Month.of(case.decided_on), actor=actor)
