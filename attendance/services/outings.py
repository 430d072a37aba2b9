"""An outing, said beforehand: from, until, whom (ATT-6)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from attendance.kinds import OUTINGS
from attendance.models import Outing, Status
from attendance.services.asked import change, what_it_became
from attendance.services.asked_telling import asked_tell
from attendance.services.days import day_must_be_theirs
from attendance.services.refusals import AttendanceRefused, ChangedMeanwhile
from core import clock
from core.services import audit, audit_subject
from customers.models import Customer


@dataclass(frozen=True, slots=True)
class Going:
    """Where somebody goes, as the form says it: to a customer on file, or to whom it says."""

    start_at: datetime
    end_at: datetime
    customer: Customer | None = None
    whom: str = ""
    purpose: str = ""


@transaction.atomic
def outing_ask(*, person: Person, going: Going, token: UUID, actor: Any = None) -> Outing:
    """Say an outing before it begins; it waits for approval. One form sent twice asks once.

    What was refused or withdrawn is asked again at its own beginning. Raises `AttendanceRefused`.
    """
    sent: Outing | None = Outing.objects.filter(token=token, person=person).first()
    if sent is not None:
        return sent
    _check(going)
    day_must_be_theirs(person, clock.local_date(going.start_at))
    overlapping = Outing.objects.filter(
        person=person,
        status__in=(Status.PENDING, Status.APPROVED),
        start_at__lt=going.end_at,
        end_at__gt=going.start_at,
    )
    if overlapping.exists():
        raise AttendanceRefused(_("It overlaps another outing of yours."))
    row = _asked(person, going, token)
    audit(
        actor=actor,
        action="day asked",
        subject=audit_subject(row),
        changes={
            "start_at": [None, row.start_at.isoformat()],
            "end_at": [None, row.end_at.isoformat()],
        },
    )
    asked_tell(row=row, kind=OUTINGS, actor=actor)
    return row


def _check(going: Going) -> None:
    if going.end_at <= going.start_at:
        raise AttendanceRefused(_("It ends before it starts."))
    if clock.local_date(going.end_at) != clock.local_date(going.start_at):
        raise AttendanceRefused(_("An outing begins and ends on one day."))
    if going.start_at <= clock.now():
        raise AttendanceRefused(
            _("An outing is said before it begins; afterwards explain the day instead.")
        )
    if going.customer is None and not going.whom.strip():
        raise AttendanceRefused(_("Say whom you are going to see."))


def _asked(person: Person, going: Going, token: UUID) -> Outing:
    values = {
        "end_at": going.end_at,
        "customer": going.customer,
        "whom": going.whom.strip(),
        "purpose": going.purpose.strip(),
        "status": Status.PENDING,
        "token": token,
        "filed_at": clock.now(),
        "reply": "",
        "decided_by": None,
        "decided_at": None,
    }
    known = Outing.objects.filter(person=person, start_at=going.start_at).first()
    if known is None:
        try:
            with transaction.atomic():
                return Outing.objects.create(person=person, start_at=going.start_at, **values)
        except IntegrityError:
            known = Outing.objects.get(person=person, start_at=going.start_at)
            raise ChangedMeanwhile(what_it_became(known)) from None
    change(known, **values)
    asked: Outing = Outing.objects.select_related("person__supervisor").get(pk=known.pk)
    return asked
