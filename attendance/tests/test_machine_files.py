"""Files of attendance machines: a row a punch, or a row a day with all its punches (ATT-1)."""

import csv
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.models import Punch
from core.services import sources_load
from core.tables.columns import MOST_TIMES, times
from core.tables.folder import contents_of
from tests.builders import at
from tests.cast import MATE, SHE

HEADER = ("employee_no", "date", "times")
DAY = "2026-11-02"


def write(folder: Path, rows: Sequence[Sequence[object]], ending: str = "csv") -> Path:
    path = folder / f"punches.{ending}"
    if ending == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
    return path


def load(path: Path) -> tuple[tuple[int, int, int, int], list[tuple[int, str, str]]]:
    """New, changed, same, wrong; and what was told, as line, column, reason."""
    told: list = []
    (done,) = sources_load(sources=contents_of([path]).sources, tell=told.append)
    counts = (done.new, done.changed, done.same, done.wrong)
    return counts, [(each.line, each.column, each.reason) for each in told]


def punched() -> list[tuple[str, object]]:
    return list(Punch.objects.order_by("pk").values_list("person__employee_no", "at"))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_several_punches_in_one_cell(people, tmp_path, ending):
    rows = [
        HEADER,
        (SHE, DAY, "08:01 12:03 17:31"),
        (MATE, DAY, "8:59:30，12:00\n18:00；18:00"),
        (SHE, "2026-11-03", ""),
        (MATE, "2026-11-03", "09：00"),
    ]
    path = write(tmp_path, rows, ending)
    assert load(path) == ((7, 0, 0, 0), [])
    hers = [(SHE, at(f"{DAY} {hour}")) for hour in ("08:01", "12:03", "17:31")]
    his = [(MATE, at(f"{DAY} {hour}")) for hour in ("08:59:30", "12:00", "18:00")]
    assert punched() == [*hers, *his, (MATE, at("2026-11-03 09:00"))]
    assert load(path) == ((0, 0, 7, 0), [])


def test_a_cell_that_excel_made_a_time_of(people, tmp_path):
    path = write(tmp_path, [HEADER, (SHE, date(2026, 11, 2), time(8, 1))], "xlsx")
    assert load(path) == ((1, 0, 0, 0), [])
    assert punched() == [(SHE, at(f"{DAY} 08:01"))]


def test_in_chinese_and_beside_the_other_layout(people, tmp_path):
    """What one layout brought the other knows."""
    first = write(tmp_path, [("日期", "工号", "打卡时间"), (DAY, SHE, "08:01,17:31")])
    assert load(first)[0] == (2, 0, 0, 0)
    rows = [("工号", "时间"), (SHE, f"{DAY}T08:01:00"), (SHE, f"{DAY}T12:00:00")]
    assert load(write(tmp_path, rows))[0] == (1, 0, 1, 0)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ((SHE, DAY, "08:01 25:00"), "times", "“25:00” is not a time"),
        ((SHE, DAY, "08:01-12:00"), "times", "is not a time"),
        ((SHE, DAY, "八点"), "times", "is not a time"),
        ((SHE, DAY, "08:60"), "times", "is not a time"),
        ((SHE, DAY, "００:００"), "times", "is not a time"),
        ((SHE, DAY, " ".join(f"{n // 60:02}:{n % 60:02}" for n in range(101))), "times", "100"),
        ((SHE, "2026-02-30", "08:01"), "date", "no day"),
        ((SHE, "", "08:01"), "date", "empty"),
        (("Y999", DAY, "08:01"), "employee_no", "unknown"),
        ((MATE, DAY, "17:31 08:00"), "employee_no", "line 2"),
    ],
)
def test_a_wrong_row_is_told_and_nothing_is_kept(people, tmp_path, row, column, words):
    rows = [HEADER, (MATE, DAY, "08:00"), row, (SHE, DAY, "09:00 x")]
    counts, told = load(write(tmp_path, rows))
    assert counts == (0, 0, 0, 2)
    assert [(line, where) for line, where, _reason in told] == [(3, column), (4, "times")]
    assert words in told[0][2]
    assert not Punch.objects.exists()


@pytest.mark.parametrize("header", [("employee_no", "date"), ("employee_no", "at", "times")])
def test_half_of_a_layout_is_none(people, tmp_path, header):
    _counts, told = load(write(tmp_path, [header, (SHE, DAY, "08:00")]))
    assert told
    assert all(line == 1 or line is None for line, _column, _reason in told)


@given(st.lists(st.times().map(lambda t: t.replace(microsecond=0)), max_size=MOST_TIMES))
def test_whatever_stands_between_them_the_times_are_the_same(found):
    for between in (" ", ",", "\n", "， ", " ; "):
        assert times(between.join(map(str, found))) == tuple(sorted(set(found)))
