"""Trainings: planned, enrolled in, held, with what came of them (TRAIN-1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.services import audit, audit_subject
from reports.models import Enrolment, Training
from reports.reads.people import in_team
from reports.services.keeping import (
    TRAINING,
    as_said,
    change,
    change_audited,
    changes_of,
    made_audited,
)
from reports.services.refusals import ChangedMeanwhile, ReportsRefused
from reports.services.telling import result_tell, training_off_tell, training_tell

State = Training.State


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    """A training as its form says it. `places` None: as many as come."""

    title: str
    topic: str
    trainer: str
    team: str
    starts_at: datetime
    ends_at: datetime
    place: str
    places: int | None
    compulsory: bool

    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one place: whether somebody was there, and with what result."""

    attended: bool | None
    result: str = ""
    note: str = ""

    def fields(self) -> dict[str, Any]:
        return {"attended": self.attended, "result": self.result, "note": self.note.strip()}


@transaction.atomic
def training_plan(*, facts: TrainingFacts, token: UUID, actor: Any) -> Training:
    """Plan a training; who has to come to one that is for everybody is enrolled, and told. The
    same form sent twice plans one."""
    _check(facts)
    said = {"made_by": actor, **facts.fields()}
    made, new = Training.objects.get_or_create(token=token, defaults=said)
    if new:
        made_audited(made, action="training planned", actor=actor, **facts.fields())
        everybody_enrol(training=made, actor=actor)
    return made


def _check(facts: TrainingFacts) -> None:
    if facts.ends_at <= facts.starts_at:
        raise ReportsRefused(_("It ends after it begins."))
    if facts.starts_at <= clock.now():
        raise ReportsRefused(_("A training is planned for an hour to come."))
    if facts.compulsory and facts.places is not None:
        raise ReportsRefused(_("What is for everybody has a place for everybody: name no number."))


@transaction.atomic
def training_change(*, training: Training, facts: TrainingFacts, actor: Any = None) -> Training:
    """Change a planned training as it was seen; who is enrolled is told of another hour or place.
    There are never fewer places than people enrolled."""
    _check(facts)
    held = training_locked(training.pk)
    _must_be_planned(held)
    if facts.places is not None and facts.places < taken(held):
        raise ReportsRefused(_("More people than that are enrolled already."))
    changed: Training = change_audited(
        training, action="training changed", actor=actor, **facts.fields()
    )
    everybody_enrol(training=changed, actor=actor)
    if (facts.starts_at, facts.place) != (training.starts_at, training.place):
        training_tell(training=changed, people=_enrolled(changed), actor=actor)
    return changed


def _must_be_planned(training: Training) -> None:
    if training.state != State.PLANNED:
        raise ChangedMeanwhile(
            _("The training is %(state)s.") % {"state": training.get_state_display()}
        )


def _enrolled(training: Training) -> list[Person]:
    return list(Person.objects.filter(trainings__training=training, trainings__withdrawn_at=None))


@transaction.atomic
def training_call_off(*, training: Training, reason: str, actor: Any = None) -> Training:
    """Call a planned training off, with the reason; who is enrolled is told."""
    if not reason.strip():
        raise ReportsRefused(_("Say why."))
    _must_be_planned(training)
    gone: Training = change_audited(
        training,
        action="training called off",
        actor=actor,
        state=State.CALLED_OFF,
        called_off_why=reason.strip(),
    )
    training_off_tell(training=gone, people=_enrolled(gone), actor=actor)
    return gone


def everybody_enrol(*, training: Training, actor: Any = None) -> int:
    """Enrol whoever has to come and is not enrolled; run twice it changes nothing more.

    In the caller's transaction. Returns how many are new.
    """
    if not training.compulsory:
        return 0
    there = set(
        Enrolment.objects.filter(training=training, withdrawn_at=None).values_list(
            "person", flat=True
        )
    )
    day = clock.local_date(training.starts_at)
    missing = [each for each in in_team(training.team, day) if each.pk not in there]
    back = Enrolment.objects.filter(training=training, person__in=[each.pk for each in missing])
    back.update(withdrawn_at=None)
    Enrolment.objects.bulk_create(
        [Enrolment(training=training, person=each) for each in missing], ignore_conflicts=True
    )
    training_tell(training=training, people=missing, actor=actor)
    return len(missing)


@transaction.atomic
def trainings_fill() -> int:
    """The daily job: who came new is enrolled in what is for everybody."""
    coming = Training.objects.filter(
        compulsory=True, state=State.PLANNED, starts_at__gt=clock.now()
    )
    return sum(everybody_enrol(training=each) for each in coming)


@transaction.atomic
def training_enrol(*, training: Training, person: Person, actor: Any = None) -> Enrolment:
    """Take a place, as long as there is one and it has not begun. Taken twice it is one.

    Raises `ReportsRefused` where all places are taken.
    """
    held = training_locked(training.pk)
    _must_be_open(held)
    there: Enrolment | None = Enrolment.objects.filter(training=held, person=person).first()
    if there is not None and there.withdrawn_at is None:
        return there
    if held.places is not None and taken(held) >= held.places:
        raise ReportsRefused(_("All places are taken."))
    said = {"withdrawn_at": None, "enrolled_at": clock.now()}
    place: Enrolment
    place, _new = Enrolment.objects.update_or_create(training=held, person=person, defaults=said)
    audit(
        actor=actor,
        action="enrolled",
        subject=audit_subject(held),
        changes={"person": person.employee_no},
    )
    return place


@transaction.atomic
def training_withdraw(*, training: Training, person: Person, actor: Any = None) -> None:
    """Give a place back before it begins. What is for everybody is no one's to leave."""
    held = training_locked(training.pk)
    _must_be_open(held)
    if held.compulsory:
        raise ReportsRefused(_("This training is for everybody: nobody withdraws."))
    mine = Enrolment.objects.filter(training=held, person=person, withdrawn_at=None)
    if mine.update(withdrawn_at=clock.now()):
        audit(
            actor=actor,
            action="enrolment withdrawn",
            subject=audit_subject(held),
            changes={"person": person.employee_no},
        )


def _must_be_open(training: Training) -> None:
    _must_be_planned(training)
    if training.starts_at <= clock.now():
        raise ReportsRefused(_("The training has begun."))


def training_locked(pk: int) -> Training:
    """A training read anew, its row held until the transaction ends."""
    held: Training = Training.objects.select_for_update().get(pk=pk)
    return held


def taken(training: Training) -> int:
    """How many places are taken."""
    return Enrolment.objects.filter(training=training, withdrawn_at=None).count()


@transaction.atomic
def results_write(*, training: Training, came: Mapping[int, Came], actor: Any = None) -> int:
    """Write down who came and with what result, by the id of the place, as the training was seen.

    Who gets a result is told. Returns how many were changed.
    """
    if training.state == State.CALLED_OFF:
        raise ReportsRefused(_("The training was called off."))
    if clock.now() < training.starts_at:
        raise ReportsRefused(_("It has not begun yet."))
    change(training)
    rows = Enrolment.objects.filter(training=training, pk__in=came, withdrawn_at=None)
    changed = [
        row for row in rows.select_related("person", "training") if _write(row, came[row.pk], actor)
    ]
    return len(changed)


def _write(row: Enrolment, came: Came, actor: Any) -> bool:
    if came.result and not came.attended:
        raise ReportsRefused(
            _("%(name)s did not come: there is no result.") % {"name": row.person.name}
        )
    values = came.fields()
    changes = changes_of(row, values)
    if not changes:
        return False
    change(row, **values)
    audit(actor=actor, action="result written", subject=audit_subject(row), changes=changes)
    if row.result != came.result:
        row.version += 1
        result_tell(enrolment=row, actor=actor)
    return True


@transaction.atomic
def training_close(*, training: Training, actor: Any = None) -> Training:
    """It was held: whoever is not ticked did not come. Raises `ChangedMeanwhile`."""
    held = training_locked(training.pk)
    _must_be_planned(held)
    if clock.now() < held.starts_at:
        raise ReportsRefused(_("It has not begun yet."))
    Enrolment.objects.filter(training=held, withdrawn_at=None, attended=None).update(attended=False)
    closed: Training = change_audited(held, action="training closed", actor=actor, state=State.HELD)
    return closed


@transaction.atomic
def certificate_add(*, enrolment: Enrolment, files: Iterable[ReadFile], actor: Any = None) -> None:
    """Keep certificates of somebody who came. Raises `FileRefused`."""
    if not enrolment.attended:
        raise ReportsRefused(
            _("%(name)s did not come: there is no result.") % {"name": enrolment.person.name}
        )
    names = []
    for read in files:
        file_keep(upload=read, actor=actor, kind=TRAINING, owner=str(enrolment.pk))
        names.append(read.name)
    audit(
        actor=actor,
        action="certificate added",
        subject=audit_subject(enrolment),
        changes={"files": [None, as_said(", ".join(names))]},
    )
