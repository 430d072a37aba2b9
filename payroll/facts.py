"""The facts of a month as its page shows them: how many rows, what came last, what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from core.models import TableLoad
from core.months import Month
from core.tables import fact_tables
from core.tables.counts import is_dated, rows_in
from core.tables.naming import label_of

SHOWN_REASONS = 20
LATEST_LOADS = """
    SELECT * FROM core_tableload WHERE id IN (SELECT MAX(id) FROM core_tableload GROUP BY "table")
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing wrong with a file: where, and what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class TableState:
    """One of the company's tables: its rows, and the file that came last."""

    name: str
    label: str
    rows: int
    is_dated: bool
    load: TableLoad | None

    @property
    def is_wrong(self) -> bool:
        return self.load is not None and self.load.wrong > 0

    @property
    def is_empty(self) -> bool:
        return not self.rows and self.load is None

    @property
    def reasons(self) -> list[Reason]:
        return [_reason(text, self.load.file) for text in self.load.reasons] if self.load else []

    @property
    def first_reasons(self) -> list[Reason]:
        return self.reasons[:SHOWN_REASONS]

    @property
    def more_reasons(self) -> list[Reason]:
        return self.reasons[SHOWN_REASONS:]

    @property
    def untold(self) -> int:
        """How many more there are than were kept."""
        return self.load.wrong - len(self.load.reasons) if self.load else 0


def _reason(text: str, file: str) -> Reason:
    """A kept reason without the file's name, which stands above it."""
    rest = text.removeprefix(file)
    if rest.startswith(", "):
        where, _colon, what = rest[2:].partition(": ")
        return Reason(where, what) if what else Reason("", where)
    return Reason("", rest.removeprefix(": "))


@dataclass(frozen=True)
class Facts:
    """All tables, sorted by what the reader has to do about them."""

    tables: Sequence[TableState]

    @cached_property
    def wrong(self) -> list[TableState]:
        return [t for t in self.tables if t.is_wrong]

    @cached_property
    def filled(self) -> list[TableState]:
        return [t for t in self.tables if not t.is_empty]

    @cached_property
    def missing(self) -> list[TableState]:
        return [t for t in self.tables if t.is_empty]


def facts_of(month: Month) -> Facts:
    """Every table of the company, for one month. Two queries."""
    counts = rows_in(month)
    loads = {load.table: load for load in TableLoad.objects.raw(LATEST_LOADS)}
    return Facts(
        [
            TableState(name, label_of(table), counts[name], is_dated(name), loads.get(name))
            for name, table in fact_tables().items()
        ]
    )
