"""What can be downloaded: the wrong rows with their reasons, tables to fill in, empty or filled."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO, Any
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.utils.translation import gettext as _

from core import clock
from core.imports.keeping import reasons_kept
from core.imports.services import source_of
from core.models import FileImport
from core.tables.columns import Column, day, instant, month
from core.tables.naming import in_chinese
from core.tables.reading import UnreadableFile, rows_of
from core.tables.table import REASONS_HEADER, Table
from core.tables.writing import CONTENT_TYPES, write_table

IN_MEMORY = 2**20  # bytes of a file; a larger one goes to the disk


def wrong_rows_file(sent: FileImport, number: int, ending: str) -> FileResponse | None:
    """The rows of a table that are wrong, as they stood in the file, each with its reasons.

    Corrected, it can be sent as it is: it is named like its table, and the reasons are passed
    over. None where no row is wrong, or the file as a whole.
    """
    reasons = reasons_kept(sent, number)
    if not reasons:
        return None
    source = source_of(sent, number)
    lines = rows_of(source.path, source.sheet)
    try:
        header = next((cells for _line, cells in lines if any(map(str.strip, cells))), None)
    except UnreadableFile:
        return None
    if header is None:
        return None
    width = len(_trimmed(header))
    head = [cell for cell in header[:width] if cell.strip() not in REASONS_HEADER]
    kept = [n for n in range(width) if header[n].strip() not in REASONS_HEADER]

    def rows() -> Iterator[list[str]]:
        try:
            for line, cells in lines:
                if line in reasons:
                    shown = [cells[n] if n < len(cells) else "" for n in kept]
                    yield [*shown, "; ".join(reasons[line])]
        except UnreadableFile:
            return  # as far as it could be read

    return _file(source.table, ending, [*head, REASONS_HEADER[in_chinese()]], rows())


def empty_table_file(table: Table) -> FileResponse:
    """A table's headers in the reader's language, with one row that shows what is meant."""
    chinese = in_chinese()
    columns = [c.zh if chinese else c.name for c in table.all_columns]
    return _file(table, "xlsx", columns, [[example_of(c) for c in table.all_columns]])


def filled_table_file(table: Table, ending: str, rows: Iterable[Any]) -> FileResponse:
    """Rows as the table's own columns: what is loaded again as it is changes nothing."""
    columns = [c.zh if in_chinese() else c.name for c in table.all_columns]
    values = ([getattr(row, c.attribute) for c in table.all_columns] for row in rows)
    return _file(table, ending, columns, values)


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    filled = [n for n, cell in enumerate(cells) if cell.strip()]
    return cells[: filled[-1] + 1] if filled else []


def _file(table: Table, ending: str, columns: Sequence[str], rows: Any) -> FileResponse:
    # Closed by the response.
    out: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    name = table.zh if in_chinese() else table.name
    write_table(out, ending, title=name, columns=columns, rows=rows)
    out.seek(0)
    response = FileResponse(out, content_type=CONTENT_TYPES[ending])
    response["Content-Disposition"] = (
        f"attachment; filename=\"{table.name}.{ending}\"; filename*=UTF-8''{quote(name)}.{ending}"
    )
    return response


def example_of(column: Column) -> str:
    """A cell that the column takes, as people write it."""
    if column.example is not None:
        return column.example
    today: date = clock.today()
    known = {
        day: str(today),
        instant: f"{today}T08:58:00",
        month: f"{today:%Y-%m}",
    }
    if column.parse in known:
        return known[column.parse]
    tried = ("100.00", "0.5", _("yes"), "Y001")
    name = column.name
    if name.endswith("_no") or name == "code":
        return {"employee_no": "Y001", "supervisor_no": "Z001"}.get(name, "A0001")
    try:
        column.parse("")
    except ValidationError as error:
        if error.code == "choice":
            return str(error.params["known"]).partition(",")[0]  # type: ignore[index]
    except Exception:
        return ""
    return next((each for each in tried if _takes(column, each)), "")


def _takes(column: Column, cell: str) -> bool:
    try:
        column.parse(cell)
    except ValidationError:
        return False
    return True
