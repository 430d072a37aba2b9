"""What the timeline of a customer is made of, and how one query reads many kinds of it.

An app hands in what happened to it as parts: rows of a table that their reader may see, the instant
or the day each has, and words. All parts of an app are read together, the latest first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.text import Truncator

from core import clock
from core.db import StartOfDay
from core.money import ZERO, MoneyField
from core.templatetags.house import yuan_text

SHOWN = 60  # signs of what somebody wrote, in a title
NO_WORDS = Value("")
NO_MONEY = Value(ZERO, MoneyField())


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened; `is_day`: only the day is known. `details`: lines below it."""

    at: datetime
    icon: str
    title: Any
    who: str = ""
    text: str = ""
    url: str = ""
    is_day: bool = False
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind. `at` is their instant, or with `is_day` their day; `key` what the address
    of their page ends with. Each of these and of the rest is a field or an expression."""

    kind: str
    rows: "QuerySet[Any]"
    at: Any
    key: Any
    what: Any = NO_WORDS
    text: Any = NO_WORDS
    who: Any = NO_WORDS
    amount: Any = NO_MONEY
    is_day: bool = False

    def before(self, instant: datetime | None) -> "QuerySet[Any]":
        """The rows before an instant, in the columns of `Row`. A day stands at its beginning."""
        moment = F(self.at) if isinstance(self.at, str) else self.at
        rows = self.rows.order_by()
        if instant is not None and self.is_day:
            last = clock.local_date(instant)
            on_it = clock.start_of(last) < instant
            rows = rows.filter(**{f"{self.at}__{'lte' if on_it else 'lt'}": last})
        elif instant is not None:
            rows = rows.alias(its_moment=moment).filter(its_moment__lt=instant)
        # Names that no field of these tables has.
        told = rows.annotate(
            its_kind=Cast(Value(self.kind), CharField()),
            its_key=Cast(self.key, TextField()),
            its_at=StartOfDay(self.at) if self.is_day else moment,
            its_what=Cast(self.what, TextField()),
            its_text=Cast(self.text, TextField()),
            its_who=Cast(self.who, TextField()),
            its_amount=F(self.amount) if isinstance(self.amount, str) else self.amount,
        )
        return told.values_list(*(f"its_{name}" for name in Row._fields))


class Row(NamedTuple):
    """A row of a part, in yuan where it is about money."""

    kind: str
    key: str
    at: datetime
    what: str
    text: str
    who: str
    amount: Decimal


def login_name(by: str) -> Coalesce:
    """What the login that a field names is called (`core.history.reading.name_of`), in the
    database."""
    return Coalesce(f"{by}__person__name", f"{by}__username", Value(""))


def _text_of(row: Row) -> str:
    return row.text


def told_together(
    parts: Sequence[Part],
    told: Mapping[str, tuple[str, Any, str]],
    before: datetime | None,
    limit: int,
    text_of: Callable[[Row], str] = _text_of,
) -> Iterator[Happened]:
    """The latest rows of all parts, each by what `told` says of its kind: its sign, its title of
    `what` and `amount`, the page it leads to (empty: none). One query."""
    of_a_day = {part.kind for part in parts if part.is_day}
    for row in _read_together(parts, before, limit):
        icon, title, page = told[row.kind]
        what = Truncator(row.what).chars(SHOWN)
        yield Happened(
            at=row.at,
            icon=icon,
            title=title % {"what": what, "amount": yuan_text(row.amount)},
            who=row.who,
            text=text_of(row),
            url=reverse(page, args=[row.key]) if page else "",
            is_day=row.kind in of_a_day,
        )


def _read_together(parts: Sequence[Part], before: datetime | None, limit: int) -> Iterator[Row]:
    first, *others = (part.before(before) for part in parts)
    rows = first.union(*others, all=True).order_by("-its_at", "its_kind", "-its_key")
    return (Row(*row) for row in rows[:limit])
