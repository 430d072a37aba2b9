"""Rows out: CSV and xlsx. Cells that a spreadsheet would run as a formula are escaped."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from core import clock
from core.money import round_half_up
from core.months import Month

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
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


def to_csv(columns: Sequence[str], rows: Rows) -> str:
    """CSV text, `\\n` line ends, header first."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell_text(value) for value in row] for row in rows)
    return out.getvalue()


def to_xlsx(title: str, columns: Sequence[str], rows: Rows) -> bytes:
    """A workbook of one sheet; amounts are numbers with two decimals, the header stays in view."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    head = [WriteOnlyCell(sheet, value=name) for name in columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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
    return cell_text(value)
