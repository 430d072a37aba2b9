"""A trip applied for, corrected, withdrawn: by whoever wants to go (TRIP-1, S9-3.8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from attendance.models import Leave, Status, Trip, TripCustomer, TripDay
from attendance.rules.trips import trip_days
from attendance.services.trips_keeping import (
    ACTIVE,
    ChangedMeanwhile,
    TripRefused,
    trip_change,
    trip_reread,
    trips_hold,
)
from attendance.services.trips_telling import trip_asked_tell, trip_withdrawn_tell
from core import clock
from core.services import audit, audit_subject
from core.templatetags.house import day

LONGEST_DAYS = 31
FARTHEST = timedelta(days=400)
LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class CustomerPlan:
    """A customer to be seen, by the id; telephoned beforehand or not yet."""

    customer: int
    telephoned: bool = False


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What one day is for, and who is to be seen on it."""

    day: date
    plan: str
    customers: tuple[CustomerPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class TripPlan:
    """What the form asks for: each calendar day with its plan."""

    start_on: date
    end_on: date
    purpose: str
    days: Sequence[DayPlan]


@transaction.atomic
def trip_ask(*, person: Person, plan: TripPlan, token: UUID, actor: Any = None) -> Trip:
    """Apply for a trip before it starts; it waits for a decision. Who is new, or a fair, has no
    file: that no customer is named is shown to whoever decides.

    The same form sent twice is one application. Raises `TripRefused`. Where a trip from that day
    was refused or cancelled before, that one is applied for anew.
    """
    trips_hold(person)
    sent: Trip | None = Trip.objects.filter(token=token).first()
    if sent is not None:
        if sent.person_id != person.pk:
            raise TripRefused(_("Open the form anew and send it again."))
        return sent
    _check(person, plan)
    made = _write(person, plan, token)
    _plan_write(made, plan)
    _audit(made, "ask trip", actor, status=[None, Status.PENDING], **_days_said(None, plan))
    trip_asked_tell(trip=made, actor=actor)
    return made


@transaction.atomic
def trip_correct(*, trip: Trip, plan: TripPlan, actor: Any = None) -> Trip:
    """Change an application that waits, as it was seen; who decides is told anew."""
    now = trip_reread(trip, Status.PENDING)
    _check(now.person, plan, but=now)
    if plan.start_on != now.start_on and _dead_on(now.person, plan.start_on):
        raise TripRefused(
            _("A trip from that day was refused or cancelled: withdraw this one, apply anew.")
        )
    said = _days_said(now, plan)
    trip_change(
        now,
        start_on=plan.start_on,
        end_on=plan.end_on,
        purpose=plan.purpose.strip(),
        filed_at=clock.now(),
    )
    changed = _fresh(now)
    _plan_write(changed, plan)
    _audit(changed, "correct trip", actor, **said)
    trip_asked_tell(trip=changed, actor=actor)
    return changed


@transaction.atomic
def trip_withdraw(*, trip: Trip, actor: Any = None) -> Trip:
    """Whoever applied lets it be. Raises `ChangedMeanwhile` where it was decided before."""
    now = trip_reread(trip, Status.PENDING)
    trip_change(now, status=Status.CANCELLED, decided_by=None, decided_at=None, reply="")
    _audit(now, "trip withdrawn", actor, status=[Status.PENDING, Status.CANCELLED])
    gone = _fresh(now)
    trip_withdrawn_tell(trip=gone, actor=actor)
    return gone


def overlapping_trip(person: Person, start: date, end: date, *, but: int = 0) -> Trip | None:
    """Another trip of theirs, waiting or approved, that shares a day with these."""
    near = Trip.objects.filter(
        person=person, status__in=ACTIVE, start_on__lte=end, end_on__gte=start
    )
    found: Trip | None = near.exclude(pk=but).order_by("start_on").first()
    return found


def overlapping_leave(person: Person, start: date, end: date) -> list[Leave]:
    """Approved leave of theirs on these days: told, and no hindrance (LEA-1: on a trip's days it
    still uses its allowance)."""
    rows = Leave.objects.filter(
        person=person, status=Status.APPROVED, start_on__lte=end, end_on__gte=start
    )
    return list(rows.order_by("start_on", "start_half"))


def _check(person: Person, plan: TripPlan, *, but: Trip | None = None) -> None:
    _check_days(plan)
    if not plan.purpose.strip():
        raise TripRefused(_("A trip needs its purpose."))
    if [each.day for each in plan.days] != list(trip_days(plan.start_on, plan.end_on)):
        raise TripRefused(_("Each day of the trip needs its plan."))
    if not all(each.plan.strip() for each in plan.days):
        raise TripRefused(_("Each day of the trip needs its plan."))
    pk = but.pk if but else 0
    if other := overlapping_trip(person, plan.start_on, plan.end_on, but=pk):
        raise TripRefused(
            _("These days overlap another trip of yours: %(from)s – %(to)s, %(status)s.")
            % {
                "from": day(other.start_on),
                "to": day(other.end_on),
                "status": other.get_status_display(),
            }
        )


def _check_days(plan: TripPlan) -> None:
    if plan.end_on < plan.start_on:
        raise TripRefused(_("The trip ends before it starts."))
    if (plan.end_on - plan.start_on).days >= LONGEST_DAYS:
        raise TripRefused(_("One application is for %(days)s days at most.") % {
            "days": LONGEST_DAYS
        })  # fmt: skip
    if plan.start_on <= clock.today():
        raise TripRefused(
            _(
                "A trip is applied for before its first day. If you had to leave at once, explain "
                "the days that are missing in your attendance."
            )
        )
    if plan.start_on > clock.today() + FARTHEST:
        raise TripRefused(_("The trip lies too far ahead."))


def _dead_on(person: Person, start: date) -> bool:
    return bool(Trip.objects.filter(person=person, start_on=start).exists())


def _write(person: Person, plan: TripPlan, token: UUID) -> Trip:
    """A new row, or the one from that day that came to nothing."""
    said: dict[str, Any] = {
        "end_on": plan.end_on,
        "purpose": plan.purpose.strip(),
        "status": Status.PENDING,
        "filed_at": clock.now(),
        "token": token,
    }
    known = Trip.objects.filter(person=person, start_on=plan.start_on).first()
    if known is None:
        made: Trip = Trip.objects.create(person=person, start_on=plan.start_on, **said)
        return made
    if known.status in ACTIVE:
        raise ChangedMeanwhile(_("A trip from that day is applied for already."))
    trip_change(known, decided_by=None, decided_at=None, reply="", **said)
    return _fresh(known)


def _plan_write(trip: Trip, plan: TripPlan) -> None:
    """The plan takes the place of the one before."""
    TripDay.objects.filter(trip=trip).delete()
    TripCustomer.objects.filter(trip=trip).delete()
    TripDay.objects.bulk_create(
        TripDay(trip=trip, date=each.day, plan=each.plan.strip()) for each in plan.days
    )
    TripCustomer.objects.bulk_create(
        TripCustomer(trip=trip, date=each.day, customer_id=pk, telephoned=telephoned)
        for each in plan.days
        for pk, telephoned in _each_once(each.customers).items()
    )


def _each_once(customers: Iterable[CustomerPlan]) -> dict[int, bool]:
    found: dict[int, bool] = {}
    for each in customers:
        found[each.customer] = found.get(each.customer, False) or each.telephoned
    return found


def _fresh(trip: Trip) -> Trip:
    found: Trip = Trip.objects.select_related("person__supervisor").get(pk=trip.pk)
    return found


def _days_said(before: Trip | None, plan: TripPlan) -> dict[str, list[Any]]:
    return {
        name: [str(getattr(before, name)) if before else None, str(getattr(plan, name))]
        for name in ("start_on", "end_on")
        if before is None or getattr(before, name) != getattr(plan, name)
    }


def _audit(trip: Trip, action: str, actor: Any, **changes: Any) -> None:
    audit(actor=actor, action=action, subject=audit_subject(trip), changes=changes)
