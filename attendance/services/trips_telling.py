"""Who is told of trips and their reports: the one place from which word of them goes out."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.deciding import deciders_of
from accounts.models import Person
from attendance.models import Trip, TripReport
from core import clock
from core.templatetags.house import day
from notices.services import notice_send


def _tell(
    people: Iterable[Person],
    trip: Trip,
    key: str,
    text: str,
    actor: Any,
    *,
    due: datetime | None = None,
    **values: str,
) -> None:
    notice_send(
        people=people,
        key=f"trip/{trip.pk}/{key}",
        text=text,
        values={"from": day(trip.start_on), "to": day(trip.end_on), **values},
        url=reverse("trip", args=[trip.pk]),
        due=due,
        actor=actor,
    )


def trip_asked_tell(*, trip: Trip, actor: Any) -> None:
    """Whoever decides hears that an application waits, and until when it can be approved."""
    _tell(
        deciders_of(trip.person),
        trip,
        f"asked/{trip.version}",
        gettext_noop("%(name)s applies for a trip from %(from)s to %(to)s"),
        actor,
        due=clock.start_of(trip.start_on),
        name=trip.person.name,
    )


def trip_withdrawn_tell(*, trip: Trip, actor: Any) -> None:
    """Whoever was to decide hears that nothing waits any more."""
    _tell(
        deciders_of(trip.person),
        trip,
        f"withdrawn/{trip.version}",
        gettext_noop("%(name)s withdrew the application for the trip from %(from)s to %(to)s"),
        actor,
        name=trip.person.name,
    )


def trip_decided_tell(*, trip: Trip, actor: Any) -> None:
    """Whoever applied hears what was decided; of a refusal with its reason."""
    approved = trip.status == "approved"
    _tell(
        [trip.person],
        trip,
        f"decided/{trip.version}",
        gettext_noop("Your trip from %(from)s to %(to)s is approved")
        if approved
        else gettext_noop("Your trip from %(from)s to %(to)s is refused: %(reason)s"),
        actor,
        reason=trip.reply,
    )


def trip_cancelled_tell(*, trip: Trip, by_own: bool, actor: Any) -> None:
    """The other side hears that an approved trip does not take place."""
    _tell(
        deciders_of(trip.person) if by_own else [trip.person],
        trip,
        f"cancelled/{trip.version}",
        gettext_noop("%(name)s does not go on the trip from %(from)s to %(to)s")
        if by_own
        else gettext_noop("The trip from %(from)s to %(to)s is cancelled: %(reason)s"),
        actor,
        name=trip.person.name,
        reason=trip.reply,
    )


def trip_shortened_tell(*, trip: Trip, reason: str, actor: Any) -> None:
    _tell(
        [trip.person],
        trip,
        f"shortened/{trip.version}",
        gettext_noop("The trip from %(from)s ends on %(to)s now: %(reason)s"),
        actor,
        reason=reason,
    )


def report_read_tell(*, trip: Trip, report: TripReport, actor: Any) -> None:
    """Whoever reported hears that it was read, or taken by telephone."""
    taken = report.taken_by_id is not None
    notice_send(
        people=[report.person],
        key=f"tripreport/{report.pk}/{'taken' if taken else 'read'}",
        text=gettext_noop("Your report of %(day)s was taken by telephone")
        if taken
        else gettext_noop("Your report of %(day)s was read"),
        values={"day": day(report.date)},
        url=day_address(trip, report.date),
        actor=actor,
    )


def day_address(trip: Trip, on: date) -> str:
    return reverse("trip_day", args=[trip.pk, on])
