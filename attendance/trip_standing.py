"""Trips day by day: the plan beside what happened; late and missing reports (TRIP-1, TRIP-2)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from accounts.deciding import to_decide_by
from accounts.models import Person
from attendance.models import Status, Trip, TripCustomer, TripReport
from attendance.rules.trips import (
    ReportCount,
    ReportState,
    count_reports,
    report_by,
    report_state,
    trip_days,
)
from core import clock
from core.months import Month
from customers.models import Visit
from policy.querysets import policy_book
from policy.rules import PolicyBook

SHOWN_FOR = timedelta(days=7)  # so long a report that is missing stands on desks
READ_WITHIN = timedelta(days=31)  # what is older waits for nobody's tick


@dataclass(frozen=True, slots=True)
class TripDayStanding:
    """One day of a trip: what was planned, who was seen, what was reported."""

    trip: Trip
    day: date
    plan: str
    customers: Sequence[TripCustomer]
    visits: Sequence[Visit]
    report: TripReport | None
    state: ReportState
    by: datetime
    seen: frozenset[int] = field(default=frozenset())

    @property
    def is_today(self) -> bool:
        return self.day == clock.today()

    @property
    def unplanned(self) -> list[Visit]:
        """Visits to whom the plan does not name."""
        planned = {each.customer_id for each in self.customers}
        return [visit for visit in self.visits if visit.customer_id not in planned]


def days_of(trip: Trip, *, only: date | None = None) -> list[TripDayStanding]:
    """The days of a trip, or one of them. Five queries."""
    first, last = (only, only) if only else (trip.start_on, trip.end_on)
    book, now = policy_book(), clock.now()
    plans = dict(trip.days.filter(date__range=(first, last)).values_list("date", "plan"))
    customers = defaultdict(list)
    for each in trip.customers.filter(date__range=(first, last)).select_related("customer"):
        customers[each.date].append(each)
    visits = _visits(trip, first, last)
    reports = {each.date: each for each in reports_of([trip.person_id], first, last)}
    return [
        TripDayStanding(
            trip=trip,
            day=day,
            plan=plans.get(day, ""),
            customers=customers[day],
            visits=visits[day],
            report=reports.get(day),
            state=_state(reports.get(day), day, now, book),
            by=report_by(day, book),
            seen=frozenset(visit.customer_id for visit in visits[day] if not visit.void),
        )
        for day in trip_days(first, last)
    ]


def _state(report: TripReport | None, day: date, now: datetime, book: PolicyBook) -> ReportState:
    return report_state(day, report.reported_at if report else None, now, book)


def _visits(trip: Trip, first: date, last: date) -> dict[date, list[Visit]]:
    found = defaultdict(list)
    rows = Visit.objects.filter(
        person=trip.person_id, at__gte=clock.start_of(first), at__lt=clock.end_of(last)
    )
    for visit in rows.select_related("customer").order_by("at", "id"):
        found[clock.local_date(visit.at)].append(visit)
    return found


def reports_of(people: Collection[int], first: date, last: date) -> "QuerySet[TripReport]":
    rows = TripReport.objects.filter(person__in=people, date__range=(first, last))
    found: QuerySet[TripReport] = rows.select_related("read_by__person", "taken_by__person")
    return found


def approved_between(first: date, last: date) -> "QuerySet[Trip]":
    """Approved trips with a day in this stretch."""
    found: QuerySet[Trip] = Trip.objects.filter(
        status=Status.APPROVED, start_on__lte=last, end_on__gte=first
    )
    return found


def counts_of(people: Iterable[Person], month: Month) -> dict[int, ReportCount]:
    """Late and missing reports of a month so far, by the id of whoever was on a trip: what the
    appraisal counts. Two queries, and the policy's."""
    by_id = {person.pk: person for person in people}
    days: dict[int, set[date]] = defaultdict(set)
    trips = approved_between(month.first_day, month.last_day).filter(person__in=by_id)
    for who, start, end in trips.values_list("person", "start_on", "end_on"):
        days[who] |= _employed(by_id[who], max(start, month.first_day), min(end, month.last_day))
    reported: dict[int, dict[date, datetime]] = defaultdict(dict)
    rows = TripReport.objects.filter(
        person__in=list(days), date__range=(month.first_day, month.last_day)
    )
    for who, day, at in rows.values_list("person", "date", "reported_at"):
        reported[who][day] = at
    book, now = policy_book(), clock.now()
    return {who: count_reports(found, reported[who], now, book) for who, found in days.items()}


def _employed(person: Person, first: date, last: date) -> set[date]:
    last = min(last, person.left_on) if person.left_on else last
    return set(trip_days(max(first, person.hired_on), last))


@dataclass(frozen=True, slots=True)
class OpenReport:
    """A trip day whose report is not there."""

    trip: Trip
    day: date
    by: datetime

    @property
    def is_missing(self) -> bool:
        return clock.now() > self.by


def open_reports(trips: "QuerySet[Trip]") -> list[OpenReport]:
    """Trip days of the last week and today without a report, the latest first; once for each
    person and day. Two queries, and the policy's."""
    today = clock.today()
    first = today - SHOWN_FOR
    near = list(
        trips.filter(status=Status.APPROVED, start_on__lte=today, end_on__gte=first)
        .select_related("person")
        .order_by("person__employee_no", "start_on")
    )
    if not near:
        return []
    rows = TripReport.objects.filter(
        person__in={trip.person_id for trip in near}, date__range=(first, today)
    )
    there = set(rows.values_list("person", "date"))
    book = policy_book()
    found: dict[tuple[int, date], OpenReport] = {}
    for trip in near:
        for day in _employed(trip.person, max(trip.start_on, first), min(trip.end_on, today)):
            if (trip.person_id, day) not in there:
                found[trip.person_id, day] = OpenReport(trip, day, report_by(day, book))
    return sorted(found.values(), key=lambda each: each.day, reverse=True)


def reports_to_read(user: Any) -> "QuerySet[TripReport]":
    """Reports with words that nobody has ticked, of those about whom a user decides."""
    found: QuerySet[TripReport] = to_decide_by(
        TripReport.objects.filter(read_at=None, date__gte=clock.today() - READ_WITHIN).exclude(
            text=""
        ),
        user,
    )
    return found


def trip_of_report(report: TripReport) -> Trip | None:
    """The trip that a report is of."""
    return trips_of_reports([report]).get(report.pk)


def trips_of_reports(reports: Sequence[TripReport]) -> Mapping[int, Trip]:
    """The trips that reports are of, by the report's id: an approved one, where there is one. One
    query."""
    if not reports:
        return {}
    days = [report.date for report in reports]
    trips = Trip.objects.filter(
        Q(start_on__lte=max(days)) & Q(end_on__gte=min(days)),
        person__in={report.person_id for report in reports},
    )
    found: dict[int, Trip] = {}
    for trip in sorted(trips, key=lambda each: each.status == Status.APPROVED):
        for report in reports:
            if report.person_id == trip.person_id and trip.start_on <= report.date <= trip.end_on:
                found[report.pk] = trip
    return found
