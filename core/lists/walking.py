"""Rows too many to be counted: a page begins below the number of the last row seen, so that the
thousandth page costs what the first does. They come in the order of their numbers, up or down.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from core.history.reading import number_from

AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows; `further` is the number to go on from, None at the end."""

    rows: Sequence[Any]
    further: int | None
    is_continued: bool


def stretch_of(request: HttpRequest, found: "QuerySet[Any]", *, column: str, count: int) -> Stretch:
    """The rows that an address asks for, `count` at most; sorted by `column` they go upward."""
    start = number_from(request.GET.get("before"))
    return _stretch(found, upward=goes_upward(request, column), start=start, count=count)


def goes_upward(request: HttpRequest, column: str) -> bool:
    return request.GET.get("sort") == column


def walk(found: "QuerySet[Any]", *, upward: bool, most: int) -> Iterator[Sequence[Any]]:
    """All rows, a few of them in memory, `most` altogether."""
    start: int | None = None
    while most > 0:
        stretch = _stretch(found, upward=upward, start=start, count=min(AT_A_TIME, most))
        yield stretch.rows
        if stretch.further is None:
            return
        start, most = stretch.further, most - len(stretch.rows)


def _stretch(found: "QuerySet[Any]", *, upward: bool, start: int | None, count: int) -> Stretch:
    rows = found.order_by("id" if upward else "-id")
    if start is not None:
        rows = rows.filter(id__gt=start) if upward else rows.filter(id__lt=start)
    read = list(rows[: count + 1])
    shown = read[:count]
    return Stretch(shown, shown[-1].pk if len(read) > count else None, start is not None)
