"""Rows out: CSV and xlsx. Cells that a spreadsheet would run as a formula are escaped."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import IO, Any

from core import clock
from core.money import round_half_up
from core.months import Month

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# What a workbook cannot hold: in a cell, and in the name of a sheet.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Export:
    """A table the company takes out: its columns (English, Chinese) and the rows of one month.

    `rows(month, user)`: sorted as files want them; `user` is None for the command line, which
    sees all, else only what that user may see is given.
    """

    name: str
    zh: str
    columns: tuple[tuple[str, str], ...]
    rows: Any


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name, its header, its rows, read as they are written."""

    title: str
    columns: Sequence[str]
    rows: Rows


def cell_text(value: Any) -> str:
    """A value as files carry it: yuan with two decimals, local times without offset."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{round_half_up(value):.2f}"
    if isinstance(value, datetime):
        return clock.local(value).replace(tzinfo=None).isoformat()
    text = str(value)
    is_words = isinstance(value, str)
    return f"'{text}" if is_words and text.startswith(_FORMULA_STARTS) else text


def unescaped(text: str) -> str:
    """A cell as it was before `cell_text` kept a spreadsheet from running it."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA_STARTS) else text


def to_csv(columns: Sequence[str], rows: Rows) -> str:
    """CSV text, `\\n` line ends, header first."""
    out = io.StringIO()
    _write_csv(out, columns, rows)
    return out.getvalue()


def to_xlsx(title: str, columns: Sequence[str], rows: Rows) -> bytes:
    """A workbook of one sheet; amounts are numbers with two decimals, the header stays in view."""
    out = io.BytesIO()
    _write_xlsx(out, title, columns, rows)
    return out.getvalue()


def write_table(
    out: IO[bytes], ending: str, *, title: str, columns: Sequence[str], rows: Rows
) -> int:
    """Write a table into a file, `csv` or `xlsx`, a row at a time; how many rows there were."""
    if ending == "xlsx":
        return _write_xlsx(out, title, columns, rows)
    # Without the mark Excel in China reads UTF-8 as GB18030.
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    written = _write_csv(text, columns, rows)
    text.detach()
    return written


def _write_csv(out: IO[str], columns: Sequence[str], rows: Rows) -> int:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    written = 0
    for row in rows:
        writer.writerow([cell_text(value) for value in row])
        written += 1
    return written


def _write_xlsx(out: IO[bytes], title: str, columns: Sequence[str], rows: Rows) -> int:
    return write_book(out, [Sheet(title, columns, rows)])


def write_book(out: IO[bytes], sheets: Iterable[Sheet]) -> int:
    """Write a workbook, a row at a time; how many rows there were under all headers."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    written = sum(_write_sheet(book, sheet) for sheet in sheets)
    book.save(out)
    return written


def _write_sheet(book: Any, sheet: Sheet) -> int:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    made = book.create_sheet(_NO_SHEET_NAME.sub(" ", sheet.title)[:31])
    made.freeze_panes = "A2"
    head = [WriteOnlyCell(made, value=_NO_XML.sub("\ufffd", name)) for name in sheet.columns]
    for cell in head:
        cell.font = Font(bold=True)
    made.append(head)
    written = 0
    for row in sheet.rows:
        made.append([_xlsx_cell(made, value) for value in row])
        written += 1
    return written


def _xlsx_cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, Decimal):
        cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]  # it takes Decimal
        cell.number_format = "#,##0.00"
        return cell
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Month):
        return str(value)
    return _NO_XML.sub("\ufffd", cell_text(value))
