"""A person's month as sheets of weeks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from attendance.boards.days import JudgedDay, Mark
from attendance.boards.words import (
    clock_text,
    due_text,
    mark_name,
    mark_sign,
    weekday_letter,
    words_of,
)
from core.months import Month


@dataclass(frozen=True)
class Sign:
    """A mark as it is shown: which one, its letter, its word."""

    key: str
    sign: str
    name: str


def sign_of(mark: Mark) -> Sign:
    return Sign(mark.value, mark_sign(mark), mark_name(mark))


def legend() -> list[Sign]:
    return [sign_of(mark) for mark in Mark]


@dataclass(frozen=True)
class DaySheet:
    """A day of the calendar; `day` alone stands for one of another month."""

    day: date
    judged: JudgedDay | None = None

    @property
    def signs(self) -> list[Sign]:
        return [sign_of(mark) for mark in self.judged.marks] if self.judged else []

    @property
    def weekday(self) -> str:
        return weekday_letter(self.day)

    @property
    def due(self) -> str:
        return due_text(self.judged) if self.judged else ""

    @property
    def first(self) -> str:
        return clock_text(self.judged.first) if self.judged else ""

    @property
    def last(self) -> str:
        return clock_text(self.judged.last) if self.judged else ""

    @property
    def words(self) -> list[str]:
        return words_of(self.judged) if self.judged else []


def weeks(month: Month, days: Mapping[date, JudgedDay]) -> Iterator[list[DaySheet]]:
    """Monday to Sunday, week by week; days of the months beside it are blank."""
    monday = month.first_day - timedelta(days=month.first_day.weekday())
    while monday <= month.last_day:
        week = [monday + timedelta(days=n) for n in range(7)]
        yield [DaySheet(day, days.get(day)) for day in week]
        monday += timedelta(days=7)


def sums(days: Mapping[date, JudgedDay]) -> list[tuple[Sign, int]]:
    """How many days show each mark, those that occur."""
    counted = {mark: sum(mark in day.marks for day in days.values()) for mark in Mark}
    return [(sign_of(mark), n) for mark, n in counted.items() if n]
