"""Lists of trips, of their reports, of who is away now, of late and missing reports."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from attendance.models import Trip, TripReport
from attendance.services.trips_telling import day_address
from attendance.trip_words import report_badge, span_words, state_words, trip_badge
from core.lists import ListTable, MomentColumn
from core.templatetags.house import day

MAIN = {"td": {"class": "cell-main"}}
WHO = {"td": {"class": "cell-who"}}
SIDE = {"td": {"class": "cell-side"}}
WIDE = {"td": {"class": "wide"}}
TOLD = {"td": {"class": "trip-told"}}
CARDS = {"class": "table table-vcenter card-table table-cards"}


class TripTable(ListTable):
    """Trips: whose, from when to when, what for, how they stand."""

    person = tables.Column(
        verbose_name=pgettext_lazy("trip", "Who"),
        accessor="person__name",
        order_by=("person__employee_no", "-start_on", "id"),
        attrs=WHO,
    )
    days = tables.Column(
        verbose_name=_("Trip from – to"),
        accessor="pk",
        order_by=("start_on", "id"),
        attrs=MAIN,
    )
    purpose = tables.Column(verbose_name=_("Purpose"), orderable=False)
    status = tables.Column(
        verbose_name=_("State"), order_by=("status", "-start_on", "id"), attrs=SIDE
    )
    filed_at = tables.Column(verbose_name=_("Applied for"), order_by=("filed_at", "id"), attrs=WIDE)

    class Meta:
        order_by = ("-days",)
        attrs = CARDS

    def render_days(self, record: Trip) -> SafeString:
        return _link(reverse("trip", args=[record.pk]), span_words(record))

    def value_days(self, record: Trip) -> str:
        return span_words(record)

    def render_status(self, record: Trip) -> SafeString:
        return trip_badge(record)

    def value_status(self, record: Trip) -> str:
        return str(record.get_status_display())

    def render_filed_at(self, value: Any) -> str:
        return day(value)


class WaitingTripTable(TripTable):
    """Trips that wait: the next to begin first."""

    class Meta(TripTable.Meta):
        order_by = ("days",)
        exclude = ("status",)


class BoardTable(TripTable):
    """Who is away now: whom they see today, today's report."""

    today = tables.Column(verbose_name=_("Sees today"), accessor="pk", orderable=False)
    report = tables.Column(
        verbose_name=_("Report of today"), accessor="pk", orderable=False, attrs=SIDE
    )

    class Meta(TripTable.Meta):
        order_by = ("person",)
        exclude = ("status", "filed_at")

    def render_today(self, record: Any) -> str:
        return str(record.sees_today) or "—"

    def value_today(self, record: Any) -> str:
        return str(record.sees_today)

    def render_report(self, record: Any) -> SafeString:
        return report_badge(record.state)

    def value_report(self, record: Any) -> str:
        return state_words(record.state)


class ReportTable(ListTable):
    """Reports: of which day, whose, in time or late, read by whom."""

    person = tables.Column(
        verbose_name=pgettext_lazy("trip", "Who"),
        accessor="person__name",
        order_by=("person__employee_no", "-date"),
        attrs=WHO,
    )
    on = tables.Column(
        verbose_name=_("Day of the trip"), accessor="date", order_by=("date", "id"), attrs=MAIN
    )
    reported_at = MomentColumn(verbose_name=_("Reported"), order_by=("reported_at", "id"))
    state = tables.Column(verbose_name=_("In time"), accessor="pk", orderable=False, attrs=SIDE)
    text = tables.Column(verbose_name=_("Report"), orderable=False, empty_values=(), attrs=TOLD)
    read = tables.Column(verbose_name=_("Read"), accessor="pk", orderable=False)

    class Meta:
        order_by = ("-on",)
        attrs = CARDS

    def render_on(self, record: Any, value: date) -> SafeString | str:
        if record.trip is None:
            return day(value)
        return _link(day_address(record.trip, value), day(value))

    def value_on(self, value: date) -> date:
        return value

    def render_state(self, record: Any) -> SafeString:
        return report_badge(record.state)

    def value_state(self, record: Any) -> str:
        return state_words(record.state)

    def render_text(self, record: Any) -> str:
        return str(record.told) or "—"

    def value_text(self, record: Any) -> str:
        return str(record.told)

    def render_read(self, record: TripReport) -> str:
        return read_words(record)

    def value_read(self, record: TripReport) -> str:
        return read_words(record)


class CountTable(ListTable):
    """People's trip days of a month: in time, late, missing."""

    person = tables.Column(
        verbose_name=pgettext_lazy("trip", "Who"),
        accessor="name",
        order_by=("employee_no",),
        attrs=MAIN,
    )
    days = tables.Column(verbose_name=_("Reports due"), accessor="count__days", orderable=False)
    in_time = tables.Column(verbose_name=_("In time"), accessor="count__in_time", orderable=False)
    late = tables.Column(
        verbose_name=_("Late"), accessor="count__late", orderable=False, attrs=SIDE
    )
    missing = tables.Column(
        verbose_name=pgettext_lazy("trip reports", "Missing"),
        accessor="count__missing",
        orderable=False,
        attrs=SIDE,
    )

    class Meta:
        order_by = ("person",)
        attrs = CARDS

    def render_person(self, record: Person) -> SafeString:
        return _link(reverse("person", args=[record.employee_no]), record.name)

    def value_person(self, record: Person) -> str:
        return record.name


def read_words(report: TripReport) -> str:
    """Who has read it; empty where nobody has."""
    return report.read_by.get_full_name() if report.read_by else ""


def _link(address: str, text: str) -> SafeString:
    return format_html('<a class="row-link" href="{}">{}</a>', address, text)
