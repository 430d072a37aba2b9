"""Which days are workdays (TIME-4), and where the months' cutoffs lie (TIME-3). Pure."""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

import holidays

from core import clock
from core.months import CollectionMonth, Month
from policy.rules import PolicyBook


@cache
def _national(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)


def is_national_workday(day: date) -> bool:
    """Monday to Friday less the public holidays of the PRC, plus announced make-up workdays."""
    return _national(day.year).is_working_day(day)


def is_provisional(year: int) -> bool:
    """Whether the make-up workdays of a year are not announced yet: only statutory days stand."""
    known = _national(year)
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return not any(d.year == year and d.weekday() >= 5 and known.is_working_day(d) for d in days)


@dataclass(frozen=True)
class Workdays:
    """The company's calendar: the nation's, with the company's own word on top (TIME-4)."""

    own: Mapping[date, bool] = field(default_factory=dict)

    def __contains__(self, day: date) -> bool:
        word = self.own.get(day)
        return is_national_workday(day) if word is None else word

    def between(self, first: date, last: date) -> Iterator[date]:
        """The workdays from the first to the last day, both included."""
        day = first
        while day <= last:
            if day in self:
                yield day
            day += timedelta(days=1)

    def of(self, month: Month) -> list[date]:
        return list(self.between(month.first_day, month.last_day))

    def next_after(self, day: date) -> date:
        """The next workday after a day."""
        return next(self.between(day + timedelta(days=1), day + timedelta(days=366)))


def cutoff_of(month: Month, book: PolicyBook) -> datetime:
    """The cutoff of a collection month, in UTC (TIME-3).

    The version of the month's first day counts (TIME-5), so a new policy never moves a boundary
    that has passed. A cutoff day past the end of the month means its last day.
    """
    policy = book.on(month.first_day)
    last = calendar.monthrange(month.year, month.number)[1]
    day = month.first_day.replace(day=min(policy.cutoff_day, last))
    return clock.at(day, policy.cutoff_time)


def collection_month(month: Month, book: PolicyBook) -> CollectionMonth:
    """The collection month that ends in a calendar month: after the one before, without a gap."""
    return CollectionMonth(
        month, after=cutoff_of(month.previous(), book), cutoff=cutoff_of(month, book)
    )
