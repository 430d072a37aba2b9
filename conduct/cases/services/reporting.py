"""A case is reported, comes of a suspicion, or has nothing in it (DIS-1, DIS-3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from conduct.cases.reads import rivals_of
from conduct.cases.rules import TWO_SIDED, case_goes_to
from conduct.cases.services.keeping import (
    EVIDENCE,
    CaseRefused,
    files_keep,
    meanwhile,
    must_say,
    proceeding_change,
    written,
)
from conduct.cases.services.telling import ended_tell, reported_tell
from conduct.kinds import Offence
from conduct.models import Proceeding, Subject, Suspicion
from conduct.suspicions.shown import seen_in
from core import clock
from core.files.reading import ReadFile
from core.numbers import next_no
from payroll.charging import party_of

State = Proceeding.State


@dataclass(frozen=True, slots=True)
class Reported:
    """What is reported: which offence, when, what happened, about whom."""

    offence: str
    happened_on: date
    facts: str
    about: tuple[Person, ...]


@transaction.atomic
def proceeding_report(
    *,
    reported: Reported,
    files: Iterable[ReadFile] = (),
    token: UUID,
    reporter: Person,
    actor: Any = None,
) -> Proceeding:
    """Report something; it waits for whoever decides, and whom it is about does not see it yet.

    The same form sent twice is one report. Raises `CaseRefused`, and `FileRefused` for a file that
    is not kept.
    """
    sent: Proceeding | None = Proceeding.objects.filter(token=token).first()
    if sent is not None:
        if sent.reporter_id != reporter.pk:
            raise CaseRefused(_("Open the form anew and send it again."))
        return sent
    if any(each.pk == reporter.pk for each in reported.about):
        raise CaseRefused(_("You can report others, and not yourself."))
    row = _open(reported, reporter, token=token)
    files_keep(kind=EVIDENCE, owner=row.pk, files=files, actor=actor)
    written(row, "case reported", actor, offence=[None, row.offence])
    reported_tell(row=row, actor=actor)
    return row


@transaction.atomic
def proceeding_of_suspicion(*, suspicion: Suspicion, offence: str, actor: Any) -> Proceeding:
    """Make a case of both sides of a suspicion that was taken up: the program reported it, with
    what was seen as it was found. Asked twice, it is one case. Raises `CaseRefused`."""
    known: Proceeding | None = Proceeding.objects.filter(suspicion=suspicion).first()
    if known is not None:
        return known
    decision = getattr(suspicion, "decision", None)
    if decision is None or decision.outcome != "taken_up":
        raise CaseRefused(_("Cases come of a suspicion that was taken up."))
    if offence not in TWO_SIDED:
        raise CaseRefused(_("A suspicion is of poaching or of shifting."))
    seen = "\n".join(f"{each.label} {each.no}: {each.text}" for each in seen_in(suspicion))
    reported = Reported(
        offence=offence,
        happened_on=clock.local_date(suspicion.found_at),
        facts=f"{suspicion.get_kind_display()}\n{seen}",
        about=(suspicion.gains, suspicion.loses),
    )
    row = _open(reported, None, suspicion=suspicion, token=uuid4())
    written(row, "case reported", actor, offence=[None, row.offence])
    reported_tell(row=row, actor=actor)
    return row


def _open(reported: Reported, reporter: Person | None, **more: Any) -> Proceeding:
    about = list({each.pk: each for each in reported.about}.values())
    _check(reported, about)
    rivals = Person.objects.filter(pk__in=rivals_of(each.pk for each in about))
    barred = [*rivals, *([reporter] if reporter else [])]
    row: Proceeding = Proceeding.objects.create(
        proceeding_no=next_no(Proceeding, "proceeding_no", "A"),
        offence=reported.offence,
        happened_on=reported.happened_on,
        facts=must_say(reported.facts, _("Write what happened.")),
        reporter=reporter,
        reported_at=clock.now(),
        goes_to=case_goes_to(map(party_of, about), map(party_of, barred)),
        **more,
    )
    Subject.objects.bulk_create(Subject(proceeding=row, person=each) for each in about)
    return row


def _check(reported: Reported, about: Sequence[Person]) -> None:
    if reported.offence not in Offence.values:
        raise CaseRefused(_("There is no such offence."))
    if not about:
        raise CaseRefused(_("Say whom it is about."))
    if reported.offence in TWO_SIDED and len(about) < 2:
        raise CaseRefused(_("Poaching and shifting have two sides: name both."))
    if reported.happened_on > clock.today():
        raise CaseRefused(_("That day is still to come."))


@transaction.atomic
def proceeding_dismiss(*, row: Proceeding, why: str, actor: Any) -> Proceeding:
    """Say that there is nothing in a report, before anybody is heard; once heard, it is decided.

    Raises `ChangedMeanwhile`."""
    if row.state != State.REPORTED:
        raise meanwhile()
    said = must_say(why, _("A decision needs its reason."))
    now = proceeding_change(
        row, state=State.DISMISSED, ended_at=clock.now(), ended_by=actor, ended_why=said
    )
    written(now, "case dismissed", actor, now.goes_to, state=[row.state, now.state])
    ended_tell(row=now, actor=actor)
    return now
