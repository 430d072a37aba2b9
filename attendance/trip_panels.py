"""A person's page: their trips, and how they report (TRIP-1, TRIP-2)."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.querysets import sees
from attendance.models import Trip
from attendance.rules.trips import ReportCount
from attendance.trip_standing import counts_of
from attendance.visible import SEE_ALL_ATTENDANCE
from core import clock
from core.months import Month
from core.panels import Panel

SHOWN, SHOWN_FOR = 5, timedelta(days=92)


def person(user: Any, person: Person) -> Iterator[Panel]:
    if sees(user, person, everything=SEE_ALL_ATTENDANCE):
        month = Month.of(clock.today())
        yield Panel(
            key="trips",
            title=_("Trips"),
            template="attendance/_trip_panel.html",
            context={
                "month": month,
                "count": lambda: counts_of([person], month).get(person.pk, ReportCount()),
                "trips": partial(_latest, user, person),
            },
        )


def _latest(user: Any, person: Person) -> list[Trip]:
    since = clock.today() - SHOWN_FOR
    rows = Trip.objects.visible_to(user).filter(person=person, end_on__gte=since)
    return list(rows.order_by("-start_on")[:SHOWN])
