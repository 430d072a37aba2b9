"""Recording visits, and ticking the steps that follow them (VIS-1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.months import Month
from core.services import audit, audit_subject
from customers.models import Call, Customer, Visit
from customers.services.refusals import VisitRefused
from customers.services.telephone import guard_pass
from payroll.services import close_follow

PHOTOS = "visit"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a browser says it is: degrees, and within how many metres."""

    latitude: float
    longitude: float
    accuracy: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a visit besides: the outcome, the next step with its day, place, photos.

    `call`: the call that a telephone visit tells of.
    """

    outcome: str = ""
    next_step: str = ""
    next_on: date | None = None
    place: Place | None = None
    photos: Sequence[ReadFile] = ()
    call: Call | None = None


@transaction.atomic
def visit_record(
    *,
    person: Person,
    customer: Customer,
    at: datetime,
    kind: str,
    content: str,
    told: Told | None = None,
    token: UUID | None = None,
    actor: Any,
) -> Visit:
    """Record a visit (VIS-1). The same visit sent twice is one; its points follow (VIS-2).

    A telephone visit that tells of no call is one itself, and asks for it as a call does, as of
    when it was made: what might not be made is not recorded (VIS-4).
    Whether somebody may see the customer says whoever calls. Raises `VisitRefused`, and
    `FileRefused` for a photo that is not kept.
    """
    told = told or Told()
    said = _said(at, kind, content, told)
    # One after the other: the second tap finds the visit of the first.
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if token and (sent := Visit.objects.filter(token=token).first()):
        return _sent_already(sent, held)
    if kind == Visit.Kind.TELEPHONE and told.call is None:
        _ask_the_guard(held, customer, at)
    visit, is_new = Visit.objects.get_or_create(
        person=held,
        customer=customer,
        at=at,
        defaults={**said, **_where(told.place), "recorded_at": clock.now(), "token": token},
    )
    if not is_new:
        if (visit.kind, visit.content) != (said["kind"], said["content"]):
            raise VisitRefused(_("Another visit to this customer stands at that minute."))
        return visit
    photos_add(visit=visit, photos=told.photos, actor=actor)
    _audit_new(visit, actor)
    close_follow(month=Month.of(clock.local_date(at)), actor=actor)
    return visit


def _sent_already(sent: Visit, person: Person) -> Visit:
    if sent.person_id != person.pk:
        raise VisitRefused(_("Open the form anew and send it again."))
    return sent


def _ask_the_guard(person: Person, customer: Customer, at: datetime) -> None:
    """Raises `CallRefused`; what stands already was asked for when it was recorded."""
    if not Visit.objects.filter(person=person, customer=customer, at=at).exists():
        guard_pass(customer=customer, at=at)


def _said(at: datetime, kind: str, content: str, told: Told) -> dict[str, Any]:
    """What is written down of it. Raises `VisitRefused` for what is no visit."""
    if at > clock.now():
        raise VisitRefused(_("A visit is recorded once it was made."))
    if kind not in Visit.Kind.values:
        raise VisitRefused(_("There is no such kind of visit."))
    if not content.strip():
        raise VisitRefused(_("Write what was said."))
    if told.outcome and told.outcome not in Visit.Outcome.values:
        raise VisitRefused(_("There is no such outcome."))
    step = told.next_step.strip()
    if bool(step) != (told.next_on is not None):
        raise VisitRefused(_("A next step has its day, and a day its step."))
    if told.next_on and told.next_on < clock.local_date(at):
        raise VisitRefused(_("The next step comes after the visit."))
    return {
        "kind": kind,
        "content": content.strip(),
        "outcome": told.outcome,
        "next_step": step,
        "next_on": told.next_on,
    }


def _where(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {}
    return {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "accuracy": place.accuracy,
    }


def _audit_new(visit: Visit, actor: Any) -> None:
    changes: dict[str, Any] = {"at": [None, visit.at.isoformat()], "kind": [None, visit.kind]}
    if visit.next_on:
        changes["next_step"] = [None, visit.next_step]
        changes["next_on"] = [None, visit.next_on.isoformat()]
    audit(actor=actor, action="record visit", subject=audit_subject(visit), changes=changes)


@transaction.atomic
def visit_step_done(*, visit: Visit, actor: Any) -> bool:
    """Tick the next step of a visit as done. Whether anything changed: ticked twice, it is once."""
    now = clock.now()
    open_step = Visit.objects.filter(pk=visit.pk, next_on__isnull=False, next_done_at=None)
    if open_step.update(next_done_at=now) != 1:
        return False
    audit(
        actor=actor,
        action="next step done",
        subject=audit_subject(visit),
        changes={"next_done_at": [None, now.isoformat()]},
    )
    return True


@transaction.atomic
def photos_add(*, visit: Visit, photos: Iterable[ReadFile], actor: Any) -> None:
    """Keep photos of a visit; the same one twice is kept once. Raises `FileRefused`."""
    for photo in photos:
        file_keep(upload=photo, actor=actor, kind=PHOTOS, owner=str(visit.pk))
