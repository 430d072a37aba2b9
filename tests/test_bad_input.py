"""Whatever a file holds: it is taken whole, or refused whole with words a clerk understands."""

import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import Person
from attendance.models import Excuse, Leave, Punch
from conduct.models import Reward
from core import clock
from core.models import AuditRow, TableLoad
from core.services import sources_load
from core.tables import fact_tables
from core.tables.folder import contents_of
from core.tables.reading import MAX_XLSX_UNPACKED
from core.tables.table import MAX_WRONG_ROWS_KEPT, WrongRow
from customers.models import Visit
from policy.models import PolicyParameter
from policy.services import policy_freeze
from receivables.models import Payment, Slip
from tests import migrated
from tests.browser import databases
from tests.input_corpus import (
    BASE,
    CONTRADICTIONS,
    CORRECTIONS,
    DAMAGES,
    HARMLESS,
    Rows,
    kind_of,
    real_cell,
)

pytestmark = [
    pytest.mark.django_db,
    # openpyxl warns of what it does not know; a program that runs shows that to nobody.
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]

ROOT = Path(__file__).parents[1]
TABLES = list(fact_tables())
PROGRAMMERS_WORDS = re.compile(
    r"Error|Exception|Traceback|invalid literal|codec|NoneType|object at 0x|field limit"
    r"|constraint|UNIQUE|sqlite|psycopg|<class|\bNone\b|%\("
)
UNSHOWN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

# Files, as people make them.

CellRows = Sequence[Sequence[Any]]


def header_of(table: str) -> list[str]:
    return list(BASE[table][0])


def cells_of(table: str, rows: Rows | None = None) -> list[list[str]]:
    """The header and the rows, as lists of cells."""
    chosen = BASE[table] if rows is None else rows
    return [header_of(table), *([row[name] for name in header_of(table)] for row in chosen)]


def with_cells(table: str, **cells: str) -> dict[str, str]:
    """The first good row, some cells replaced."""
    return {**BASE[table][0], **cells}


def csv_text(cells: CellRows, line_end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=line_end, quoting=quoting).writerows(cells)
    return out.getvalue()


def write_csv(
    folder: Path, table: str, cells: CellRows | None = None, encoding: str = "utf-8"
) -> Path:
    path = folder / f"{table}.csv"
    path.write_bytes(csv_text(cells or cells_of(table)).encode(encoding))
    return path


def write_bytes(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def write_xlsx(path: Path, sheets: dict[str, Iterable[Sequence[Any]]]) -> Path:
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def repacked(path: Path, replace: dict[str, bytes]) -> Path:
    """The workbook again, some of its parts replaced or added."""
    with zipfile.ZipFile(path) as old:
        parts = {entry: old.read(entry) for entry in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in {**parts, **replace}.items():
            new.writestr(name, content)
    return path


# What a load did, and what the database holds.


@dataclass(frozen=True)
class Loaded:
    """What loading a few files gave: the record of each, and every reason told."""

    loads: list[TableLoad]
    told: list[WrongRow]

    @property
    def only(self) -> TableLoad:
        (load,) = self.loads
        return load

    def counts(self) -> list[tuple[int, int, int, int]]:
        return [(load.new, load.changed, load.same, load.wrong) for load in self.loads]


def load(*paths: Path) -> Loaded:
    told: list[WrongRow] = []
    loads = sources_load(sources=contents_of(paths).sources, tell=told.append)
    return Loaded(loads, told)


def held() -> dict[str, list[dict[str, Any]]]:
    """Every row of every fact table, and the audit trail."""
    labels = [label for label, _date in settings.FACT_ROWS.values()]
    models: list[Any] = [*map(apps.get_model, labels), AuditRow]
    return {m._meta.label: list(m._default_manager.order_by("pk").values()) for m in models}


def without_ids(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {
        label: [{k: v for k, v in row.items() if k != "id"} for row in found]
        for label, found in rows.items()
    }


def assert_refused(
    act: Callable[[], Loaded], *wanted: tuple[int | None, str | None, str]
) -> Loaded:
    """The file is refused for exactly these reasons (line, column, words); nothing was kept."""
    before = held()
    done = act()
    assert held() == before
    assert (done.only.new, done.only.changed, done.only.same) == (0, 0, 0)
    assert [(w.line, w.column) for w in done.told] == [(line, col) for line, col, _w in wanted]
    for wrong, (_line, _column, words) in zip(done.told, wanted, strict=True):
        assert words in wrong.reason
    assert_readable(done)
    return done


def assert_readable(done: Loaded) -> None:
    for wrong in done.told:
        assert wrong.reason
        assert len(wrong.reason) < 600
        # What the file said is repeated in quotes and is nobody's fault.
        assert not PROGRAMMERS_WORDS.search(re.sub("“.*?”", "", wrong.reason)), wrong.reason
        assert not UNSHOWN.search(str(wrong))
    for load_row in done.loads:
        of_file = [str(wrong) for wrong in done.told if wrong.file == load_row.file]
        assert load_row.wrong == len(of_file)
        assert load_row.reasons == of_file[:MAX_WRONG_ROWS_KEPT]
        assert all(reason.startswith(load_row.file) for reason in load_row.reasons)


def foundations(table: str) -> set[str]:
    """Every table that a table stands on, however deep."""
    below = set(fact_tables()[table].after)
    return below.union(*(foundations(name) for name in below))


@pytest.fixture
def laid(tmp_path: Path) -> Callable[[str], Path]:
    """Load what a table stands on; gives the folder in which its own file goes."""

    def lay(table: str, *others: str) -> Path:
        folder = tmp_path / "foundations"
        folder.mkdir(exist_ok=True)
        names = foundations(table).union(others)
        done = load(*(write_csv(folder, name) for name in names))
        assert not done.told
        return tmp_path

    return lay


COLUMNS = [
    pytest.param(table.name, column.name, id=f"{table.name}-{column.name}")
    for table in fact_tables().values()
    for column in table.columns
]


def damaged(table: str, column: str, cell: str, number: int = 0) -> dict[str, str]:
    """The first good row with a wrong cell; where the cell reads well alone, its key is its own."""
    row = with_cells(table, **{column: cell})
    if (table, column) == ("policy", "value"):
        row["effective_on"] = str(date(2027, 1, 1) + timedelta(days=number))
    return row


# The corpus itself.


def test_the_corpus_knows_every_table_and_every_column() -> None:
    assert list(BASE) == TABLES
    for table in fact_tables().values():
        assert header_of(table.name) == [c.name for c in table.columns]
        assert {kind_of(table.name, c.name) for c in table.columns} <= set(DAMAGES)
        for column in table.columns:
            assert any(row[column.name] for row in BASE[table.name])
            assert column.optional == any(not row[column.name] for row in BASE[table.name])


# The same rows in every form.


def _reversed(table: str) -> list[list[str]]:
    return [row[::-1] for row in cells_of(table)]


def _in_chinese(table: str) -> list[list[str]]:
    zh = {c.name: c.zh for c in fact_tables()[table].columns}
    header, *rows = cells_of(table)
    return [[zh[name] for name in header], *rows]


def _spaced(table: str) -> list[list[str]]:
    return [[f" {cell}\t " for cell in row] for row in cells_of(table)]


def _with_blanks(table: str) -> list[list[str]]:
    blank = [""] * len(header_of(table))
    header, *rows = ([*row, "", ""] for row in cells_of(table))
    return [[], blank, header, *(line for row in rows for line in (blank, row, [" "]))]


def _really(table: str) -> list[list[Any]]:
    header, *rows = cells_of(table)
    kinds = [kind_of(table, name) for name in header]
    return [header, *([real_cell(k, c) for k, c in zip(kinds, row, strict=True)] for row in rows)]


def _encoded(text: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    return lambda path: path.write_bytes(text.encode(encoding)) and None


FORMS: dict[str, tuple[str, Callable[[str], Callable[[Path], Any]]]] = {
    "utf8": (".csv", lambda t: _encoded(csv_text(cells_of(t)))),
    "bom": (".csv", lambda t: _encoded(csv_text(cells_of(t)), "utf-8-sig")),
    "gb18030": (".csv", lambda t: _encoded(csv_text(cells_of(t)), "gb18030")),
    "ending": (".CSV", lambda t: _encoded(csv_text(cells_of(t)))),
    "crlf": (".csv", lambda t: _encoded(csv_text(cells_of(t), "\r\n"))),
    "cr": (".csv", lambda t: _encoded(csv_text(cells_of(t), "\r"))),
    "quoted": (".csv", lambda t: _encoded(csv_text(cells_of(t), quoting=csv.QUOTE_ALL))),
    "no-last-newline": (".csv", lambda t: _encoded(csv_text(cells_of(t)).rstrip("\n"))),
    "reversed": (".csv", lambda t: _encoded(csv_text(_reversed(t)))),
    "chinese": (".csv", lambda t: _encoded(csv_text(_in_chinese(t)))),
    "chinese-bom": (".csv", lambda t: _encoded(csv_text(_in_chinese(t)), "utf-8-sig")),
    "chinese-gb18030": (".csv", lambda t: _encoded(csv_text(_in_chinese(t)), "gb18030")),
    "spaced": (".csv", lambda t: _encoded(csv_text(_spaced(t)))),
    "blank-lines": (".csv", lambda t: _encoded(csv_text(_with_blanks(t)))),
    "xlsx": (".xlsx", lambda t: lambda path: write_xlsx(path, {"Sheet1": cells_of(t)})),
    "xlsx-chinese": (".xlsx", lambda t: lambda path: write_xlsx(path, {"表": _in_chinese(t)})),
    "xlsx-blank": (".xlsx", lambda t: lambda path: write_xlsx(path, {"x": _with_blanks(t)})),
    "xlsx-real-cells": (".xlsx", lambda t: lambda path: write_xlsx(path, {"x": _really(t)})),
}


# What is wrong with a file is seen before a database is asked, in whatever form it comes: walked on
# SQLite, it is the same on PostgreSQL, where good files and the database's own refusals are tried.
seen_in_the_file = pytest.mark.skipif(
    databases.is_postgres(), reason="what a file says is read alike for either database"
)


@seen_in_the_file
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("table", TABLES)
def test_every_form_gives_the_same_rows(laid: Callable[..., Path], table: str, form: str) -> None:
    folder = laid(table)
    first = load(write_csv(folder, table))
    assert first.counts() == [(len(BASE[table]), 0, 0, 0)]
    before = held()
    ending, write = FORMS[form]
    path = folder / f"{fact_tables()[table].zh}{ending}"
    write(table)(path)
    again = load(path)
    assert again.told == []
    assert again.counts() == [(0, 0, len(BASE[table]), 0)]
    assert held() == before


def test_all_tables_in_one_workbook_give_what_their_files_give(tmp_path: Path) -> None:
    tables = list(fact_tables().values())
    by_file = load(*(write_csv(tmp_path, name) for name in TABLES))
    assert by_file.told == []
    before = held()
    # The sheets stand in the wrong order, every other one under its Chinese name.
    sheets = {(t.zh if n % 2 else t.name): cells_of(t.name) for n, t in enumerate(tables)}
    book = write_xlsx(tmp_path / "all.xlsx", dict(reversed(sheets.items())))
    again = load(book)
    assert again.told == []
    assert [load_row.table for load_row in again.loads] == TABLES
    assert {load_row.same for load_row in again.loads if load_row.same == 0} == set()
    assert held() == before


@pytest.mark.parametrize(
    ("column", "cell"), [(column, cell) for column, cells in HARMLESS.items() for cell in cells]
)
def test_strange_but_lawful_text_is_kept_as_it_is(tmp_path: Path, column: str, cell: str) -> None:
    table, name = column.split(".")
    done = load(write_csv(tmp_path, table, cells_of(table, [with_cells(table, **{name: cell})])))
    assert done.told == []
    assert getattr(Person.objects.get(), name) == cell


# Wrong cells.


@seen_in_the_file
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_wrong_cell_is_told_with_its_line_column_and_reason(
    laid: Callable[..., Path], table: str, column: str
) -> None:
    folder = laid(table)
    damages = [*DAMAGES[kind_of(table, column)]]
    if not next(c for c in fact_tables()[table].columns if c.name == column).optional:
        damages.append(("", "is empty"))
    wrong = [damaged(table, column, cell, n) for n, (cell, _words) in enumerate(damages)]
    rows = [*BASE[table], *wrong]
    first = 2 + len(BASE[table])
    # A quoted newline makes a row of two lines: the row is known by its first.
    lines, at = [], first
    for cell, _words in damages:
        lines.append(at)
        at += 1 + cell.count("\n")
    wanted = [(n, column, w) for n, (_c, w) in zip(lines, damages, strict=True)]
    assert_refused(
        lambda: load(write_csv(folder, table, cells_of(table, rows))),
        *wanted,
    )


@seen_in_the_file
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_one_wrong_cell_in_a_workbook_refuses_it(
    laid: Callable[..., Path], table: str, column: str
) -> None:
    folder = laid(table)
    cell, words = next(d for d in DAMAGES[kind_of(table, column)] if d[0].isprintable())
    rows = [*BASE[table], damaged(table, column, cell)]
    book = write_xlsx(folder / f"{table}.xlsx", {"Sheet1": cells_of(table, rows)})
    assert_refused(lambda: load(book), (2 + len(BASE[table]), column, words))


@pytest.mark.parametrize(
    ("table", "cells", "column", "words"),
    [pytest.param(*c, id=f"{c[0]}-{n}") for n, c in enumerate(CONTRADICTIONS)],
)
def test_a_row_that_contradicts_itself_is_refused(
    laid: Callable[..., Path], table: str, cells: dict[str, str], column: str, words: str
) -> None:
    folder = laid(table)
    rows = [with_cells(table, **cells), *BASE[table][1:]]
    done = assert_refused_somewhere(lambda: load(write_csv(folder, table, cells_of(table, rows))))
    assert any(
        (w.column, words in w.reason) == (column, True) and w.line in (2, 3) for w in done.told
    ), done.told


def assert_refused_somewhere(act: Callable[[], Loaded]) -> Loaded:
    before = held()
    done = act()
    assert held() == before
    assert done.only.wrong > 0
    assert_readable(done)
    return done


@pytest.mark.parametrize("table", TABLES)
def test_everything_wrong_at_once_is_told_at_once(laid: Callable[..., Path], table: str) -> None:
    folder = laid(table)
    rows, wanted = [*BASE[table]], []
    for column in header_of(table):
        for cell, words in DAMAGES[kind_of(table, column)]:
            if "\n" not in cell:
                rows.append(damaged(table, column, cell, len(rows)))
                wanted.append((len(rows) + 1, column, words))
    assert_refused(lambda: load(write_csv(folder, table, cells_of(table, rows))), *wanted)


def test_all_wrong_cells_of_one_row_are_told(laid: Callable[..., Path]) -> None:
    folder = laid("payments")
    row = ["P 9", "NOBODY", "NaN", "shells", "2026-02-30T10:00:00", "never"]
    header = header_of("payments")
    words = ["not a code", "unknown slip", "not an amount", "none of: cash, cheque, transfer"]
    words += ["there is no day", "not a local time"]
    assert_refused(
        lambda: load(write_csv(folder, "payments", [header, row])),
        *[(2, column, word) for column, word in zip(header, words, strict=True)],
    )


def test_a_reason_names_each_choice_once(laid: Callable[..., Path]) -> None:
    folder = laid("excuses")
    rows = [with_cells("excuses", side="middle")]
    done = load(write_csv(folder, "excuses", cells_of("excuses", rows)))
    assert [str(w) for w in done.told] == [
        "excuses.csv, line 2, column side: “middle” is none of: in, out"
    ]


# Wrong headers and ragged rows.


@seen_in_the_file
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_missing_column_is_named(laid: Callable[..., Path], table: str, column: str) -> None:
    folder = laid(table)
    gone = header_of(table).index(column)
    cells = [row[:gone] + row[gone + 1 :] for row in cells_of(table)]
    assert_refused(
        lambda: load(write_csv(folder, table, cells)), (1, column, "the column is missing")
    )


@seen_in_the_file
@pytest.mark.parametrize("table", TABLES)
def test_headers_that_are_none_are_named(laid: Callable[..., Path], table: str) -> None:
    folder = laid(table)
    first = header_of(table)[0]
    zh = fact_tables()[table].columns[0].zh
    cells = [[*row, "", ""] for row in cells_of(table)]

    def with_header(*more: str) -> Loaded:
        return load(write_csv(folder, table, [[*cells[0][:-2], *more], *cells[1:]]))

    assert_refused(lambda: with_header("colour", ""), (1, "colour", "the table has no such column"))
    assert_refused(
        lambda: with_header("a\x00b", ""), (1, "a\ufffdb", "the table has no such column")
    )
    assert_refused(lambda: with_header(first, ""), (1, first, "the column stands twice"))
    assert_refused(lambda: with_header("", zh), (1, zh, "the column stands twice"))


@seen_in_the_file
@pytest.mark.parametrize("table", TABLES)
def test_a_file_without_its_header_is_refused(laid: Callable[..., Path], table: str) -> None:
    folder = laid(table)
    cells = cells_of(table)[1:]
    done = assert_refused_somewhere(lambda: load(write_csv(folder, table, cells)))
    missing = {w.column for w in done.told if "is missing" in w.reason}
    assert missing == set(header_of(table))
    assert {w.line for w in done.told} == {1}


@seen_in_the_file
@pytest.mark.parametrize("table", TABLES)
def test_ragged_rows(laid: Callable[..., Path], table: str) -> None:
    folder = laid(table)
    cells = cells_of(table)
    last = len(cells)
    long = [*cells[:-1], [*cells[-1], "", "more"]]
    assert_refused(
        lambda: load(write_csv(folder, table, long)), (last, None, "stands under no header")
    )
    under_a_blank = [[cells[0][0], "", *cells[0][1:]]]
    under_a_blank += [[row[0], "hidden", *row[1:]] for row in cells[1:]]
    assert_refused(
        lambda: load(write_csv(folder, table, under_a_blank)),
        *[(n, None, "stands under no header") for n in range(2, last + 1)],
    )
    short = [*cells[:-1], cells[-1][:1]]
    needed = [c.name for c in fact_tables()[table].columns[1:] if not c.optional]
    assert_refused(
        lambda: load(write_csv(folder, table, short)),
        *[(last, column, "is empty") for column in needed],
    )


@pytest.mark.parametrize("table", TABLES)
def test_the_same_key_twice_is_refused(laid: Callable[..., Path], table: str) -> None:
    folder = laid(table)
    cells = cells_of(table)
    key = next(c.name for c in fact_tables()[table].columns if c.key)
    assert_refused(
        lambda: load(write_csv(folder, table, [*cells, cells[1], cells[2]])),
        (len(cells) + 1, key, "the same key stands on line 2"),
        (len(cells) + 2, key, "the same key stands on line 3"),
    )


def test_one_instant_written_in_two_ways_is_one_key(laid: Callable[..., Path]) -> None:
    folder = laid("punches")
    cells = [["employee_no", "at"], ["Y001", "2026-10-12T08:53:00"], ["Y001", "2026-10-12 08:53"]]
    assert_refused(
        lambda: load(write_csv(folder, "punches", cells)),
        (3, "employee_no", "the same key stands on line 2"),
    )


# Files that are no files of a table.


@seen_in_the_file
@pytest.mark.parametrize("table", TABLES)
def test_empty_files(laid: Callable[..., Path], table: str) -> None:
    folder = laid(table)
    for content in (b"", b"\xef\xbb\xbf", b"\n", b"\r\n\r\n\r\n", b" \n\t\n", b",,,\n,,,\n", b'""'):
        assert_refused(
            lambda content=content: load(write_bytes(folder, f"{table}.csv", content)),
            (None, None, "the file is empty"),
        )
    assert_refused(
        lambda: load(write_xlsx(folder / f"{table}.xlsx", {"Sheet1": [[], [None, " "]]})),
        (None, None, "the file is empty"),
    )


@pytest.mark.parametrize("table", TABLES)
def test_a_file_of_only_a_header_changes_nothing(laid: Callable[..., Path], table: str) -> None:
    folder = laid(table)
    load(write_csv(folder, table))
    before = held()
    assert load(write_csv(folder, table, [header_of(table)])).counts() == [(0, 0, 0, 0)]
    assert held() == before


MORNING = datetime.fromisoformat("2026-10-12T08:30")
EVENING = datetime.fromisoformat("2026-10-12T17:30")
HEADER = b"employee_no,at\n"
ROW = b"Y001,2026-10-12T08:53:00\n"
BROKEN_CSV = {
    "quote-never-closed": (HEADER + ROW + b'Y001,"2026-10-13T08:53:00\n' + ROW, 3, "quote"),
    "quote-never-closed-long": (HEADER + ROW + b'Y001,"' + ROW * 9_000, 3, "a quote is not closed"),
    "text-after-a-quote": (HEADER + b'"Y001"x,2026-10-13T08:53:00\n', 2, "a quote is not closed"),
    "cell-too-long": (HEADER + ROW + b"Y" * 20_000 + b",x\n", 3, "longer than 10000 characters"),
    "line-of-2-mb": (HEADER + ROW + b"Y" * 2**21 + b",x\n", 3, "longer than 100000 characters"),
    "cells-without-end": (HEADER + ROW + b"," * 2**21, 3, "longer than 100000 characters"),
    "no-newline-at-all": (b"Y001," * 2**20, 1, "longer than 100000 characters"),
    "utf-16": ((HEADER + ROW).decode().encode("utf-16"), None, "neither UTF-8 nor GB18030"),
    "latin-1": (HEADER + b"Y\xe9\n", None, "neither UTF-8 nor GB18030"),
    "bom-then-not-utf8": (
        b"\xef\xbb\xbf" + HEADER + "Y001严,".encode("gb18030"),
        None,
        "neither UTF-8 nor GB18030",
    ),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), None, "neither UTF-8"),
    "old-excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00\xff" * 512, None, "neither UTF-8"),
    "compiled": (b"\x7fELF\x02\x01\x01" + b"\x00" * 999, 1, ""),
    "zeros": (b"\x00" * 4096, 1, ""),
}


@pytest.mark.parametrize("name", BROKEN_CSV)
def test_text_that_is_no_csv_is_refused(laid: Callable[..., Path], name: str) -> None:
    folder = laid("punches")
    content, line, words = BROKEN_CSV[name]
    done = assert_refused_somewhere(
        lambda: load(write_bytes(folder, "punches.csv", content)),
    )
    assert done.told[0].line == line
    assert words in done.told[0].reason


def test_random_bytes_are_refused(laid: Callable[..., Path]) -> None:
    folder = laid("punches")
    for seed in range(40):
        noise = random.Random(seed).randbytes(3_000)
        for ending in ("csv", "xlsx"):
            path = write_bytes(folder, f"punches.{ending}", noise)
            assert_refused_somewhere(lambda path=path: load(path))


def test_a_csv_with_noise_in_it_is_taken_or_refused_but_never_breaks(
    laid: Callable[..., Path],
) -> None:
    folder = laid("leave")
    good = csv_text(cells_of("leave")).encode()
    for seed in range(80):
        chance = random.Random(seed)
        noisy = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            noisy[chance.randrange(len(noisy))] = chance.choice(b'\x00\r\n",;\xff\x80=9- ')
        assert_readable(load(write_bytes(folder, "leave.csv", bytes(noisy))))


# Workbooks.


def good_book(folder: Path, table: str = "punches") -> Path:
    return write_xlsx(folder / f"{table}.xlsx", {"Sheet1": cells_of(table)})


def test_files_under_the_wrong_ending_say_so(laid: Callable[..., Path]) -> None:
    folder = laid("punches")
    book = good_book(folder).read_bytes()
    text = csv_text(cells_of("punches")).encode()
    for name, content, words in (
        ("punches.csv", book, "is a workbook, not CSV: save it with the ending .xlsx"),
        ("punches.xlsx", text, "is not a workbook Excel could open"),
        ("punches.xlsx", b"", "is not a workbook Excel could open"),
        ("punches.xlsx", b"PK\x03\x04", "is not a workbook Excel could open"),
        ("punches.xlsx", b"\xd0\xcf\x11\xe0" + bytes(999), "is an old .xls or has a password"),
    ):
        path = write_bytes(folder, name, content)
        assert_refused(lambda path=path: load(path), (None, None, words))


def test_a_cut_workbook_is_refused_wherever_it_is_cut(laid: Callable[..., Path]) -> None:
    folder = laid("punches")
    whole = good_book(folder).read_bytes()
    for length in range(1, len(whole) - 1, max(1, len(whole) // 40)):
        path = write_bytes(folder, "punches.xlsx", whole[:length])
        assert_refused(lambda path=path: load(path), (None, None, "is not a workbook Excel"))


def test_a_workbook_with_flipped_bytes_is_taken_or_refused_but_never_breaks(
    laid: Callable[..., Path],
) -> None:
    folder = laid("punches")
    whole = good_book(folder).read_bytes()
    refused = 0
    for seed in range(150):
        chance = random.Random(seed)
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] ^= chance.randrange(1, 256)
        done = load(write_bytes(folder, "punches.xlsx", bytes(damaged)))
        assert_readable(done)
        refused += bool(done.only.wrong)
    assert refused > 50


def test_a_workbook_whose_parts_are_noise_is_taken_or_refused_but_never_breaks(
    laid: Callable[..., Path],
) -> None:
    folder = laid("punches")
    with zipfile.ZipFile(good_book(folder)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        for bad in (b"", b"<a/>", b"<", content[:-20], content.replace(b'"', b"'", 1), b"\xff" * 9):
            path = repacked(good_book(folder), {name: bad})
            assert_readable(load(path))


def sheet_xml(rows: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = (
        f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    )
    return xml.encode()


def sheet_row(number: int, *cells: str) -> str:
    inline = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{inline}</row>'


SHEET = "xl/worksheets/sheet1.xml"
GOOD_ROWS = sheet_row(1, "employee_no", "at") + sheet_row(2, "Y001", "2026-10-12T08:53:00")


def with_sheet(folder: Path, rows: str) -> Path:
    return repacked(good_book(folder), {SHEET: sheet_xml(rows)})


def test_the_handmade_sheet_is_a_good_one(laid: Callable[..., Path]) -> None:
    folder = laid("punches")
    assert load(with_sheet(folder, GOOD_ROWS)).counts() == [(1, 0, 0, 0)]


def test_a_row_number_out_of_this_world_ends_the_reading(laid: Callable[..., Path]) -> None:
    folder = laid("punches")
    far = with_sheet(folder, GOOD_ROWS + sheet_row(99_999_999_999, "Y001", "2026-10-13T08:53:00"))
    assert_refused(lambda: load(far), (1_048_577, None, "more rows than a sheet can have"))


@pytest.mark.parametrize(
    "attack",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        + "".join(
            f'<!ENTITY {chr(n + 1)} "{f"&{chr(n)};" * 10}">' for n in range(ord("b"), ord("k"))
        )
        + "]>",
        '<!DOCTYPE x [<!ENTITY k SYSTEM "file:///etc/passwd">]>',
        f'<!DOCTYPE x [<!ENTITY k "{"ha" * 50_000}">]>',
    ],
    ids=["billion-laughs", "outside-file", "quadratic"],
)
@pytest.mark.parametrize("before", ["", f"<!-- {'x' * 9_000} -->"], ids=["plain", "after-comment"])
def test_entities_are_refused(laid: Callable[..., Path], attack: str, before: str) -> None:
    folder = laid("punches")
    xml = sheet_xml(GOOD_ROWS + sheet_row(3, "&k;" * 2_000, "2026-10-13T08:53:00")).decode()
    xml = xml.replace("<worksheet", f"{before}{attack}<worksheet", 1)
    path = repacked(good_book(folder), {SHEET: xml.encode()})
    done = assert_refused(lambda: load(path), (None, None, "workbook"))
    assert "root:" not in done.told[0].reason


def test_cells_that_spreadsheets_make(laid: Callable[..., Path]) -> None:
    folder = laid("slips")
    rows = [
        header_of("slips"),
        ["S101", "D001", "Y001", MORNING, 0.1 + 0.2, None],
        ["S102", "D001", "Y001", MORNING, 1.1 * 3, None],
        ["S103", "D001", "Y001", MORNING, 12, None],
        [
            104,
            "D001",
            "Y001",
            "2026-10-12T08:30:00",
            "12.50",
            datetime.fromisoformat("2026-10-12T17:30"),
        ],
    ]
    assert load(write_xlsx(folder / "slips.xlsx", {"x": rows})).told == []
    amounts = dict(Slip.objects.values_list("slip_no", "amount_due"))
    assert {no: str(amount) for no, amount in amounts.items()} == {
        "S101": "0.30",
        "S102": "3.30",
        "S103": "12.00",
        "104": "12.50",
    }


def test_cells_that_spreadsheets_make_where_they_do_not_belong(laid: Callable[..., Path]) -> None:
    folder = laid("slips")
    good = ["D001", "Y001", "2026-10-12T08:30:00", 12, None]
    bad: list[tuple[int, Any, str, str]] = [
        (3, date(2026, 10, 12), "issued_at", "“2026-10-12” is not a local time"),
        (3, time(8, 30), "issued_at", "“08:30:00” is not a local time"),
        (3, 46307.35, "issued_at", "“46307.35” is not a local time"),
        (3, True, "issued_at", "“yes” is not a local time"),
        (4, True, "amount_due", "“yes” is not an amount"),
        (4, 1.005, "amount_due", "“1.005” is not an amount"),
        (4, 1e17, "amount_due", "“1e+17” is not an amount"),
        (4, -3, "amount_due", "cannot be negative"),
        (4, MORNING, "amount_due", "“2026-10-12T08:30:00” is not an amount"),
        (4, "#DIV/0!", "amount_due", "“#DIV/0!” is not an amount"),
    ]
    rows: list[list[Any]] = []
    for number, (index, cell, _column, _words) in enumerate(bad):
        row: list[Any] = [f"S{number}", *good]
        row[index] = cell
        rows.append(row)
    book = write_xlsx(folder / "slips.xlsx", {"x": [header_of("slips"), *rows]})
    wanted = [(n, column, words) for n, (_i, _c, column, words) in enumerate(bad, start=2)]
    assert_refused(lambda: load(book), *wanted)


def test_a_formula_is_read_as_its_result(laid: Callable[..., Path]) -> None:
    folder = laid("pool_opening")
    rows = sheet_row(1, "month", "amount")
    rows += '<row r="2"><c t="str"><f>TEXT(1,1)</f><v>2026-10</v></c>'
    rows += "<c><f>100+20.5</f><v>120.5</v></c></row>"
    rows += '<row r="3"><c t="str"><f>IF(1,"","")</f><v></v></c></row>'
    path = repacked(good_book(folder, "pool_opening"), {SHEET: sheet_xml(rows)})
    assert load(path).counts() == [(1, 0, 0, 0)]
    assert load(write_csv(folder, "pool_opening")).counts() == [(1, 0, 1, 0)]


def test_a_formula_without_a_result_is_not_an_empty_cell(laid: Callable[..., Path]) -> None:
    folder = laid("people")
    # The salary may be empty, and would be 0.
    rows = [header_of("people"), [*with_cells("people", base_salary="=3000+500").values()]]
    book = write_xlsx(folder / "people.xlsx", {"x": rows})
    assert_refused(lambda: load(book), (None, None, "cell I2 holds a formula without its result"))


def test_a_date_no_calendar_knows(laid: Callable[..., Path]) -> None:
    folder = laid("calendar")
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(header_of("calendar"))
    sheet.append([99_999_999_999, "yes", None])
    sheet["A2"].number_format = "yyyy-mm-dd"
    book.save(folder / "calendar.xlsx")
    assert_refused(lambda: load(folder / "calendar.xlsx"), (2, "date", "is not a date"))


# Bombs: small on the disk, huge unpacked. What they cost is measured in a process of its own.

bomb = pytest.mark.skipif(databases.is_postgres(), reason="they load on SQLite wherever they run")

HARNESS = """
import json, sys, threading, time
from pathlib import Path
import django
django.setup()
import openpyxl, openpyxl.reader.excel, psutil
from core.services import sources_load
from core.tables.folder import contents_of

folder, *names = sys.argv[1:]
foundations = contents_of(Path(folder, "foundations").iterdir()).sources
assert not any(load.wrong for load in sources_load(sources=foundations))

here, told, done = psutil.Process(), 0, threading.Event()
before = peak = here.memory_info().rss

def watch():
    global peak
    while not done.wait(0.005):
        peak = max(peak, here.memory_info().rss)

def tell(wrong):
    global told
    told += 1

watcher = threading.Thread(target=watch)
watcher.start()
began = time.process_time()
loads = sources_load(sources=contents_of([Path(folder, n) for n in names]).sources, tell=tell)
seconds = time.process_time() - began
peak = max(peak, here.memory_info().rss)
done.set()
watcher.join()
print(json.dumps({
    "seconds": seconds,
    "megabytes": (peak - before) / 2**20,
    "told": told,
    "wrong": [load.wrong for load in loads],
    "new": [load.new for load in loads],
    "same": [load.same for load in loads],
    "reasons": [load.reasons[:3] for load in loads],
    "kept": [len(load.reasons) for load in loads],
}))
"""


@dataclass(frozen=True)
class Cost:
    """What loading files cost a process that did nothing else: its own seconds, at most so much."""

    seconds: float
    megabytes: float
    told: int
    wrong: list[int]
    new: list[int]
    same: list[int]
    reasons: list[list[str]]
    kept: list[int]


def cost_of(folder: Path, *paths: Path) -> Cost:
    """Load files on a fresh SQLite database in a fresh process; `people` is known there."""
    database = folder / "bomb.sqlite3"
    shutil.copyfile(databases.path_of(migrated.template()), database)
    (folder / "foundations").mkdir(exist_ok=True)
    write_csv(folder / "foundations", "people")
    done = subprocess.run(
        [sys.executable, "-c", HARNESS, str(folder), *(path.name for path in paths)],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "salesforce.testing",
            "DATABASE_URL": f"sqlite:///{database}",
            "VAR_DIR": str(folder / "var"),
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def zeros_in(folder: Path, part: str, megabytes: int) -> Path:
    """A good workbook and in it one part of nothing but blanks."""
    path = good_book(folder)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(part, "w") as out,
    ):
        for _ in range(megabytes):
            out.write(b" " * 2**20)
    return path


@bomb
def test_a_zip_bomb_is_refused_at_once(tmp_path: Path) -> None:
    path = zeros_in(tmp_path, "xl/worksheets/sheet9.xml", MAX_XLSX_UNPACKED // 2**20 + 10)
    assert path.stat().st_size < 2**20
    cost = cost_of(tmp_path, path)
    assert cost.reasons == [["punches.xlsx: unpacks to far more than a table holds"]]
    assert cost.seconds < 2
    assert cost.megabytes < 30


@bomb
@pytest.mark.parametrize(("part", "megabytes"), [("xl/sharedStrings.xml", 66), ("xl/more.xml", 10)])
def test_parts_that_are_read_whole_are_bounded(tmp_path: Path, part: str, megabytes: int) -> None:
    # Noise packs badly: neither the ratio nor the sum would give this one away.
    noise = random.Random(1).randbytes(2**19).hex().encode()
    path = good_book(tmp_path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(part, "w") as out,
    ):
        for _ in range(megabytes):
            out.write(noise)
    cost = cost_of(tmp_path, path)
    assert cost.reasons == [["punches.xlsx: unpacks to far more than a table holds"]]
    assert cost.megabytes < 30


@bomb
def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = zeros_in(tmp_path, "xl/worksheets/sheet9.xml", 100)
    content = path.read_bytes()
    real = (100 * 2**20).to_bytes(4, "little")
    assert content.count(real) >= 1
    path.write_bytes(content.replace(real, (99).to_bytes(4, "little")))
    cost = cost_of(tmp_path, path)
    assert cost.megabytes < 30
    assert cost.seconds < 5


@bomb
def test_a_bomb_within_a_zip_within_a_zip_is_never_unpacked(tmp_path: Path) -> None:
    inner = zeros_in(tmp_path, "xl/worksheets/sheet9.xml", 500).read_bytes()
    for depth in range(20):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{depth}.xlsx", inner)
        inner = out.getvalue()
    path = write_bytes(tmp_path, "punches.xlsx", inner)
    cost = cost_of(tmp_path, path)
    assert cost.reasons == [["punches.xlsx: is not a workbook Excel could open"]]
    assert cost.seconds < 2
    assert cost.megabytes < 30


@bomb
def test_a_workbook_of_a_hundred_thousand_parts_is_refused(tmp_path: Path) -> None:
    path = good_book(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(100_000):
            archive.writestr(f"xl/worksheets/{number}.xml", b"")
    cost = cost_of(tmp_path, path)
    assert cost.reasons == [["punches.xlsx: unpacks to far more than a table holds"]]
    assert cost.seconds < 10
    assert cost.megabytes < 150


def punches(count: int) -> list[list[str]]:
    """One punch every seven seconds."""
    began = datetime.fromisoformat("2026-01-01T00:00")
    return [["Y001", (began + timedelta(seconds=7 * n)).isoformat()] for n in range(count)]


def wrong_punches(rows: int) -> list[list[str]]:
    return [["employee_no", "at"], *(["Y001", f"2026-02-30T08:{n:06}"] for n in range(rows))]


@bomb
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_hundred_thousand_wrong_rows_are_all_counted_in_bounded_memory(
    tmp_path: Path, form: str
) -> None:
    cells = wrong_punches(100_000)
    if form == "csv":
        path = write_csv(tmp_path, "punches", cells)
    else:
        path = write_xlsx(tmp_path / "punches.xlsx", {"Sheet1": cells})
    cost = cost_of(tmp_path, path)
    assert cost.wrong == [100_000]
    assert cost.told == 100_000
    assert cost.kept == [MAX_WRONG_ROWS_KEPT]
    assert cost.reasons[0][0].startswith(f"punches.{form}, line 2, column at: ")
    assert cost.new == [0]
    assert cost.megabytes < 150
    assert cost.seconds < 60


@bomb
def test_a_hundred_thousand_rows_wrong_in_every_cell(tmp_path: Path) -> None:
    row = ["no body", "2026-02-30", "middle", "guessed", "\x00"]
    path = write_csv(tmp_path, "excuses", [header_of("excuses"), *[row] * 100_000])
    cost = cost_of(tmp_path, path)
    assert cost.wrong == [500_000]
    assert cost.megabytes < 150
    assert cost.seconds < 120


@bomb
def test_a_hundred_thousand_good_rows_and_one_wrong_one_keep_nothing(tmp_path: Path) -> None:
    # The wrong row is the last: everything before it was read, and nothing of it is kept.
    minutes = (
        (d, h, m, s) for d in range(1, 29) for h in range(24) for m in range(60) for s in "037"
    )
    rows = [["Y001", f"2026-10-{d:02}T{h:02}:{m:02}:0{s}"] for d, h, m, s in minutes][:100_000]
    path = write_csv(tmp_path, "punches", [["employee_no", "at"], *rows, ["Y001", "NaN"]])
    cost = cost_of(tmp_path, path)
    assert cost.wrong == [1]
    assert cost.new == [0]
    assert cost.reasons[0][0].startswith("punches.csv, line 100002, column at: “NaN”")
    assert cost.megabytes < 150
    assert cost.seconds < 60


# Several files.


def write_all(folder: Path, **instead: Sequence[Sequence[str]]) -> list[Path]:
    return [write_csv(folder, name, instead.get(name)) for name in TABLES]


@pytest.mark.parametrize("table", TABLES)
def test_a_refused_file_keeps_only_itself_and_what_stands_on_it_out(
    tmp_path: Path, table: str
) -> None:
    rows = [*BASE[table], with_cells(table, **{header_of(table)[1]: "\x00"})]
    done = load(*write_all(tmp_path, **{table: cells_of(table, rows)}))
    skipped = {name for name in TABLES if table in foundations(name)}
    assert_readable(done)
    for row in done.loads:
        if row.table == table:
            assert (row.new, row.wrong) == (0, 1)
            assert f", line {len(rows) + 1}, column {header_of(table)[1]}: " in row.reasons[0]
        elif row.table in skipped:
            assert (row.new, row.wrong) == (0, 1)
            assert row.reasons[0].startswith(f"{row.table}.csv: not loaded: it builds on ")
        else:
            assert (row.new, row.wrong) == (len(BASE[row.table]), 0)
    kept = {label: len(rows) for label, rows in held().items()}
    for name, (label, _date) in settings.FACT_ROWS.items():
        wanted = 0 if name == table or name in skipped else len(BASE[name])
        assert kept[apps.get_model(label)._meta.label] == wanted


def test_a_skipped_table_says_once_which_foundations_were_refused(tmp_path: Path) -> None:
    paths = write_all(tmp_path, people=[["nonsense"]], customers=[["nonsense"]])
    by_table = {row.table: row for row in load(*paths).loads}
    assert by_table["visits"].reasons == [
        "visits.csv: not loaded: it builds on customers, people, which was refused"
    ]
    assert by_table["legal_costs"].reasons == [
        "legal_costs.csv: not loaded: it builds on bad_debts, which was refused"
    ]
    assert by_table["calendar"].wrong == 0


def run_load(folder: Path) -> tuple[str, str, str]:
    """What the command writes, what it writes of errors, and with what it ends."""
    out, err, ended = io.StringIO(), io.StringIO(), ""
    try:
        call_command("load", folder, stdout=out, stderr=err, no_color=True)
    except CommandError as error:
        ended = str(error)
    return out.getvalue(), err.getvalue(), ended


def test_the_command_tells_what_it_took_left_alone_and_refused(tmp_path: Path) -> None:
    write_csv(tmp_path, "people")
    write_csv(tmp_path, "calendar", cells_of("calendar", [with_cells("calendar", date="2026-2-1")]))
    write_bytes(tmp_path, "peoples.csv", b"a,b\n")
    write_bytes(tmp_path, "people.xls", b"\xd0\xcf\x11\xe0")
    write_bytes(tmp_path, "figures.xlsx", b"nothing")
    write_bytes(tmp_path, ".hidden", b"")
    write_xlsx(tmp_path / "book.xlsx", {"打卡": cells_of("punches"), "Notes": [["x"]]})
    (tmp_path / "trips.csv").mkdir()
    out, err, ended = run_load(tmp_path)
    assert out.splitlines() == [
        "people.csv: 4 new, 0 changed, 0 as before",
        "book.xlsx[打卡]: 3 new, 0 changed, 0 as before",
    ]
    assert err.splitlines() == [
        "book.xlsx[Notes]: no table has this name; left alone",
        "figures.xlsx: is not a workbook Excel could open",
        "people.xls: neither .csv nor .xlsx; left alone",
        "peoples.csv: no table has this name; left alone",
        "calendar.csv, line 2, column date: “2026-2-1” is not a date (YYYY-MM-DD)",
    ]
    assert ended == "1 of 3 files were refused; nothing of them was kept"


def test_a_folder_without_tables_says_what_lies_there_instead(tmp_path: Path) -> None:
    write_bytes(tmp_path, "peoples.csv", b"a,b\n")
    out, err, ended = run_load(tmp_path)
    assert (out, err) == ("", "peoples.csv: no table has this name; left alone\n")
    assert ended.endswith("holds none of the tables")
    assert run_load(tmp_path / "nowhere")[2].endswith("is not a folder")


def test_a_file_name_no_encoding_knows_is_no_obstacle(tmp_path: Path) -> None:
    # `人员` as an unpacked zip from a Chinese Windows leaves it on Linux.
    raw = os.fsdecode(os.fsencode(tmp_path) + b"/" + "人员".encode("gb18030"))
    Path(f"{raw}.csv").write_bytes(b"a,b\n")
    write_xlsx(Path(f"{raw}.xlsx"), {"people": cells_of("people")})
    out, err, ended = run_load(tmp_path)
    assert out == "\ufffd\ufffdԱ.xlsx[people]: 4 new, 0 changed, 0 as before\n"
    assert err == "\ufffd\ufffdԱ.csv: no table has this name; left alone\n"
    assert ended == ""


# Corrections.


@pytest.mark.parametrize("table", CORRECTIONS)
def test_a_replaced_row_leaves_its_before_and_after(laid: Callable[..., Path], table: str) -> None:
    folder = laid(table)
    load(write_csv(folder, table))
    column, cell, shown = CORRECTIONS[table]
    rows = [with_cells(table, **{column: cell}), *BASE[table][1:]]
    done = load(write_csv(folder, table, cells_of(table, rows)))
    assert done.told == []
    assert done.counts() == [(0, 1, len(rows) - 1, 0)]
    audit = AuditRow.objects.get()
    assert (audit.action, audit.changes) == ("replace", {column: shown})
    before = held()
    again = load(write_csv(folder, table, cells_of(table, rows)))
    assert again.counts() == [(0, 0, len(rows), 0)]
    assert held() == before


def test_only_tables_of_keys_alone_and_the_policy_cannot_be_corrected() -> None:
    keys_alone = {t.name for t in fact_tables().values() if all(c.key for c in t.columns)}
    assert set(TABLES) - set(CORRECTIONS) == keys_alone | {"policy"}


def test_a_change_of_supervisor_is_a_change_like_any_other(tmp_path: Path) -> None:
    load(write_csv(tmp_path, "people"))
    zed, ann, bob = (dict(BASE["people"][n]) for n in (1, 2, 3))
    ids = dict(Person.objects.values_list("employee_no", "id"))
    zed["supervisor_no"] = ""
    ann |= {"supervisor_no": "M001", "name": "严莉"}
    rows = [BASE["people"][0], zed, ann, bob]
    done = load(write_csv(tmp_path, "people", cells_of("people", rows)))
    assert done.counts() == [(0, 2, 2, 0)]
    assert [audit.changes for audit in AuditRow.objects.order_by("subject")] == [
        {"name": ["严丽", "严莉"], "supervisor_id": [str(ids["Z001"]), str(ids["M001"])]},
        {"supervisor_id": [str(ids["M001"]), ""]},
    ]
    # And a first supervisor, given later, is a change too.
    done = load(write_csv(tmp_path, "people", cells_of("people", BASE["people"][1:2])))
    assert done.counts() == [(0, 1, 0, 0)]
    assert AuditRow.objects.latest("id").changes == {"supervisor_id": ["", str(ids["M001"])]}


def test_rates_in_percent_are_the_same_rate_when_loaded_again(tmp_path: Path) -> None:
    rows = [with_cells("leave_types", pay_rate="33.3333%")]
    path = write_csv(tmp_path, "leave_types", cells_of("leave_types", rows))
    assert load(path).counts() == [(1, 0, 0, 0)]
    assert load(path).counts() == [(0, 0, 1, 0)]


def test_thousands_of_rows_with_keys_of_several_columns(laid: Callable[..., Path]) -> None:
    folder = laid("visits", "leave_types")
    days = [
        f"20{year}-{month:02}-{day:02}"
        for year in (24, 25)
        for month in range(1, 13)
        for day in range(1, 29)
    ]
    both = ("Y001", "Y002")
    made: dict[str, tuple[Any, list[list[str]]]] = {
        "punches": (Punch, [[w, f"{d}T{h:02}:00:00"] for w in both for d in days for h in (8, 18)]),
        "excuses": (
            Excuse,
            [[w, d, s, "pending", ""] for w in both for d in days for s in ("in", "out")],
        ),
        "visits": (
            Visit,
            [
                [w, c, f"{d}T10:00:00", "first", "", ""]
                for w in both
                for d in days
                for c in ("K001", "K002")
            ],
        ),
        "rewards": (
            Reward,
            [
                ["Y001", d, k, "1", n]
                for d in days
                for k in ("bonus", "praise")
                for n in ("", "a", "b")
            ],
        ),
        "leave": (
            Leave,
            [
                [w, "personal", d, h, d, h, "approved", "no", "", ""]
                for w in both
                for d in days
                for h in ("am", "pm")
            ],
        ),
    }
    for table, (model, rows) in made.items():
        random.Random(table).shuffle(rows)
        cells = [header_of(table), *rows]
        assert load(write_csv(folder, table, cells)).counts() == [(len(rows), 0, 0, 0)]
        assert load(write_csv(folder, table, cells)).counts() == [(0, 0, len(rows), 0)]
        assert model.objects.count() == len(rows) > 2_500


# What only the whole file, or the database, can tell.


def people(*who: tuple[str, str]) -> list[list[str]]:
    rows = [with_cells("people", employee_no=no, supervisor_no=boss, name=no) for no, boss in who]
    return cells_of("people", rows)


CIRCLE = "the supervisors go round in a circle"


def test_supervisors_in_a_circle_are_refused(tmp_path: Path) -> None:
    two = people(("A", "B"), ("B", "A"), ("C", "A"))
    assert_refused(
        lambda: load(write_csv(tmp_path, "people", two)),
        (2, "supervisor_no", CIRCLE),
        (3, "supervisor_no", CIRCLE),
    )
    three = people(("X", "A"), ("A", "B"), ("B", "C"), ("C", "A"), ("D", ""))
    assert_refused(
        lambda: load(write_csv(tmp_path, "people", three)),
        *[(n, "supervisor_no", CIRCLE) for n in (3, 4, 5)],
    )


def test_a_circle_closed_over_people_on_file_is_refused(tmp_path: Path) -> None:
    load(write_csv(tmp_path, "people", people(("A", ""), ("B", "A"), ("C", "B"))))
    assert_refused(
        lambda: load(write_csv(tmp_path, "people", people(("A", "C"), ("D", "C")))),
        (2, "supervisor_no", CIRCLE),
    )


def test_a_long_chain_of_supervisors_is_followed_once(tmp_path: Path) -> None:
    chain = [(f"N{n}", f"N{n + 1}") for n in range(20_000)]
    cells = people(*chain, ("N20000", "N19999"))
    done = assert_refused_somewhere(lambda: load(write_csv(tmp_path, "people", cells)))
    assert [w.line for w in done.told] == [20_001, 20_002]


def leaves(*spans: str, who: str = "Y001", status: str = "approved") -> list[list[str]]:
    """Personal leave, each span written `14am-15pm` of October 2026."""
    rows = []
    for span in spans:
        start, end = span.split("-")
        cells = {"start_on": f"2026-10-{start[:2]}", "start_half": start[2:]}
        cells |= {"end_on": f"2026-10-{end[:2]}", "end_half": end[2:]}
        rows.append(with_cells("leave", employee_no=who, status=status, **cells))
    return cells_of("leave", rows)


def test_leave_that_overlaps_within_a_file_is_refused(laid: Callable[..., Path]) -> None:
    folder = laid("leave")
    cells = leaves("12am-16pm", "01am-02am", "13am-13am", "02am-03pm", "16pm-17am", "19am-19pm")
    assert_refused(
        lambda: load(write_csv(folder, "leave", cells)),
        (5, "start_on", "overlaps another leave from 2026-10-01 to 2026-10-02"),
        (4, "start_on", "overlaps another leave from 2026-10-12 to 2026-10-16"),
        (6, "start_on", "overlaps another leave from 2026-10-12 to 2026-10-16"),
    )


def test_halves_of_a_day_do_not_overlap(laid: Callable[..., Path]) -> None:
    folder = laid("leave")
    assert load(write_csv(folder, "leave", leaves("12am-12am", "12pm-13am"))).told == []


def test_leave_that_overlaps_one_on_file_is_refused(laid: Callable[..., Path]) -> None:
    folder = laid("leave")
    load(write_csv(folder, "leave", leaves("12am-16pm")))
    earlier, later = leaves("09am-12am"), leaves("16pm-17am")
    words = "overlaps another leave from 2026-10-12 to 2026-10-16"
    assert_refused(lambda: load(write_csv(folder, "leave", earlier)), (2, "start_on", words))
    assert_refused(lambda: load(write_csv(folder, "leave", later)), (2, "start_on", words))
    # Somebody else's, or one that was not granted, is nobody's business.
    assert load(write_csv(folder, "leave", leaves("16pm-17am", who="Y002"))).told == []
    assert load(write_csv(folder, "leave", leaves("16pm-17am", status="rejected"))).told == []
    # The row that is replaced counts as what it becomes.
    shorter = leaves("12am-13am", "14am-15am")
    assert load(write_csv(folder, "leave", shorter)).counts() == [(1, 1, 0, 0)]


def test_leave_types_are_read_before_the_leave_that_names_them(tmp_path: Path) -> None:
    done = load(*(write_csv(tmp_path, name) for name in ("leave", "people", "leave_types")))
    assert done.told == []
    away = {"start_on": "2026-11-02", "end_on": "2026-11-02"}
    rows = [with_cells("leave", type="sabbatical", **away)]
    path = write_csv(tmp_path, "leave", cells_of("leave", rows))
    assert_refused(lambda: load(path), (2, "type", "unknown leave type: sabbatical"))


def payments(*paid: tuple[str, str, str]) -> list[list[str]]:
    """Payments as (number, slip, amount)."""
    rows = [
        with_cells("payments", payment_no=no, slip_no=slip, amount=amount)
        for no, slip, amount in paid
    ]
    return cells_of("payments", rows)


def test_payments_past_the_amount_due_are_refused(laid: Callable[..., Path]) -> None:
    folder = laid("payments")  # S001: 12202.88 due, S002: 5000.00

    def pay(*paid: tuple[str, str, str]) -> Loaded:
        return load(write_csv(folder, "payments", payments(*paid)))

    past = "the payments on this slip come to 5000.01, more than the 5000.00 due"
    assert_refused(
        lambda: pay(("P1", "S002", "3000"), ("P2", "S001", "1"), ("P3", "S002", "2000.01")),
        (4, "amount", past),
    )
    assert pay(("P1", "S002", "3000")).told == []
    assert_refused(lambda: pay(("P3", "S002", "2000.01")), (2, "amount", past))
    # Exactly what is due is fine; a replaced payment counts as what it becomes.
    assert pay(("P3", "S002", "2000.00")).counts() == [(1, 0, 0, 0)]
    assert_refused(lambda: pay(("P3", "S002", "2000.01")), (2, "amount", past))
    assert pay(("P3", "S002", "2500"), ("P1", "S002", "2500")).counts() == [(0, 2, 0, 0)]
    # Moved to another slip it burdens the new one and frees the old one.
    assert pay(("P3", "S001", "9000")).counts() == [(0, 1, 0, 0)]
    assert pay(("P4", "S002", "2500")).counts() == [(1, 0, 0, 0)]
    assert (
        sum(Payment.objects.filter(slip__slip_no="S002").values_list("amount", flat=True)) == 5000
    )


def test_a_slip_is_not_corrected_to_less_than_was_paid_on_it(laid: Callable[..., Path]) -> None:
    folder = laid("payments")
    load(write_csv(folder, "payments"))
    rows = [with_cells("slips", amount_due="12202.87")]
    path = write_csv(folder, "slips", cells_of("slips", rows))
    words = "the payments on this slip already come to 12202.88"
    assert_refused(lambda: load(path), (2, "amount_due", words))
    rows = [with_cells("slips", amount_due="12202.88", returned_at="")]
    path = write_csv(folder, "slips", cells_of("slips", rows))
    assert load(path).counts() == [(0, 1, 0, 0)]


def policy(*versions: str) -> list[list[str]]:
    return [header_of("policy"), *(version.split() for version in versions)]


def test_a_policy_value_in_force_cannot_be_changed(tmp_path: Path) -> None:
    with clock.set_to(datetime.fromisoformat("2026-10-12T12:00:00+08:00")):
        old = "2026-01-01 late_fine 5"
        assert load(write_csv(tmp_path, "policy", policy(old))).told == []
        changed = policy("2026-01-01 late_fine 6", "2026-01-01 carryover_fine 400")
        assert_refused(
            lambda: load(write_csv(tmp_path, "policy", changed)),
            (2, "value", "in force since 2026-01-01 with the value 5: a change is a new version"),
        )
        same = policy(old, "2026-10-13 late_fine 6")
        assert load(write_csv(tmp_path, "policy", same)).counts() == [(1, 0, 1, 0)]


def test_a_policy_value_not_yet_in_force_can_be_corrected(tmp_path: Path) -> None:
    assert load(write_csv(tmp_path, "policy", policy("2099-01-01 late_fine 6"))).told == []
    done = load(write_csv(tmp_path, "policy", policy("2099-01-01 late_fine 7")))
    assert done.counts() == [(0, 1, 0, 0)]
    changed = AuditRow.objects.get(action="replace")
    assert changed.changes == {"value": ["6", "7"]}


def test_a_policy_value_written_in_another_way_is_the_same(tmp_path: Path) -> None:
    first = policy("2026-01-01 late_fine 5", "2026-01-01 cutoff_time 16:00")
    load(write_csv(tmp_path, "policy", first))
    before = held()
    other = policy("2026-01-01 late_fine 5.00", "2026-01-01 cutoff_time 16:00:00")
    assert load(write_csv(tmp_path, "policy", other)).counts() == [(0, 0, 2, 0)]
    assert held() == before


def test_no_policy_is_slipped_under_a_final_month(tmp_path: Path) -> None:
    load(write_csv(tmp_path, "policy", policy("2026-01-01 late_fine 5")))
    policy_freeze(through=date(2026, 9, 30))
    late = policy("2026-01-01 late_fine 5", "2026-09-30 late_fine 6", "2026-10-01 late_fine 7")
    words = "months up to 2026-09-30 are final: a new version starts later"
    assert_refused(lambda: load(write_csv(tmp_path, "policy", late)), (3, "effective_on", words))
    assert load(write_csv(tmp_path, "policy", [late[0], late[1], late[3]])).told == []


def test_what_only_the_database_refuses_is_told_in_plain_words(tmp_path: Path) -> None:
    # The program's clock is behind the database's: its trigger knows the value is in force.
    load(write_csv(tmp_path, "policy", policy("2020-01-01 late_fine 5")))
    with clock.set_to(datetime.fromisoformat("2019-06-01T12:00:00+08:00")):
        path = write_csv(
            tmp_path, "policy", policy("2018-01-01 points_min 9", "2020-01-01 late_fine 6")
        )
        assert_refused(lambda: load(path), (None, None, "does not fit what is known by now"))
    assert PolicyParameter.objects.count() == 1
