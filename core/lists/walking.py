"""Rows too many to be counted: a page begins below the number of the last row seen, so that the
thousandth page costs what the first does. They come in the order of their numbers, up or down, or
in that of another column where it is asked for a stretch of it.

What is searched for may be found in several ways. Each is asked for the first rows of a page by
itself, by an index of its own, and the page is made of these (adr/0020).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from core.history.reading import number_from

AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows; `further` is the number to go on from, None at the end."""

    rows: Sequence[Any]
    further: int | None
    is_continued: bool


@dataclass(frozen=True, slots=True)
class Way:
    """Some of the rows. `is_few`: they are known to be few, and are sorted once they are all read;
    a planner would rather walk down through all rows of the table until enough of them came by.
    `by`: the column in whose order they come, rows that are alike in it by their numbers; an index
    has both.
    """

    rows: "QuerySet[Any]"
    is_few: bool = False
    by: str = "id"

    def first(self, count: int, *, upward: bool, start: int | None) -> "QuerySet[Any]":
        """The first rows in their order, from the row with a number on."""
        rows = self.rows if start is None else self._beyond(start, upward=upward)
        # What is worked out stands in no index: the rows are read first.
        keys = [Coalesce(key, key) if self.is_few else F(key) for key in self._keys]
        return rows.order_by(*(key.asc() if upward else key.desc() for key in keys))[:count]

    def in_order(self, rows: "QuerySet[Any]", *, upward: bool) -> "QuerySet[Any]":
        return rows.order_by(*(key if upward else f"-{key}" for key in self._keys))

    @property
    def _keys(self) -> list[str]:
        return list(dict.fromkeys((self.by, "id")))

    def _beyond(self, start: int, *, upward: bool) -> "QuerySet[Any]":
        beyond, from_on = ("gt", "gte") if upward else ("lt", "lte")
        if self.by == "id":
            return self.rows.filter(**{f"id__{beyond}": start})
        model = self.rows.model
        reached = model._default_manager.order_by().filter(pk=start).values(self.by)[:1]
        # Said so that an index leads to where it goes on: not as one "or" the other.
        alike = Q(**{self.by: reached}) & ~Q(**{f"id__{beyond}": start})
        return self.rows.filter(**{f"{self.by}__{from_on}": reached}).exclude(alike)


def stretch_of(
    request: HttpRequest,
    ways: Sequence[Way],
    *,
    column: str,
    count: int,
    records: Callable[["QuerySet[Any]"], Any],
) -> Stretch:
    """The rows that an address asks for, `count` at most; sorted by `column` they go upward. All
    ways come in the order of the same column."""
    start = number_from(request.GET.get("before"))
    upward = goes_upward(request, column)
    if len(ways) == 1 and not ways[0].is_few:
        way = Way(records(ways[0].rows), by=ways[0].by)
        return _stretch(way, upward=upward, start=start, count=count)
    firsts = [way.first(count + 1, upward=upward, start=start) for way in ways]
    rows = ways[0].in_order(_together(firsts), upward=upward)
    return _cut(list(records(rows)[: count + 1]), count, is_continued=start is not None)


def counted(ways: Sequence[Way], *, most: int) -> int:
    """How many rows there are, no further than one past `most`."""
    firsts = [way.rows.order_by()[: most + 1] for way in ways]
    return min(_ids(firsts).count(), most + 1)


def _together(parts: "Sequence[QuerySet[Any]]") -> "QuerySet[Any]":
    """The rows of each of these, once."""
    every: QuerySet[Any] = parts[0].model._default_manager.all()
    return every.filter(pk__in=_ids(parts))


def _ids(parts: "Sequence[QuerySet[Any]]") -> "QuerySet[Any]":
    """The ids of some first rows, each once. SQLite limits no part of a union, but what a part is
    made of."""
    ids = [part.values("pk") for part in parts]
    if len(ids) > 1 and not connection.features.supports_slicing_ordering_in_compound:
        every = parts[0].model._default_manager.order_by()
        ids = [every.filter(pk__in=each).values("pk") for each in ids]
    first, *others = ids
    return first.union(*others) if others else first


def goes_upward(request: HttpRequest, column: str) -> bool:
    return request.GET.get("sort") == column


def walk(way: Way, *, upward: bool, most: int) -> Iterator[Sequence[Any]]:
    """All rows, a few of them in memory, `most` altogether."""
    start: int | None = None
    while most > 0:
        stretch = _stretch(way, upward=upward, start=start, count=min(AT_A_TIME, most))
        yield stretch.rows
        if stretch.further is None:
            return
        start, most = stretch.further, most - len(stretch.rows)


def _stretch(way: Way, *, upward: bool, start: int | None, count: int) -> Stretch:
    rows = way.first(count + 1, upward=upward, start=start)
    return _cut(list(rows), count, is_continued=start is not None)


def _cut(read: Sequence[Any], count: int, *, is_continued: bool) -> Stretch:
    shown = read[:count]
    return Stretch(shown, shown[-1].pk if len(read) > count else None, is_continued)
