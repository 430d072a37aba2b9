"""Trips and their reports in people's words."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from attendance.models import Trip
from attendance.rules.trips import ReportState
from core.templatetags.house import day

STATES: dict[ReportState, Any] = {
    ReportState.COMING: pgettext_lazy("trip report", "not due yet"),
    ReportState.DUE: pgettext_lazy("trip report", "due tonight"),
    ReportState.IN_TIME: pgettext_lazy("trip report", "in time"),
    ReportState.LATE: pgettext_lazy("trip report", "late"),
    ReportState.MISSING: pgettext_lazy("trip report", "missing"),
}


def span_words(trip: Trip) -> str:
    """From when to when; one day is said once."""
    if trip.start_on == trip.end_on:
        return day(trip.start_on)
    return f"{day(trip.start_on)} – {day(trip.end_on)}"


def state_words(state: ReportState) -> str:
    return str(STATES[state])


def report_badge(state: ReportState) -> SafeString:
    return format_html('<span class="badge state report-{}">{}</span>', state.value, STATES[state])


def trip_badge(trip: Trip) -> SafeString:
    return format_html(
        '<span class="badge state trip-{}">{}</span>', trip.status, trip.get_status_display()
    )
