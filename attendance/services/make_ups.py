"""A make-up punch: asked for, and the punch that an approval makes (ATT-1)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from attendance.kinds import MAKE_UPS
from attendance.models import MakeUpPunch, Punch
from attendance.services.asked_telling import asked_tell
from attendance.services.days import day_must_be_theirs
from attendance.services.refusals import AttendanceRefused
from core import clock
from core.services import audit, audit_subject


@transaction.atomic
def make_up_ask(
    *, person: Person, at: datetime, reason: str, token: UUID, actor: Any = None
) -> MakeUpPunch:
    """Ask for a punch that was forgotten; it waits for approval. One form sent twice asks once."""
    sent: MakeUpPunch | None = MakeUpPunch.objects.filter(token=token, person=person).first()
    if sent is not None:
        return sent
    if at > clock.now():
        raise AttendanceRefused(_("The time lies in the future."))
    if not reason.strip():
        raise AttendanceRefused(_("Say why the punch is missing."))
    day_must_be_theirs(person, clock.local_date(at))
    if Punch.objects.filter(person=person, at=at).exists():
        raise AttendanceRefused(_("There is a punch at that time already."))
    row = _made(person, at, reason.strip(), token)
    audit(
        actor=actor,
        action="day asked",
        subject=audit_subject(row),
        changes={"at": [None, at.isoformat()], "reason": [None, row.reason]},
    )
    asked_tell(row=row, kind=MAKE_UPS, actor=actor)
    return row


def _made(person: Person, at: datetime, reason: str, token: UUID) -> MakeUpPunch:
    try:
        with transaction.atomic():
            made: MakeUpPunch = MakeUpPunch.objects.create(
                person=person, at=at, reason=reason, token=token, filed_at=clock.now()
            )
            return made
    except IntegrityError:
        sent: MakeUpPunch | None = MakeUpPunch.objects.filter(token=token, person=person).first()
        if sent is None:
            raise AttendanceRefused(_("This is asked for already.")) from None
        return sent


def punch_make(*, row: MakeUpPunch, actor: Any) -> None:
    """The punch of an approval; one that came meanwhile stays as it is."""
    punch, made = Punch.objects.get_or_create(
        person=row.person,
        at=row.at,
        defaults={"source": Punch.Source.MAKE_UP, "came_at": clock.now()},
    )
    if made:
        audit(
            actor=actor,
            action="add",
            subject=audit_subject(punch),
            changes={"at": [None, row.at.isoformat()], "source": [None, punch.source]},
        )


def punch_take_back(*, row: MakeUpPunch, actor: Any) -> None:
    """The punch of an approval goes with it; one of another source stays."""
    made = Punch.objects.filter(person=row.person_id, at=row.at, source=Punch.Source.MAKE_UP)
    for punch in made:
        audit(
            actor=actor,
            action="cancel",
            subject=audit_subject(punch),
            changes={"at": [row.at.isoformat(), None]},
        )
        punch.delete()
