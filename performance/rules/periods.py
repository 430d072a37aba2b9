"""Periods that have a target: a month, a quarter, a year (TAR-1), and quarters (KPI-1). Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.months import EARLIEST, LATEST, Month

_TEXT = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """So many calendar months from the first on: 1, 3 or 12. Read and written as `2026-07`,
    `2026-Q3`, `2026`."""

    first: Month
    length: int

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Raises `ValidationError`."""
        match = _TEXT.fullmatch(text)
        if not match or not EARLIEST[:4] <= match[1] <= LATEST[:4]:
            raise ValidationError(
                _("“%(text)s” is no period: 2026, 2026-Q3 or 2026-07"),
                code="period",
                params={"text": text[:40]},
            )
        year, month, quarter = match.groups()
        if month:
            return cls(Month(int(year), int(month)), 1)
        if quarter:
            return cls(Month(int(year), 3 * int(quarter) - 2), 3)
        return cls(Month(int(year), 1), 12)

    @classmethod
    def month_of(cls, day: date) -> "Period":
        return cls(Month.of(day), 1)

    @classmethod
    def quarter_of(cls, day: date) -> "Period":
        return cls(Month(day.year, (day.month - 1) // 3 * 3 + 1), 3)

    @classmethod
    def year_of(cls, day: date) -> "Period":
        return cls(Month(day.year, 1), 12)

    @property
    def months(self) -> list[Month]:
        found = [self.first]
        while len(found) < self.length:
            found.append(found[-1].next())
        return found

    @property
    def first_day(self) -> date:
        return self.first.first_day

    @property
    def last_day(self) -> date:
        return self.months[-1].last_day

    @property
    def days(self) -> int:
        """How many calendar days it has."""
        return (self.last_day - self.first_day).days + 1

    def next(self) -> "Period":
        return Period(self.months[-1].next(), self.length)

    def previous(self) -> "Period":
        day = self.first_day - timedelta(days=1)
        if self.length == 1:
            return Period.month_of(day)
        return Period.quarter_of(day) if self.length == 3 else Period.year_of(day)

    def holds(self, other: "Period") -> bool:
        """Whether the other lies within it."""
        return self.first_day <= other.first_day and other.last_day <= self.last_day

    def employed_days(self, hired_on: date, left_on: date | None) -> int:
        """On how many of its calendar days somebody is employed; `left_on` is the last of them."""
        first = max(self.first_day, hired_on)
        last = min(self.last_day, left_on or self.last_day)
        return max(0, (last - first).days + 1)

    def __str__(self) -> str:
        if self.length == 12:
            return f"{self.first.year:04d}"
        if self.length == 3:
            return f"{self.first.year:04d}-Q{(self.first.number + 2) // 3}"
        return str(self.first)
