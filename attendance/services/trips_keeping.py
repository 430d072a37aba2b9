"""How a trip is held and changed: one write at a time for each person's trips."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from attendance.models import Trip
from attendance.rules.trips import months_of
from core.db import lock_shared, queue_up
from core.templatetags.house import moment
from payroll.models import PayMonth
from payroll.services import close_follow

ACTIVE = ("pending", "approved")


class TripRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


class ChangedMeanwhile(TripRefused):
    """Somebody else was first; the message says what came of it."""


def trips_hold(person: Person | int) -> None:
    """Until the transaction ends nobody else writes about this person's trips and reports:
    overlaps are looked at and written as one."""
    pk = person if isinstance(person, int) else person.pk
    queue_up(f"trips {pk}")


def trip_change(trip: Trip, **values: Any) -> None:
    """Change a trip that is still as it was seen, or say what it has become.

    A file of the company's counts no version up: what it can change is compared besides.
    """
    seen = Trip.objects.filter(
        pk=trip.pk, version=trip.version, status=trip.status, end_on=trip.end_on
    )
    if seen.update(version=trip.version + 1, **values) != 1:
        raise ChangedMeanwhile(what_it_became(trip.pk))


def trip_reread(trip: Trip, *statuses: str) -> Trip:
    """The trip as it is now, held; or what it has become, where it is not as it was seen."""
    trips_hold(trip.person_id)
    now: Trip = Trip.objects.select_related("person__supervisor").get(pk=trip.pk)
    if now.version != trip.version or now.status not in statuses:
        raise ChangedMeanwhile(what_it_became(trip.pk))
    return now


def what_it_became(pk: int) -> str:
    """Who was first, and what came of it."""
    now = Trip.objects.select_related("decided_by__person").get(pk=pk)
    if now.status == "pending":
        return _("The application was changed meanwhile; look again.")
    if now.decided_at is None:
        return _("The application is %(status)s already.") % {"status": now.get_status_display()}
    who: Any = now.decided_by
    return _("%(who)s was first: %(state)s at %(when)s. %(reply)s") % {
        "who": who.get_full_name() if who else "—",
        "state": now.get_status_display(),
        "when": moment(now.decided_at),
        "reply": now.reply,
    }


def months_hold(start: date, end: date) -> bool:
    """Keep a final from coming between while the transaction runs; says whether any month of
    these days is final already."""
    rows = PayMonth.objects.filter(month__in=months_of(start, end))
    lock_shared(rows)
    return rows.filter(state=PayMonth.State.FINAL).exists()


def closes_follow(start: date, end: date, actor: Any) -> None:
    """Every month of these days that was closed before is reckoned again."""
    for month in months_of(start, end):
        close_follow(month=month, actor=actor)
