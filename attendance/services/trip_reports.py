"""A trip day's report sent, taken by telephone, read (TRIP-2, S4.2)."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.rules import deciding_roles
from accounts.services import in_place
from attendance.models import Status, Trip, TripReport
from attendance.services.trips_keeping import ChangedMeanwhile, TripRefused, trips_hold
from attendance.services.trips_telling import report_read_tell
from core import clock
from core.services import audit, audit_subject
from core.templatetags.house import moment

TAKEN_FOR = timedelta(days=31)  # so long after its day a late report is still taken
LONGEST_TEXT = 4000


@transaction.atomic
def report_send(*, trip: Trip, day: date, text: str, token: UUID, actor: Any) -> TripReport:
    """The report of a day of one's own trip, received now: late where its hour has passed, and
    taken all the same. The same form sent twice is one report."""
    trips_hold(trip.person_id)
    if sent := TripReport.objects.filter(token=token).first():
        return _sent_already(sent, trip, day)
    if not text.strip():
        raise TripRefused(_("Write what the day brought."))
    _must_be_reportable(trip, day)
    made = _make(trip, day, reported_at=clock.now(), text=text.strip(), token=token)
    audit(
        actor=actor,
        action="trip report",
        subject=audit_subject(made),
        changes={"reported_at": [None, made.reported_at.isoformat()]},
    )
    return made


@transaction.atomic
def report_take(*, trip: Trip, day: date, told_at: datetime, text: str, actor: Any) -> TripReport:
    """A report that was told by telephone, ticked by whoever took it: that is to have read it.

    `told_at` is when the call was; the audit trail says when it was ticked.
    """
    _must_be_reportable(trip, day)
    if not clock.start_of(day) <= told_at <= clock.now():
        raise TripRefused(_("The call was on that day or after it, and not in the future."))
    now = clock.now()
    made = _make(
        trip,
        day,
        reported_at=told_at,
        text=text.strip(),
        taken_by=actor,
        read_at=now,
        read_by=actor,
    )
    _audit(made, "trip report taken", actor, {"reported_at": [None, told_at.isoformat()]})
    report_read_tell(trip=trip, report=made, actor=actor)
    return made


@transaction.atomic
def report_read(*, trip: Trip, report: TripReport, actor: Any) -> bool:
    """Tick a report as read, once; False where somebody has ticked it before."""
    ticked = TripReport.objects.filter(pk=report.pk, read_at=None).update(
        read_at=clock.now(), read_by=actor, version=report.version + 1
    )
    if not ticked:
        return False
    read = TripReport.objects.select_related("person").get(pk=report.pk)
    _audit(read, "trip report read", actor, {"read_at": [None, read.read_at.isoformat()]})
    report_read_tell(trip=trip, report=read, actor=actor)
    return True


def is_reportable(trip: Trip, day: date) -> bool:
    """Whether a report of a day is taken now: its day has begun, and lies not long behind."""
    is_trip_day = trip.status == Status.APPROVED and trip.start_on <= day <= trip.end_on
    return bool(is_trip_day and clock.today() - TAKEN_FOR <= day <= clock.today())


def _must_be_reportable(trip: Trip, day: date) -> None:
    trips_hold(trip.person_id)
    now = Trip.objects.get(pk=trip.pk)
    if is_reportable(now, day):
        return
    if now.status != Status.APPROVED or not now.start_on <= day <= now.end_on:
        raise TripRefused(_("This is no day of an approved trip."))
    if day > clock.today():
        raise TripRefused(_("The day has not begun."))
    raise TripRefused(
        _("A report is taken for %(days)s days after its day.") % {"days": TAKEN_FOR.days}
    )


def _sent_already(sent: TripReport, trip: Trip, day: date) -> TripReport:
    if (sent.person_id, sent.date) != (trip.person_id, day):
        raise TripRefused(_("Open the form anew and send it again."))
    return sent


def _make(trip: Trip, day: date, **values: Any) -> TripReport:
    try:
        with transaction.atomic():
            made: TripReport = TripReport.objects.create(
                person_id=trip.person_id, date=day, **values
            )
            return made
    except IntegrityError:
        raise ChangedMeanwhile(_reported_already(trip, day)) from None


def _reported_already(trip: Trip, day: date) -> str:
    rows = TripReport.objects.select_related("taken_by__person")
    there = rows.filter(person=trip.person_id, date=day).first()
    if there is None:
        return _("Open the form anew and send it again.")
    if there.taken_by:
        return _("%(who)s has taken this day's report by telephone, at %(when)s.") % {
            "who": there.taken_by.get_full_name(),
            "when": moment(there.reported_at),
        }
    return _("This day was reported already, at %(when)s.") % {"when": moment(there.reported_at)}


def _audit(report: TripReport, action: str, actor: Any, changes: dict[str, Any]) -> None:
    placed = in_place(actor, *deciding_roles(report.person.role_set))
    audit(actor=actor, action=action, subject=audit_subject(report), changes={**changes, **placed})
