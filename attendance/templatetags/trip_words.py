"""Trips in words, for templates."""

from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from attendance import trip_words as words
from attendance.models import Trip
from attendance.rules.trips import ReportState
from core import clock

register = template.Library()


@register.filter
def trip_span(trip: Trip) -> str:
    """From when to when."""
    return words.span_words(trip)


@register.filter
def trip_badge(trip: Trip) -> SafeString:
    return words.trip_badge(trip)


@register.filter
def report_badge(state: ReportState) -> SafeString:
    return words.report_badge(state)


@register.filter
def time_of_day(instant: datetime) -> str:
    """`14:05`, on the company's clock."""
    return f"{clock.local(instant):%H:%M}"
