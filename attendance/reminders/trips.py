"""Who is reminded of trips that wait, and of the evening's report (TRIP-1, TRIP-2)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.deciding import deciders_by_person
from attendance.models import Trip
from attendance.rules.trips import report_by
from attendance.services.trips_telling import day_address
from attendance.trip_standing import open_reports
from core import clock
from core.templatetags.house import day
from notices.reminders import Reminder
from policy.querysets import policy_book

WAITS_FOR = timedelta(days=2)  # for a decision, before anybody is reminded
BEFORE_REPORT = timedelta(hours=1)
LATEST = time(21)  # of the evening: later nobody is reminded of anything


def trips_waiting(now: datetime) -> Iterator[Reminder]:
    """Whoever's word a trip has waited for since two days; and at once, where it starts tomorrow:
    after that no approval helps."""
    today = clock.local_date(now)
    waiting = Trip.objects.waiting().filter(start_on__gt=today)
    trips = list(waiting.select_related("person__supervisor").order_by("pk"))
    deciders = deciders_by_person(trip.person for trip in trips)
    for trip in trips:
        for key, text in _words_about(trip, now):
            for person in deciders[trip.person_id]:
                yield Reminder(
                    person=person,
                    key=f"trip/{trip.pk}/{key}/{trip.version}",
                    at=now,
                    text=text,
                    values={"name": trip.person.name, "from": day(trip.start_on)},
                    url=reverse("trip", args=[trip.pk]),
                    due=clock.start_of(trip.start_on),
                )


def _words_about(trip: Trip, now: datetime) -> Iterator[tuple[str, str]]:
    if trip.start_on == clock.local_date(now) + timedelta(days=1):
        yield (
            "tomorrow",
            gettext_noop("%(name)s wants to leave tomorrow: the trip can be approved today alone"),
        )
    elif trip.filed_at is not None and trip.filed_at <= now - WAITS_FOR:
        yield (
            "waits",
            gettext_noop("The trip of %(name)s from %(from)s still waits for your decision"),
        )


def reports_due(now: datetime) -> Iterator[Reminder]:
    """An hour before a trip day's report is due: whoever has not reported (20:00 by default)."""
    today, book = clock.local_date(now), policy_book()
    for each in open_reports(Trip.objects.all()):
        if each.day != today:
            continue
        due = report_by(each.day, book)
        yield Reminder(
            person=each.trip.person,
            key=f"tripreport/{each.trip.person.employee_no}/{each.day}/due",
            at=min(due - BEFORE_REPORT, clock.at(each.day, LATEST)),
            text=gettext_noop("Your report of today's trip is still to come"),
            url=day_address(each.trip, each.day),
            due=due,
        )
