"""Cells of a bank's statement: amounts and days as banks write them, read strictly. Pure.

Each raises `ValidationError` with the reason, in the reader's language: a guess about money or days
is worse than a question.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.money import FEN
from core.tables.columns import EARLIEST, LATEST

_AMOUNT = re.compile(
    r"(?P<sign>[+-]?)[¥￥]?(?P<yuan>[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,11})(?P<fen>\.[0-9]{1,2})?"
)
_DAY = re.compile(
    r"(?P<y>[0-9]{4})(?:(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})"
    r"|年(?P<m2>[0-9]{1,2})月(?P<d2>[0-9]{1,2})日|(?P<m3>[0-9]{2})(?P<d3>[0-9]{2}))"
)
_TIME = re.compile(
    r"(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2})(?:\.[0-9]{1,6})?)?"
    r"|(?P<h2>[0-9]{2})(?P<m2>[0-9]{2})(?P<s2>[0-9]{2})"
)
_IN = frozenset(
    ("贷", "贷方", "收", "收入", "转入", "入账", "来账", "c", "cr", "credit", "in", "+")
)
_OUT = frozenset(
    ("借", "借方", "支", "支出", "转出", "出账", "往账", "d", "dr", "debit", "out", "-")
)


def amount_of(cell: str) -> Decimal | None:
    """An amount in yuan as a bank writes it, with thousands apart or not; None for an empty cell.

    `1,234.56` and `1234.5` are; `1.234,56`, `12,34`, `1e5` and full-width digits are not.
    """
    if cell in ("", "-", "--"):
        return None
    match = _AMOUNT.fullmatch(cell)
    if match is None:
        raise ValidationError(
            _("“%(cell)s” is not an amount as banks write it: 1,234.56"),
            code="amount",
            params={"cell": cell[:40]},
        )
    plain = f"{match['sign']}{match['yuan'].replace(',', '')}{match['fen'] or ''}"
    return Decimal(plain).quantize(FEN)


def booked_of(day_cell: str, time_cell: str = "") -> tuple[datetime, bool]:
    """When a line was booked, on the company's clock, and whether the bank says the time of day.

    `2026-10-12`, `2026/10/12`, `20261012`, `2026年10月12日`, each with a time or without; the time
    in a cell of its own, too. Without one it is the day's beginning.
    """
    day_text, own_time = _parts(day_cell.strip())
    day = _day(day_text)
    wall = _time(time_cell.strip()) or _time(own_time)
    return datetime.combine(day, wall or time.min), wall is not None


def _parts(cell: str) -> tuple[str, str]:
    """The day and the time of one cell."""
    if len(cell) == 14 and cell.isascii() and cell.isdigit():
        return cell[:8], cell[8:]
    day, _blank, wall = cell.replace("T", " ", 1).partition(" ")
    return day, wall.strip()


def _day(cell: str) -> date:
    match = _DAY.fullmatch(cell)
    if match is None:
        raise ValidationError(
            _("“%(cell)s” is not a day: 2026-10-12, 2026/10/12 or 20261012"),
            code="date",
            params={"cell": cell[:40]},
        )
    month = match["m"] or match["m2"] or match["m3"]
    day = match["d"] or match["d2"] or match["d3"]
    try:
        read = date(int(match["y"]), int(month), int(day))
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


def _time(cell: str) -> time | None:
    if not cell:
        return None
    match = _TIME.fullmatch(cell)
    try:
        if match is None:
            raise ValueError(cell)
        second = match["s"] or match["s2"] or 0
        return time(int(match["h"] or match["h2"]), int(match["m"] or match["m2"]), int(second))
    except ValueError:
        raise ValidationError(
            _("“%(cell)s” is not a time: 15:12:03 or 151203"),
            code="time",
            params={"cell": cell[:40]},
        ) from None


def comes_in(cell: str) -> bool:
    """Whether a column that says the direction says that money came in: 贷, 收入."""
    word = cell.strip().lower()
    if word in _IN:
        return True
    if word in _OUT:
        return False
    raise ValidationError(
        _("“%(cell)s” says neither in (贷) nor out (借)"),
        code="direction",
        params={"cell": cell[:40]},
    )
