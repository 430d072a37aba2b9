"""A table of the company's facts: its columns, and how one file of it becomes rows or reasons.

A file is read once, a batch at a time, into a stage beside the table it is for: everything is
checked before anything is written, so that a wrong row costs nothing but its message, and all
wrong rows are told at once.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.tables.columns import Column
from core.tables.layouts import Layout, layout_of
from core.tables.reading import NumberedRow, UnreadableFile, rows_of
from core.tables.rows import CheckedRow, Row
from core.tables.writing import unescaped

if TYPE_CHECKING:
    from core.tables.staging import Stage

__all__ = ["CheckedRow", "Row", "RowRefused", "Saved", "Table", "WrongRow", "WrongRows"]

MAX_WRONG_ROWS_KEPT = 1_000
# The header over the reasons in a file of wrong rows: when it comes back they are passed over.
REASONS_HEADER = ("what_is_wrong", "错误原因")
BATCH = 2_000
CELLS_REMEMBERED = 1_024  # a column; some cells are pages long
# What no page or terminal shows and PostgreSQL does not keep, not even in what we say of a cell.
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def shown(text: str) -> str:
    """Text of a file as a message can repeat it: on one line, what has no shape as “\ufffd”."""
    return _UNSHOWN.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class WrongRow:
    """One thing wrong with a file: where, and why, in the reader's language."""

    file: str
    line: int | None
    column: str | None
    reason: str

    def __str__(self) -> str:
        where = [self.file]
        if self.line is not None:
            where.append(str(_("line %(line)s") % {"line": self.line}))
        if self.column:
            where.append(str(_("column %(column)s") % {"column": self.column}))
        return f"{', '.join(where)}: {self.reason}"


@dataclass
class WrongRows:
    """What is wrong with one file. Tells each as it is found; keeps the first thousand."""

    file: str
    tell: Callable[[WrongRow], None] | None = None
    kept: list[WrongRow] = field(default_factory=list)
    count: int = 0

    def add(self, *, line: int | None, column: str | None, reason: Any) -> None:
        wrong = WrongRow(self.file, line, column and shown(column), shown(str(reason)))
        self.count += 1
        if len(self.kept) < MAX_WRONG_ROWS_KEPT:
            self.kept.append(wrong)
        if self.tell:
            self.tell(wrong)

    def __bool__(self) -> bool:
        return self.count > 0


class RowRefused(Exception):
    """A row that reads well but cannot stand: which line and column, and why."""

    def __init__(self, *, line: int, column: str | None, reason: Any) -> None:
        self.line, self.column, self.reason = line, column, reason
        super().__init__(reason)


Rule = Callable[[Iterable[CheckedRow]], Iterable[RowRefused]]


@dataclass(frozen=True)
class Table:
    """One table of the company's files.

    The rows are written into `model` as they are; or by `save`, the service that writes them (all
    of them or none) and says how many were new, changed and as before. `check_row` looks at one
    row; `check_rows` at all of a file together with what is already known. It may walk through
    the rows more than once, and should keep of them no more than it needs. `loaded_by`: roles that
    may load this table and no other; `by_them_alone`: not even the books' people may, as its rows
    are decisions. `may`: which rows whoever sends a file may not say; the command line may all.
    `layouts`: in what other ways files write it. `also`: columns
    that a file may have beside; where it has not, what is known stays. `news` looks at
    a file's rows before they are written, and gives what tells of them once they stand, if there
    is anything to tell: `(actor) -> None`, in the transaction that writes them.
    """

    name: str
    zh: str
    columns: tuple[Column, ...]
    model: Any
    save: Callable[..., "Saved"] | None = None
    check_row: Callable[[Row], Iterable[tuple[str | None, Any]]] | None = None
    check_rows: Rule | None = None
    news: Callable[[Iterable[Row]], Callable[[Any], None] | None] | None = None
    after: tuple[str, ...] = ()
    may: Callable[[Any, Iterable[CheckedRow]], Iterable[RowRefused]] | None = None
    loaded_by: tuple[str, ...] = ()
    by_them_alone: bool = False
    layouts: tuple[Layout, ...] = ()
    also: tuple[Column, ...] = ()

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return (*self.columns, *self.also)

    @property
    def key(self) -> tuple[str, ...]:
        """The model fields that tell one row from another."""
        return tuple(c.attribute for c in self.columns if c.key)


@dataclass(frozen=True, slots=True)
class Saved:
    """How a file changed what was known."""

    new: int = 0
    changed: int = 0
    same: int = 0


def attributes_in(table: Table, path: Path, sheet: str | None = None) -> list[str]:
    """The model fields that a file speaks of: those of the table, and of what it may have beside
    those it has. A file that cannot be read says so when it is."""
    names: set[str] = set()
    if table.also:
        try:
            header = next((row for row in rows_of(path, sheet) if _is_filled(row[1])), None)
        except UnreadableFile:
            header = None
        names = set(map(_header, header[1])) if header else set()
    return [c.attribute for c in _spoken_of(table, names)]


def _spoken_of(table: Table, names: set[str]) -> tuple[Column, ...]:
    return (*table.columns, *(c for c in table.also if not names.isdisjoint(c.headers)))


def read_table(
    table: Table,
    path: Path,
    wrong: WrongRows,
    stage: "Stage",
    sheet: str | None = None,
    actor: Any = None,
) -> None:
    """All rows of a file that read well go into the stage, which has the columns `attributes_in`
    it; what does not is added to `wrong`. `actor`: whoever sends it; None for the command line."""
    try:
        lines = rows_of(path, sheet)
        header = next((row for row in lines if _is_filled(row[1])), None)
        if header is None:
            wrong.add(line=None, column=None, reason=_("the file is empty"))
            return
        names = set(map(_header, header[1]))
        layout = layout_of(names, Layout(_spoken_of(table, names)), *table.layouts)
        positions = _positions(layout, header, wrong)
        if wrong:
            return
        reasons = [n for n, cell in enumerate(header[1]) if _header(cell) in REASONS_HEADER]
        reader = _Reader(table.check_row, layout, positions, reasons)
        _stage_rows(table, reader, lines, stage, wrong)
    except UnreadableFile as unreadable:
        wrong.add(line=unreadable.line, column=None, reason=unreadable.reason)
        return
    if table.check_rows and not wrong:
        _tell(table.check_rows(stage), wrong)
    if table.may and actor is not None and not wrong:
        _tell(table.may(actor, stage), wrong)


def _positions(layout: Layout, header: NumberedRow, wrong: WrongRows) -> dict[int, Column]:
    line, cells = header
    by_header = {h: c for c in layout.columns for h in c.headers}
    positions: dict[int, Column] = {}
    for index, cell in enumerate(cells):
        name = _header(cell)
        if not name or name in REASONS_HEADER:
            continue
        column = by_header.get(name)
        if column is None:
            wrong.add(line=line, column=name[:40], reason=_("the table has no such column"))
        elif column in positions.values():
            wrong.add(line=line, column=name, reason=_("the column stands twice"))
        else:
            positions[index] = column
    for column in layout.columns:
        if column not in positions.values():
            wrong.add(line=line, column=column.name, reason=_("the column is missing"))
    return positions


def _header(cell: str) -> str:
    return cell.strip().strip("\ufeff")


def _stage_rows(
    table: Table, reader: "_Reader", lines: Iterator[NumberedRow], stage: "Stage", wrong: WrongRows
) -> None:
    batch = _Batch()
    try:
        for line, cells in lines:
            if _is_filled(cells):
                reader.read(line, cells, batch)
                if len(batch) >= BATCH:
                    _stage_batch(table, batch, stage, wrong)
                    batch = _Batch()
    except UnreadableFile:
        # What came before the place where reading ends is told first.
        _stage_batch(table, batch, stage, wrong)
        raise
    _stage_batch(table, batch, stage, wrong)


class _Batch:
    """A few rows of a file, and what is wrong with them."""

    def __init__(self) -> None:
        self.rows: list[CheckedRow] = []
        self.refused: list[RowRefused] = []

    def __len__(self) -> int:
        return len(self.rows) + len(self.refused)

    def refuse(self, line: int, column: str | None, reason: Any) -> None:
        self.refused.append(RowRefused(line=line, column=column, reason=reason))


def _stage_batch(table: Table, batch: _Batch, stage: "Stage", wrong: WrongRows) -> None:
    # Even in a file that is wrong by now: the stage tells which keys stand twice.
    for line, first in stage.add(batch.rows).items():
        batch.refuse(
            line,
            _first_key_column(table),
            _("the same key stands on line %(line)s") % {"line": first},
        )
    _tell(sorted(batch.refused, key=lambda refused: refused.line), wrong)


def _tell(refused: Iterable[RowRefused], wrong: WrongRows) -> None:
    for each in refused:
        wrong.add(line=each.line, column=each.column, reason=each.reason)


def _is_filled(cells: list[str]) -> bool:
    return any(map(str.strip, cells))


def _first_key_column(table: Table) -> str:
    return next(c.name for c in table.columns if c.key)


class _Reader:
    """Reads the rows of one file: which cell is which column's, and how each is read."""

    def __init__(
        self,
        check_row: Callable[[Row], Iterable[tuple[str | None, Any]]] | None,
        layout: Layout,
        positions: dict[int, Column],
        reasons: list[int],
    ) -> None:
        self._check_row = check_row
        self._spread = layout.spread
        self._positions = {*positions, *reasons}
        # A file of wrong rows was written by us, its formulas escaped: they are taken as they were.
        self._was_escaped = bool(reasons)
        self._cells = [
            (index, column.attribute, column.name, _cell_reader(column))
            for index, column in positions.items()
        ]

    def read(self, line: int, cells: list[str], batch: _Batch) -> None:
        """The row goes into the batch, or the reasons why it does not."""
        if self._was_escaped:
            cells = list(map(unescaped, cells))
        if len(cells) > len(self._cells) and self._has_strays(cells):
            batch.refuse(line, None, _("a cell stands under no header"))
            reads_well = False
        else:
            reads_well = True
        row: Row = {}
        for index, attribute, name, read in self._cells:
            try:
                row[attribute] = read(cells[index].strip() if index < len(cells) else "")
            except ValidationError as error:
                batch.refuse(line, name, error.messages[0])
                reads_well = False
        for each in self._spread(row) if reads_well else ():
            for column, reason in self._check_row(each) if self._check_row else ():
                batch.refuse(line, column, reason)
            batch.rows.append(CheckedRow(line, each))

    def _has_strays(self, cells: list[str]) -> bool:
        return any(cell.strip() for index, cell in enumerate(cells) if index not in self._positions)


def _cell_reader(column: Column) -> Callable[[str], Any]:
    """How a cell of this column becomes a value. The same few cells stand in row after row."""
    ids = column.refers.ids() if column.refers else None

    def read(cell: str) -> Any:
        if not cell:
            if column.optional:
                return column.empty
            raise ValidationError(_("is empty"), code="empty")
        value = column.parse(cell)
        if ids is None or column.refers is None:
            return value
        if value not in ids:
            raise ValidationError(
                _("unknown %(what)s: %(cell)s"),
                code="unknown",
                params={"what": column.refers.what, "cell": cell},
            )
        return ids[value]

    return lru_cache(CELLS_REMEMBERED)(read)
