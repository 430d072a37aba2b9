"""Months as values: the calendar month (TIME-2) and the collection month (TIME-3)."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock

EARLIEST, LATEST = "1900-01", "2199-12"
_TEXT = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month: the 1st 00:00 up to the next 1st 00:00, company clock (TIME-2)."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `YYYY-MM`. Raises `ValidationError`."""
        if not _TEXT.fullmatch(text):
            raise ValidationError(
                _("“%(text)s” is not a month (YYYY-MM)"), code="month", params={"text": text[:40]}
            )
        # Far beyond any company's books, and within what dates can hold on either side.
        if not EARLIEST <= text <= LATEST:
            raise ValidationError(
                _("%(text)s lies outside %(earliest)s to %(latest)s"),
                code="month",
                params={"text": text, "earliest": EARLIEST, "latest": LATEST},
            )
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return _last_day(self.year, self.number)

    @property
    def start(self) -> datetime:
        """The first instant, UTC."""
        return clock.start_of(self.first_day)

    @property
    def end(self) -> datetime:
        """The first instant after it, UTC."""
        return clock.end_of(self.last_day)

    def days(self) -> Iterator[date]:
        day = self.first_day
        while day <= self.last_day:
            yield day
            day += timedelta(days=1)

    def next(self) -> "Month":
        return Month.of(self.last_day + timedelta(days=1))

    def previous(self) -> "Month":
        return Month.of(self.first_day - timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return day.year == self.year and day.month == self.number

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@cache
def _last_day(year: int, number: int) -> date:
    return date(year, number, calendar.monthrange(year, number)[1])


@dataclass(frozen=True, slots=True)
class CollectionMonth:
    """A collection month 回款月 (TIME-3): after the previous cutoff, up to and with its own.

    The cutoff's very instant still belongs to it; one microsecond later is the next month.
    """

    month: Month
    after: datetime
    cutoff: datetime

    def __contains__(self, instant: datetime) -> bool:
        return self.after < instant <= self.cutoff


if TYPE_CHECKING:
    _MonthText = models.Field[Month, Month]  # what Python sees of it
else:
    _MonthText = models.CharField


class MonthField(_MonthText):
    """A `Month`, kept as `YYYY-MM` so that it sorts and reads as text."""

    description = _("Month")
    if TYPE_CHECKING:
        _pyi_private_set_type: Month
        _pyi_private_get_type: Month
        _pyi_lookup_exact_type: Month

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 7)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_args: Any) -> Month | None:
        return None if value is None else Month.parse(value)

    def to_python(self, value: Any) -> Month | None:
        if value is None or isinstance(value, Month):
            return value
        return Month.parse(str(value))

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)
