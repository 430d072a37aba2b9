"""Files into rows of text: CSV (UTF-8 with and without BOM, GB18030) and xlsx, within bounds."""

import codecs
import csv
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

MAX_BYTES = 300 * 1024 * 1024
MAX_XLSX_UNPACKED = 400 * 1024 * 1024
MAX_XLSX_RATIO = 200
MAX_CELL = 10_000
MAX_COLUMNS = 100

NumberedRow = tuple[int, list[str]]


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message says why, in the reader's language."""


def rows_of(path: Path, sheet: str | None = None) -> Iterator[NumberedRow]:
    """Yield (line number, cells) of a file, or of one sheet of a workbook (default the first).

    Raises `UnreadableFile`; holds one row at a time.
    """
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFile(_("is larger than %(mb)s MB") % {"mb": MAX_BYTES // 2**20})
    if path.suffix.lower() == ".xlsx":
        yield from _xlsx_rows(path, sheet)
    else:
        yield from _csv_rows(path)


def encoding_of(path: Path) -> str:
    """`utf-8-sig` when the whole file is UTF-8, else `gb18030`, what Excel in China saves."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    with path.open("rb") as file:
        try:
            for block in iter(lambda: file.read(1 << 20), b""):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "gb18030"
    return "utf-8-sig"


def _csv_rows(path: Path) -> Iterator[NumberedRow]:
    with path.open("rb") as file:
        is_zip = file.read(4) == b"PK\x03\x04"
    if is_zip:
        raise UnreadableFile(_("is a workbook, not CSV: save it with the ending .xlsx"))
    csv.field_size_limit(MAX_CELL)
    with path.open(encoding=encoding_of(path), newline="") as file:
        reader = csv.reader(_bounded_lines(file), strict=True)
        line = 1
        try:
            for row in reader:
                yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            raise UnreadableFile(
                _("line %(line)s is not CSV: %(error)s") % {"line": line, "error": error}
            ) from None
        except UnicodeDecodeError:
            raise UnreadableFile(_("is neither UTF-8 nor GB18030 text")) from None


def _bounded_lines(file: IO[str]) -> Iterator[str]:
    # A line is read in bounded pieces: a file without a single newline must not fill the memory.
    limit = MAX_CELL * 10
    while line := file.readline(limit):
        if len(line) == limit:
            raise UnreadableFile(
                _("holds a line longer than %(limit)s characters") % {"limit": limit}
            )
        yield line


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    import openpyxl

    _refuse_bomb(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception:
        # openpyxl raises a dozen kinds of exception on damaged files; none says more than this.
        raise UnreadableFile(_("is not a workbook Excel could open")) from None
    try:
        yield book
    finally:
        book.close()


def sheet_names(path: Path) -> list[str]:
    """The names of a workbook's sheets. Raises `UnreadableFile`."""
    with _workbook(path) as book:
        return [sheet.title for sheet in book.worksheets]


def _xlsx_rows(path: Path, name: str | None) -> Iterator[NumberedRow]:
    with _workbook(path) as book:
        sheets = [s for s in book.worksheets if name in (None, s.title)]
        if not sheets:
            raise UnreadableFile(_("is a workbook without a sheet"))
        sheets[0].reset_dimensions()
        rows = enumerate(sheets[0].iter_rows(values_only=True, max_col=MAX_COLUMNS), start=1)
        while True:
            try:
                line, cells = next(rows)
            except StopIteration:
                return
            except Exception:
                # As above: whatever the damage, the reader learns that the file is damaged.
                raise UnreadableFile(_("is a damaged workbook")) from None
            yield line, [_cell_text(value) for value in cells]


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            declares_entities = any(
                b"<!DOCTYPE" in archive.open(entry).read(4096)
                for entry in archive.infolist()
                if entry.filename.endswith((".xml", ".rels"))
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise UnreadableFile(_("is not a workbook Excel could open")) from None
    if unpacked > MAX_XLSX_UNPACKED or (
        unpacked > 2**24 and unpacked > MAX_XLSX_RATIO * path.stat().st_size
    ):
        raise UnreadableFile(_("unpacks to far more than a table holds"))
    if declares_entities:
        raise UnreadableFile(_("is a workbook that declares entities"))


def _cell_text(value: Any) -> str:
    """What a person would have typed into a CSV for the cell Excel shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        # 1.1 + 2.2 in a sheet shows as 3.3: fifteen digits are what Excel keeps and shows.
        return re.sub(r"(\.[0-9]*?)0+$", r"\1", f"{value:.15g}").rstrip(".")
    return str(value).strip()
