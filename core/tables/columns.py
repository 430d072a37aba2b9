"""Columns of the company's tables: from the text of a cell to a value, or a reason why not.

Every `parse` raises `ValidationError` with a reason in the reader's language. Numbers and dates
are read strictly: a guess about money or days is worse than a question.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import parse_yuan
from core.months import Month

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?)"
)
_TIME = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})(?:[:：]([0-9]{2}))?")
_BETWEEN_TIMES = re.compile(r"[\s,，、;；]+")
_CODE = re.compile(r"[^\s\x00-\x1f\x7f/]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")
EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 12, 31)
RATE_DECIMALS = 6
MOST_TIMES = 100  # of one cell; a hand that punches more often is a machine out of order

Parser = Callable[[str], Any]


def text(*, longest: int) -> Parser:
    def parse(cell: str) -> str:
        if _CONTROL.search(cell):
            raise ValidationError(_("holds a control character"), code="control")
        if len(cell) > longest:
            raise ValidationError(
                _("is longer than %(longest)s characters"), code="long", params={"longest": longest}
            )
        return cell

    return parse


def code(*, longest: int = 32) -> Parser:
    """A number or code that people give things: no blanks, no slashes (keys are joined by `/`)."""
    checked = text(longest=longest)

    def parse(cell: str) -> str:
        if not _CODE.fullmatch(checked(cell)):
            raise ValidationError(
                _("“%(cell)s” is not a code: no blanks, no slashes"),
                code="code",
                params={"cell": cell},
            )
        return cell

    return parse


def day(cell: str) -> date:
    if not _DATE.fullmatch(cell):
        raise ValidationError(
            _("“%(cell)s” is not a date (YYYY-MM-DD)"), code="date", params={"cell": cell[:40]}
        )
    try:
        read = date.fromisoformat(cell)
    except ValueError:
        raise ValidationError(
            _("there is no day %(cell)s"), code="date", params={"cell": cell}
        ) from None
    if not EARLIEST <= read <= LATEST:
        raise ValidationError(
            _("%(cell)s lies outside %(earliest)s to %(latest)s"),
            code="date",
            params={"cell": cell, "earliest": EARLIEST, "latest": LATEST},
        )
    return read


# Instants are all different, and their days are not.
_day_of_instant = lru_cache(1_024)(day)


def instant(cell: str) -> datetime:
    """A reading of the company's clock, ISO 8601 without offset, as an instant in UTC."""
    match = _INSTANT.fullmatch(cell)
    if not match:
        raise ValidationError(
            _("“%(cell)s” is not a local time (YYYY-MM-DDTHH:MM:SS)"),
            code="instant",
            params={"cell": cell[:40]},
        )
    _day_of_instant(match[1])
    try:
        return clock.from_local(datetime.fromisoformat(cell))
    except ValueError:
        raise ValidationError(
            _("there is no time %(cell)s"), code="instant", params={"cell": cell}
        ) from None


def times(cell: str) -> tuple[time, ...]:
    """Readings of the clock within one day, as attendance machines put them into one cell: with
    blanks, commas or line breaks between them. In order, each once."""
    texts = [text for text in _BETWEEN_TIMES.split(cell) if text]
    if len(texts) > MOST_TIMES:
        raise ValidationError(
            _("holds more than %(most)s times"), code="times", params={"most": MOST_TIMES}
        )
    return tuple(sorted(set(map(_time, texts))))


def _time(text: str) -> time:
    match = _TIME.fullmatch(text)
    hour, minute, second = (int(part or 0) for part in match.groups()) if match else (24, 0, 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise ValidationError(
            _("“%(cell)s” is not a time (HH:MM)"), code="time", params={"cell": text[:40]}
        ) from None


def month(cell: str) -> Month:
    read = Month.parse(cell)
    day(str(read.first_day))
    return read


def money(cell: str) -> Decimal:
    """An amount in yuan, not negative."""
    amount = parse_yuan(cell)
    if amount < 0:
        raise ValidationError(
            _("an amount cannot be negative: %(cell)s"), code="negative", params={"cell": cell}
        )
    return amount


def positive_money(cell: str) -> Decimal:
    amount = money(cell)
    if not amount:
        raise ValidationError(_("an amount must be more than 0"), code="zero")
    return amount


def signed_money(cell: str) -> Decimal:
    return parse_yuan(cell)


def number(cell: str) -> Decimal:
    """A plain number that is not negative."""
    if not _NUMBER.fullmatch(cell):
        raise ValidationError(
            _("“%(cell)s” is not a number"), code="number", params={"cell": cell[:40]}
        )
    return Decimal(cell)


def rate(cell: str) -> Decimal:
    """A share between 0 and 1, written `0.8` or `80%`."""
    read = number(cell[:-1]) / 100 if cell.endswith("%") else number(cell)
    exponent = read.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -RATE_DECIMALS:
        raise ValidationError(
            _("a rate has at most %(places)s decimals: %(cell)s"),
            code="rate",
            params={"places": RATE_DECIMALS, "cell": cell},
        )
    if read > 1:
        raise ValidationError(
            _("a rate lies between 0 and 1: %(cell)s"), code="rate", params={"cell": cell}
        )
    return read


def one_of(choices: Sequence[tuple[str, Any]]) -> Parser:
    """One of a few codes; the Chinese label is understood as well."""
    from django.utils.translation import override

    @cache
    def known() -> dict[str, str]:
        with override("zh-hans"):
            return {
                **{str(label): value for value, label in choices},
                **{value: value for value, _label in choices},
            }

    def parse(cell: str) -> str:
        if cell not in known():
            codes = dict.fromkeys(value for value, _label in choices if value)
            raise ValidationError(
                _("“%(cell)s” is none of: %(known)s"),
                code="choice",
                params={"cell": cell[:40], "known": ", ".join(codes)},
            )
        return known()[cell]

    return parse


def yes_no(cell: str) -> bool:
    if cell.lower() in ("yes", "是"):
        return True
    if cell.lower() in ("no", "否"):
        return False
    raise ValidationError(
        _("“%(cell)s” is neither yes nor no"), code="yes_no", params={"cell": cell[:40]}
    )


@dataclass(frozen=True)
class Column:
    """One column of a table: English and Chinese header, how to read a cell.

    `refers`: the cell names a row of another table and is read as that row's id. `optional`: the
    cell may be empty and then stands for `empty`. `field`: the model's, where it is not `name`.
    `example`: what an empty table to fill in shows, where it is not to be guessed.
    """

    name: str
    zh: str
    parse: Parser
    key: bool = False
    optional: bool = False
    empty: Any = None
    refers: "Reference | None" = None
    field: str = ""
    example: str | None = None

    @property
    def attribute(self) -> str:
        return self.field or self.name

    @property
    def headers(self) -> tuple[str, str]:
        return (self.name, self.zh)


@dataclass(frozen=True)
class Reference:
    """Another table's row, named by its code. `ids()` reads all known codes, each with what is kept
    of it: its id, as a rule."""

    what: Any
    ids: Callable[[], Mapping[str, Any]] = dataclass_field(repr=False)
