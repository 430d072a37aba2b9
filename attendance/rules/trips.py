"""The report of each trip day: whether it is there, and came in time (TRIP-2, S4.2). Pure.

A trip day is each calendar day from the first through the last: whoever is away travels and sees
customers on a weekend too, and the regulation excepts none. Its report is due by `trip_report_by`
of the version in force on that day; that very instant still counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from core import clock
from core.months import Month
from policy.rules import PolicyBook


class ReportState(StrEnum):
    COMING = "coming"  # the day has not begun
    DUE = "due"
    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ReportCount:
    """What somebody's trip days came to. `days` counts those whose report was to be there."""

    days: int = 0
    in_time: int = 0
    late: int = 0
    missing: int = 0


def trip_days(start: date, end: date) -> Iterator[date]:
    """Each calendar day, both ends included."""
    for n in range((end - start).days + 1):
        yield start + timedelta(days=n)


def months_of(start: date, end: date) -> list[Month]:
    """The months that days from `start` through `end` lie in, the first one first."""
    found, last = [Month.of(start)], Month.of(end)
    while found[-1] < last:
        found.append(found[-1].next())
    return found


def report_by(day: date, book: PolicyBook) -> datetime:
    """The last instant at which a day's report is in time."""
    return clock.at(day, book.on(day).trip_report_by)


def report_state(
    day: date, reported_at: datetime | None, now: datetime, book: PolicyBook
) -> ReportState:
    """How a trip day's report stands at an instant."""
    by = report_by(day, book)
    if reported_at is not None:
        return ReportState.IN_TIME if reported_at <= by else ReportState.LATE
    if now > by:
        return ReportState.MISSING
    return ReportState.DUE if now >= clock.start_of(day) else ReportState.COMING


def count_reports(
    days: Iterable[date], reported: Mapping[date, datetime], now: datetime, book: PolicyBook
) -> ReportCount:
    """Late and missing among somebody's trip days: what the appraisal counts (TRIP-2, KPI-1).

    A day that stands in two trips counts once. A report for no trip day counts for nothing.
    """
    states = [report_state(day, reported.get(day), now, book) for day in set(days)]
    found = {state: states.count(state) for state in ReportState}
    in_time, late, missing = (
        found[state] for state in (ReportState.IN_TIME, ReportState.LATE, ReportState.MISSING)
    )
    return ReportCount(in_time + late + missing, in_time, late, missing)
