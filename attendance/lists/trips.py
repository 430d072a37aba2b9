"""The lists of trips, of who is away now, of reports, of late and missing ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.querysets import seen_by
from attendance.filters.trips import ReportFilter, TravellerFilter, TripFilter, WaitingTripFilter
from attendance.models import Trip, TripCustomer, TripReport
from attendance.navigation.trips import trip_tabs
from attendance.permissions.trips import (
    DECIDES_TRIPS,
    can_apply,
    can_decide_trips,
    can_read,
    sees_business,
)
from attendance.rules.trips import ReportCount, report_state
from attendance.services.trip_reports import report_read
from attendance.services.trips_deciding import trip_approve
from attendance.services.trips_keeping import TripRefused
from attendance.tables.trips import (
    BoardTable,
    CountTable,
    ReportTable,
    TripTable,
    WaitingTripTable,
)
from attendance.trip_standing import (
    approved_between,
    counts_of,
    reports_of,
    reports_to_read,
    trip_of_report,
    trips_of_reports,
)
from attendance.visible import SEE_ALL_ATTENDANCE
from core import clock
from core.lists import Bulk, Empty, List, RowRefused, TableDataWith
from core.months import Month
from customers.lists.secrets import NamesCustomers
from policy.clauses import clause_of
from policy.querysets import policy_book


class AboutTrips(List):
    """A list of what is somebody's: whoever sees nobody else's needs no column that says whose."""

    page_template = "lists/chapter.html"
    rules_shown: tuple[str, ...] = ("TRIP-1",)

    @cached_property
    def sees_others(self) -> bool:
        roles = (*SEE_ALL_ATTENDANCE, *DECIDES_TRIPS)
        return bool(self.user.is_superuser or self.user.has_role(*roles))

    def table_options(self) -> Mapping[str, Any]:
        return {} if self.sees_others else {"exclude": ("person",)}

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose",)

    def acts(self) -> list[tuple[str, Any, str]]:
        """What can be begun here: address, label, icon."""
        return []

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": trip_tabs(self.request),
            "acts": self.acts(),
            "clauses": [clause_of(rule) for rule in self.rules_shown],
        }


class TripList(AboutTrips):
    """The trips one may see, the latest first."""

    key = "trips"
    title = _("Trips")
    table = TripTable
    filterset = TripFilter
    fixed: ClassVar[tuple[str, ...]] = ("days",)

    def rows(self) -> QuerySet[Trip]:
        return Trip.objects.visible_to(self.user).select_related("person")

    def acts(self) -> list[tuple[str, Any, str]]:
        if not can_apply(self.user):
            return []
        return [(reverse("trip_new"), _now("Apply for a trip"), "plus")]

    def empty(self) -> Empty:
        if can_apply(self.user):
            return Empty(
                _("No trips yet"),
                _("A trip is applied for before it starts, with a plan for each day."),
                "briefcase",
                reverse("trip_new"),
                _("Apply for a trip"),
            )
        return Empty(_("No trips"), _("Nobody whose trips you may see has applied for one."))


def _approve(*, row: Any, actor: Any) -> bool:
    if row.status != "pending":
        return False
    try:
        trip_approve(trip=row, actor=actor)
    except TripRefused as refusal:
        raise RowRefused(str(refusal)) from None
    return True


class WaitingTripList(AboutTrips):
    """Applications that wait for one's own word, the next to begin first."""

    key = "trips_to_decide"
    title = _("Trips to decide")
    table = WaitingTripTable
    filterset = WaitingTripFilter
    fixed = ("days", "person")
    bulk = (Bulk("approve", _("Approve"), can_decide_trips, _approve),)
    nothing = Empty(
        _("Nothing to decide"), _("Trips your people apply for wait here."), "check-check"
    )

    def rows(self) -> QuerySet[Trip]:
        waiting: QuerySet[Trip] = Trip.objects.to_decide_by(self.user).select_related("person")
        return waiting


class BoardList(NamesCustomers, AboutTrips):
    """Who is away now, whom they see today, and how today's report stands."""

    key = "trip_board"
    title = _("Away on a trip now")
    table = BoardTable
    filterset = WaitingTripFilter
    fixed = ("days", "person")
    rules_shown = ("TRIP-1", "TRIP-2")
    nothing = Empty(
        _("Nobody is away"), _("Whoever is on an approved trip today stands here."), "map"
    )

    def rows(self) -> QuerySet[Trip]:
        today = clock.today()
        seen: QuerySet[Trip] = Trip.objects.visible_to(self.user).filter(
            pk__in=approved_between(today, today).order_by().values("pk")
        )
        return seen.select_related("person__supervisor")

    def records(self, found: QuerySet[Trip], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, self._with_today)

    def _with_today(self, trips: list[Any]) -> list[Any]:
        today, now, book = clock.today(), clock.now(), policy_book()
        people = [trip.person_id for trip in trips]
        reported = {each.person_id: each.reported_at for each in reports_of(people, today, today)}
        names = defaultdict(list)
        planned = TripCustomer.objects.filter(trip__in=trips, date=today)
        for each in planned.select_related("customer"):
            names[each.trip_id].append(each.customer.name)
        for trip in trips:
            shown = sees_business(self.user, trip.person)
            trip.today = today
            trip.state = report_state(today, reported.get(trip.person_id), now, book)
            trip.sees_today = ", ".join(names[trip.pk]) if shown else ""
        return trips


def _tick(*, row: Any, actor: Any) -> bool:
    decision = can_read(actor, row)
    if not decision:
        raise RowRefused(str(decision.reason))
    trip = trip_of_report(row)
    if trip is None or not row.text:
        raise RowRefused(_now("There are no words to read."))
    return report_read(trip=trip, report=row, actor=actor)


class TripReportList(AboutTrips):
    """The reports one may see, the latest day first."""

    key = "trip_reports"
    title = _("Trip reports")
    table = ReportTable
    filterset = ReportFilter
    fixed = ("on",)
    rules_shown = ("TRIP-2",)
    bulk = (Bulk("read", _("Tick as read"), can_decide_trips, _tick),)
    nothing = Empty(
        _("No reports yet"), _("Each day of a trip is reported in the evening."), "notebook-pen"
    )

    def rows(self) -> QuerySet[TripReport]:
        seen = TripReport.objects.visible_to(self.user)
        if self.request.GET.get("waiting") == "mine":
            seen = seen.filter(pk__in=reports_to_read(self.user).order_by().values("pk"))
        found: QuerySet[TripReport] = seen.select_related("person__supervisor", "read_by__person")
        return found

    def records(self, found: QuerySet[TripReport], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, self._with_trips)

    def _with_trips(self, reports: list[Any]) -> list[Any]:
        trips, now, book = trips_of_reports(reports), clock.now(), policy_book()
        for report in reports:
            report.trip = trips.get(report.pk)
            report.state = report_state(report.date, report.reported_at, now, book)
            report.told = report.text if sees_business(self.user, report.person) else ""
        return reports


class TripCountList(AboutTrips):
    """Late and missing reports of a month, by person: what the appraisal counts (TRIP-2, KPI-1)."""

    key = "trip_counts"
    title = _("Late and missing reports")
    table = CountTable
    filterset = TravellerFilter
    fixed = ("person",)
    page_template = "attendance/trip_counts.html"
    rules_shown = ("TRIP-2",)
    nothing = Empty(_("Nobody was on a trip"), _("Months with trips have figures."), "briefcase")

    @cached_property
    def month(self) -> Month:
        month: Month = self.about["month"]
        return month

    def rows(self) -> QuerySet[Person]:
        trips = approved_between(self.month.first_day, self.month.last_day)
        people = Person.objects.filter(pk__in=trips.order_by().values("person"))
        return seen_by(people, self.user, everything=SEE_ALL_ATTENDANCE, person="id")

    def records(self, found: QuerySet[Person], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, self._with_counts)

    def _with_counts(self, people: list[Any]) -> list[Any]:
        counts = counts_of(people, self.month)
        for person in people:
            person.count = counts.get(person.pk, ReportCount())
        return people

    def context(self) -> Mapping[str, Any]:
        return {
            **super().context(),
            "month": self.month,
            "before": self.month.previous(),
            "after": self.month.next() if self.month < Month.of(clock.today()) else None,
        }
