"""The year day by day: each has its kind, and they are the workdays the rules count (TIME-4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.workdays import Workdays
from policy.yearly import Kind, Word, day_read, year_read


@pytest.mark.parametrize(
    ("day", "word", "kind", "name"),
    [
        ("2026-10-12", None, Kind.WORKDAY, ""),
        ("2026-10-11", None, Kind.WEEKEND, ""),
        ("2026-10-01", None, Kind.HOLIDAY, "国庆节"),
        ("2026-10-10", None, Kind.MAKEUP, ""),
        ("2026-10-12", Word(False, "团建"), Kind.OWN_DAY_OFF, "团建"),
        ("2026-10-12", Word(True), Kind.OWN_WORKDAY, ""),
        ("2026-10-01", Word(True, "盘点"), Kind.OWN_WORKDAY, "盘点"),
    ],
)
def test_what_kind_of_day(day, word, kind, name):
    read = day_read(date.fromisoformat(day), word, chinese=True)
    assert (read.kind, read.name) == (kind, name)


def test_holidays_have_names_in_both_languages():
    assert day_read(date(2026, 10, 1), None, chinese=False).name == "National Day"


def test_days_in_a_row_are_named_together():
    february = year_read(2026, {}, chinese=False)[1]
    names = [(a.day, b.day, n) for a, b, n in february.named]
    assert (17, 19, "Chinese New Year (Spring Festival)") in names


@settings(deadline=None, max_examples=20)
@given(
    st.integers(2024, 2028),
    st.dictionaries(st.integers(0, 364), st.booleans(), max_size=8),
)
def test_the_sheet_and_the_rules_agree_on_every_day(year, words):
    own = {date(year, 1, 1) + timedelta(days=n): said for n, said in words.items()}
    months = year_read(year, {d: Word(said) for d, said in own.items()}, chinese=True)
    shown = [day for m in months for week in m.weeks for day in week if day]
    assert [day.date for day in shown] == sorted({day.date for day in shown})
    assert len(shown) in (365, 366)
    workdays = Workdays(own)
    assert [day.date for day in shown if day.is_workday] == [
        day.date for day in shown if day.date in workdays
    ]
