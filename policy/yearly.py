"""A year of the company's calendar, day by day (TIME-4): workday or not, and why. Pure."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

import holidays

from core.months import Month
from policy.workdays import is_national_workday, is_provisional


class Kind(StrEnum):
    """Why a day is a workday, or not."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    OWN_WORKDAY = "own-workday"
    OWN_DAY_OFF = "own-off"


OWN = (Kind.OWN_WORKDAY, Kind.OWN_DAY_OFF)


@dataclass(frozen=True, slots=True)
class Word:
    """The company's own word on a day."""

    is_workday: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day as the calendar shows it; `name`: the holiday's, or the company's note."""

    date: date
    kind: Kind
    name: str = ""

    @property
    def is_workday(self) -> bool:
        return self.kind in (Kind.WORKDAY, Kind.MAKEUP, Kind.OWN_WORKDAY)

    @property
    def is_own(self) -> bool:
        return self.kind in OWN


@dataclass(frozen=True)
class MonthRead:
    """A month in weeks of seven, Monday first; days of other months are None."""

    month: Month
    weeks: Sequence[Sequence[DayRead | None]]

    @property
    def named(self) -> Sequence[tuple[date, date, str]]:
        """The days that have a name; days in a row with one name together, first and last."""
        found: list[tuple[date, date, str]] = []
        for day in (day for week in self.weeks for day in week if day and day.name):
            last = found[-1] if found else None
            if last and last[2] == day.name and (day.date - last[1]).days == 1:
                found[-1] = (last[0], day.date, day.name)
            else:
                found.append((day.date, day.date, day.name))
        return found

    @property
    def workdays(self) -> int:
        return sum(1 for week in self.weeks for day in week if day and day.is_workday)


def day_read(day: date, word: Word | None, *, chinese: bool) -> DayRead:
    """A day: the nation's, with the company's own word on top."""
    name = _national_names(day.year, "zh_CN" if chinese else "en_US").get(day, "")
    if word is not None:
        kind = Kind.OWN_WORKDAY if word.is_workday else Kind.OWN_DAY_OFF
        return DayRead(day, kind, word.note or name)
    if is_national_workday(day):
        return DayRead(day, Kind.MAKEUP if day.weekday() >= 5 else Kind.WORKDAY)
    return DayRead(day, Kind.HOLIDAY if name else Kind.WEEKEND, name)


def year_read(year: int, own: Mapping[date, Word], *, chinese: bool) -> list[MonthRead]:
    """The twelve months of a year."""
    return [_month_read(Month(year, n), own, chinese=chinese) for n in range(1, 13)]


def _month_read(month: Month, own: Mapping[date, Word], *, chinese: bool) -> MonthRead:
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.number)
    return MonthRead(
        month,
        [
            [day_read(day, own.get(day), chinese=chinese) if day in month else None for day in week]
            for week in weeks
        ],
    )


def is_unannounced(year: int, own: Mapping[date, Any]) -> bool:
    """Whether nobody knows the make-up workdays of a year yet: neither the nation's calendar does,
    nor has the company entered one, a weekend day that is worked."""
    entered = any(word.is_workday and day.weekday() >= 5 for day, word in own.items())
    return not entered and is_provisional(year)


@cache
def _national_names(year: int, language: str) -> Mapping[date, str]:
    return dict(holidays.country_holidays("CN", years=year, language=language))
