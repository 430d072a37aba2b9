"""On which days a meeting of a series is held, and who comes late to it (MEET-1). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from policy.workdays import Workdays
from policy.yearly import Kind, Word, day_read

LATE_AFTER = timedelta(minutes=5)
FREE = (Kind.HOLIDAY, Kind.OWN_DAY_OFF)


@dataclass(frozen=True, slots=True)
class SeriesFact:
    """When a series meets: each workday (`weekday` None), or on a weekday, 0 being Monday."""

    weekday: int | None
    from_on: date
    until_on: date | None


def meets(series: SeriesFact, day: date, calendar: Workdays) -> bool:
    """Whether there is a meeting on a day.

    A series of each workday follows the company's calendar, with its make-up Saturdays. One of a
    weekday from Monday to Friday is left out where that is no workday. The Saturday summary is no
    workday: it is held on any Saturday but a holiday or a day the company is closed on its own
    word.
    """
    if day < series.from_on or (series.until_on is not None and day > series.until_on):
        return False
    if series.weekday is None:
        return day in calendar
    if day.weekday() != series.weekday:
        return False
    return day in calendar if series.weekday < 5 else not _is_free(day, calendar)


def _is_free(day: date, calendar: Workdays) -> bool:
    said = calendar.own.get(day)
    word = None if said is None else Word(said)
    return day_read(day, word, chinese=True).kind in FREE


def days_of(series: SeriesFact, first: date, last: date, calendar: Workdays) -> Iterator[date]:
    """The days of its meetings from the first to the last, both included."""
    day = first
    while day <= last:
        if meets(series, day, calendar):
            yield day
        day += timedelta(days=1)


def is_late(starts_at: datetime, came_at: datetime) -> bool:
    """Whether somebody comes late: more than five minutes after it began."""
    return came_at > starts_at + LATE_AFTER


def last_workday_before(day: date, calendar: Workdays) -> date:
    """The workday before a day; a year without any is none of ours."""
    return next(each for n in range(1, 366) if (each := day - timedelta(days=n)) in calendar)
