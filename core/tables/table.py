"""A table of the company's facts: its columns, and how one file of it becomes rows or reasons.

Reading is in two passes over memory-bounded streams: everything is checked before anything is
written, so that a wrong row costs nothing but its message, and all wrong rows are told at once.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.tables.columns import Column
from core.tables.reading import NumberedRow, UnreadableFile, rows_of

Row = dict[str, Any]
MAX_WRONG_ROWS_KEPT = 1_000
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


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row that reads well, with the line it came from."""

    line: int
    values: Row


class RowRefused(Exception):
    """A row that reads well but cannot stand: which line and column, and why."""

    def __init__(self, *, line: int, column: str | None, reason: Any) -> None:
        self.line, self.column, self.reason = line, column, reason
        super().__init__(reason)


Rule = Callable[[list[CheckedRow]], Iterable[RowRefused]]


@dataclass(frozen=True)
class Table:
    """One table of the company's files.

    `save` is the service that writes the rows (all of them or none) and says how many were new,
    changed and as before. `check_row` looks at one row; `check_rows` at all of a file together
    with what is already known.
    """

    name: str
    zh: str
    columns: tuple[Column, ...]
    save: Callable[..., "Saved"]
    check_row: Callable[[Row], Iterable[tuple[str | None, Any]]] | None = None
    check_rows: Rule | None = None
    after: tuple[str, ...] = ()

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


def read_table(
    table: Table, path: Path, wrong: WrongRows, sheet: str | None = None
) -> list[CheckedRow]:
    """All rows of a file that read well; what does not is added to `wrong`."""
    checked: list[CheckedRow] = []
    try:
        lines = rows_of(path, sheet)
        header = next((row for row in lines if _is_filled(row)), None)
        if header is None:
            wrong.add(line=None, column=None, reason=_("the file is empty"))
            return []
        positions = _positions(table, header, wrong)
        if wrong:
            return []
        checked = list(_checked_rows(table, positions, lines, wrong))
    except UnreadableFile as unreadable:
        wrong.add(line=unreadable.line, column=None, reason=unreadable.reason)
        return []
    if table.check_rows and not wrong:
        for refused in table.check_rows(checked):
            wrong.add(line=refused.line, column=refused.column, reason=refused.reason)
    return checked


def _positions(table: Table, header: NumberedRow, wrong: WrongRows) -> dict[int, Column]:
    line, cells = header
    by_header = {h: c for c in table.columns for h in c.headers}
    positions: dict[int, Column] = {}
    for index, cell in enumerate(cells):
        name = cell.strip().strip("\ufeff")
        if not name:
            continue
        column = by_header.get(name)
        if column is None:
            wrong.add(line=line, column=name[:40], reason=_("the table has no such column"))
        elif column in positions.values():
            wrong.add(line=line, column=name, reason=_("the column stands twice"))
        else:
            positions[index] = column
    for column in table.columns:
        if column not in positions.values():
            wrong.add(line=line, column=column.name, reason=_("the column is missing"))
    return positions


def _checked_rows(
    table: Table, positions: dict[int, Column], lines: Iterator[NumberedRow], wrong: WrongRows
) -> Iterator[CheckedRow]:
    ids = {c.name: c.refers.ids() for c in table.columns if c.refers}
    seen: dict[tuple[Any, ...], int] = {}
    for line, cells in lines:
        if not _is_filled((line, cells)):
            continue
        before = wrong.count
        row = _read_row(line, cells, positions, ids, wrong)
        if wrong.count > before:
            continue
        for column, reason in table.check_row(row) if table.check_row else ():
            wrong.add(line=line, column=column, reason=reason)
        key = tuple(row[name] for name in table.key)
        if key in seen:
            wrong.add(
                line=line,
                column=_first_key_column(table),
                reason=_("the same key stands on line %(line)s") % {"line": seen[key]},
            )
            continue
        seen[key] = line
        if not wrong:
            yield CheckedRow(line, row)


def _is_filled(row: NumberedRow) -> bool:
    return any(cell.strip() for cell in row[1])


def _first_key_column(table: Table) -> str:
    return next(c.name for c in table.columns if c.key)


def _read_row(
    line: int,
    cells: list[str],
    positions: dict[int, Column],
    ids: dict[str, dict[str, int]],
    wrong: WrongRows,
) -> Row:
    row: Row = {}
    if any(cell.strip() for index, cell in enumerate(cells) if index not in positions):
        wrong.add(line=line, column=None, reason=_("a cell stands under no header"))
    for index, column in positions.items():
        cell = cells[index].strip() if index < len(cells) else ""
        try:
            row[column.attribute] = _read_cell(cell, column, ids)
        except ValidationError as error:
            wrong.add(line=line, column=column.name, reason=error.messages[0])
    return row


def _read_cell(cell: str, column: Column, ids: dict[str, dict[str, int]]) -> Any:
    if not cell:
        if column.optional:
            return column.empty
        raise ValidationError(_("is empty"), code="empty")
    value = column.parse(cell)
    if not column.refers:
        return value
    if value not in ids[column.name]:
        raise ValidationError(
            _("unknown %(what)s: %(cell)s"),
            code="unknown",
            params={"what": column.refers.what, "cell": cell},
        )
    return ids[column.name][value]
