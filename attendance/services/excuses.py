"""An explanation for one side of a day: late, early, a punch that is missing (ATT-1)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from attendance.kinds import EXCUSES
from attendance.models import Excuse
from attendance.services.asked import change, what_it_became
from attendance.services.asked_telling import asked_tell
from attendance.services.days import day_must_be_theirs
from attendance.services.refusals import AttendanceRefused, ChangedMeanwhile
from core import clock
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.services import audit, audit_subject

FILES = "excuse"


@transaction.atomic
def excuse_ask(
    *,
    person: Person,
    day: date,
    side: str,
    reason: str,
    token: UUID,
    files: Iterable[ReadFile] = (),
    actor: Any = None,
) -> Excuse:
    """Explain a side of a day, with photos; it waits for a decision.

    A side is explained once: what waits is said anew, what was refused is asked again, what was
    accepted stands. One form sent twice asks once. Raises `AttendanceRefused`, `FileRefused`.
    """
    sent: Excuse | None = Excuse.objects.filter(token=token, person=person).first()
    if sent is not None:
        return sent
    if day > clock.today():
        raise AttendanceRefused(_("The day lies in the future."))
    if not reason.strip():
        raise AttendanceRefused(_("Say what happened."))
    day_must_be_theirs(person, day)
    row = _asked(person, day, side, reason.strip(), token)
    for file in files:
        file_keep(upload=file, actor=actor, kind=FILES, owner=str(row.pk))
    audit(
        actor=actor,
        action="day asked",
        subject=audit_subject(row),
        changes={"reason": [None, row.reason]},
    )
    asked_tell(row=row, kind=EXCUSES, actor=actor)
    return row


def _asked(person: Person, day: date, side: str, reason: str, token: UUID) -> Excuse:
    values = {
        "status": Excuse.State.PENDING,
        "reason": reason,
        "token": token,
        "filed_at": clock.now(),
        "reply": "",
        "decided_by": None,
        "decided_at": None,
    }
    known = Excuse.objects.filter(person=person, date=day, side=side).first()
    if known is None:
        try:
            with transaction.atomic():
                return Excuse.objects.create(person=person, date=day, side=side, **values)
        except IntegrityError:
            known = Excuse.objects.get(person=person, date=day, side=side)
            raise ChangedMeanwhile(what_it_became(known)) from None
    if known.status == Excuse.State.ACCEPTED:
        raise AttendanceRefused(_("This is explained already, and accepted."))
    change(known, **values)
    asked: Excuse = Excuse.objects.select_related("person__supervisor").get(pk=known.pk)
    return asked
