"""Files into rows of text: CSV (UTF-8 with and without BOM, GB18030) and xlsx, within bounds."""

import codecs
import csv
import os
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
MAX_ROWS = 1_048_576  # of a sheet; more in one go would keep other writers waiting too long
MAX_COLUMNS = 100
MAX_XLSX_DIRECTORY = 1024 * 1024  # of the zip: some ten thousand parts
MAX_XLSX_TEXTS = 64 * 1024 * 1024
MAX_XLSX_FRAME = 8 * 1024 * 1024  # what is read whole besides: styles, the list of sheets

_SHEET_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_SHARED_TEXTS = "xl/sharedStrings.xml"
_NEVER_WHOLE = ("xl/worksheets/", "xl/pivotCache/", "xl/drawings/", "xl/charts/")
_ZIP_END = b"PK\x05\x06"
_TOO_MANY_ROWS = _("has more rows than a sheet can have")
_FAR_TOO_MUCH = _("unpacks to far more than a table holds")

NumberedRow = tuple[int, list[str]]


class UnreadableFile(Exception):
    """The file cannot be read on; `reason` says why, in the reader's language, `line` where."""

    def __init__(self, reason: Any, line: int | None = None) -> None:
        self.reason, self.line = reason, line
        super().__init__(reason)


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
    """`utf-8-sig` when the whole file is UTF-8 or says so, else `gb18030`, Excel's in China."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    with path.open("rb") as file:
        if file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8:
            return "utf-8-sig"
        file.seek(0)
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
            for count, row in enumerate(reader, start=1):
                if count > MAX_ROWS:
                    raise UnreadableFile(_TOO_MANY_ROWS, line)
                yield line, row
                line = reader.line_num + 1
        except csv.Error:
            # What the module says of it is for programmers; a person looks for the quote.
            raise UnreadableFile(
                _("a quote is not closed, or a cell is longer than %(limit)s characters")
                % {"limit": MAX_CELL},
                line,
            ) from None
        except UnicodeDecodeError:
            raise UnreadableFile(_("is neither UTF-8 nor GB18030 text")) from None


def _bounded_lines(file: IO[str]) -> Iterator[str]:
    # A line is read in bounded pieces: a file without a single newline must not fill the memory.
    limit = MAX_CELL * 10
    number = 0
    while line := file.readline(limit):
        number += 1
        if len(line) == limit:
            raise UnreadableFile(
                _("is longer than %(limit)s characters") % {"limit": limit}, number
            )
        yield line


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    import openpyxl

    _refuse_bomb(path)
    with path.open("rb") as file:
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
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
        sheet = sheets[0]
        sheet.reset_dimensions()
        _refuse_unreckoned(sheet)
        rows = enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), start=1)
        while True:
            try:
                line, cells = next(rows)
            except StopIteration:
                return
            except Exception:
                # As above: whatever the damage, the reader learns that the file is damaged.
                raise UnreadableFile(_("is a damaged workbook")) from None
            if line > MAX_ROWS:
                raise UnreadableFile(_TOO_MANY_ROWS, line)
            yield line, [_cell_text(value) for value in cells]


def _refuse_unreckoned(sheet: Any) -> None:
    """A formula nobody has reckoned yet would read as an empty cell: refuse it by name."""
    try:
        with sheet._get_source() as xml:
            if not _holds(xml, b"<f"):
                return
        with sheet._get_source() as xml:
            cell = next(filter(_is_unreckoned, _cells_of(xml)), None)
    except Exception:
        raise UnreadableFile(_("is a damaged workbook")) from None
    if cell is not None:
        raise UnreadableFile(
            _("cell %(cell)s holds a formula without its result: open the file in Excel, save it")
            % {"cell": cell.get("r", "")}
        )


def _holds(file: IO[bytes], wanted: bytes) -> bool:
    tail = b""
    while block := file.read(1 << 20):
        if wanted in tail + block:
            return True
        tail = block[-len(wanted) :]
    return False


def _cells_of(xml: IO[bytes]) -> Iterator[Any]:
    from openpyxl.xml.functions import iterparse

    for _event, element in iterparse(xml):
        if element.tag == f"{_SHEET_NS}c":
            yield element
        elif element.tag == f"{_SHEET_NS}row":
            element.clear()


def _is_unreckoned(cell: Any) -> bool:
    # A result of no characters is a result: `=IF(A1="","",A1)` is of type "str".
    return (
        cell.find(f"{_SHEET_NS}f") is not None
        and cell.get("t") != "str"
        and not cell.findtext(f"{_SHEET_NS}v")
    )


def _refuse_bomb(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(4) == _OLD_EXCEL:
            raise UnreadableFile(
                _("is an old .xls or has a password: save it as .xlsx without one")
            )
        if _directory_size(file) > MAX_XLSX_DIRECTORY:
            raise UnreadableFile(_FAR_TOO_MUCH)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_size(entries, path.stat().st_size)
            declares_entities = any(_declares_entities(archive, entry) for entry in entries)
    except UnreadableFile:
        raise
    except Exception:
        # zipfile, too, has a dozen ways to say that the file is damaged.
        raise UnreadableFile(_("is not a workbook Excel could open")) from None
    if declares_entities:
        raise UnreadableFile(_("is a workbook that declares entities"))


def _directory_size(file: IO[bytes]) -> int:
    """What a zip says its directory takes: `zipfile` would read all of it before we can count."""
    end_size, longest_comment = 22, 65_535
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - end_size - longest_comment))
    tail = file.read()
    end = tail[-end_size:]
    if not (end.startswith(_ZIP_END) and end.endswith(b"\0\0")):
        end = tail[tail.rfind(_ZIP_END) :]
    return int.from_bytes(end[12:16], "little")


def _refuse_size(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    texts = sum(entry.file_size for entry in entries if entry.filename == _SHARED_TEXTS)
    frame = sum(
        entry.file_size
        for entry in entries
        if entry.filename.endswith((".xml", ".rels"))
        and entry.filename != _SHARED_TEXTS
        and not entry.filename.startswith(_NEVER_WHOLE)
    )
    if (
        unpacked > MAX_XLSX_UNPACKED
        or texts > MAX_XLSX_TEXTS
        or frame > MAX_XLSX_FRAME
        or (unpacked > 2**24 and unpacked > MAX_XLSX_RATIO * packed)
    ):
        raise UnreadableFile(_FAR_TOO_MUCH)


def _declares_entities(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    if not entry.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(entry) as xml:
        return b"<!DOCTYPE" in xml.read(4096)


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
