"""In which ways files write one and the same table."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from core.tables.columns import Column
from core.tables.rows import Row


def itself(row: Row) -> Iterable[Row]:
    return (row,)


@dataclass(frozen=True)
class Layout:
    """A way in which files write a table: its own, or one whose rows stand for several of its own.

    `spread`: the rows of the table that a row, read by `columns`, stands for; none of them twice.
    """

    columns: tuple[Column, ...]
    spread: Callable[[Row], Iterable[Row]] = itself


def layout_of(header: Collection[str], own: Layout, *others: Layout) -> Layout:
    """The other layout whose columns all stand in a header; where there is none, the own."""
    for layout in others:
        if all(not set(column.headers).isdisjoint(header) for column in layout.columns):
            return layout
    return own
