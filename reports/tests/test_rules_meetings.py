"""On which days a series meets, and who is late (MEET-1, TIME-4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.workdays import Workdays
from reports.rules.meetings import SeriesFact, days_of, is_late, last_workday_before, meets
from tests.builders import at

DAILY = SeriesFact(None, date(2026, 1, 1), None)
SATURDAYS = SeriesFact(5, date(2026, 1, 1), None)
MONDAYS = SeriesFact(0, date(2026, 1, 1), None)
NATION = Workdays()
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "daily", "saturdays", "mondays"),
    [
        ("2026-11-02", True, False, True),  # a Monday
        ("2026-11-06", True, False, False),
        ("2026-11-07", False, True, False),  # a Saturday: a meeting, not a workday
        ("2026-11-08", False, False, False),
        ("2026-10-01", False, False, False),  # the national day
        ("2026-10-03", False, False, False),  # a Saturday of the holidays
        ("2026-10-05", False, False, False),  # a Monday of the holidays
        ("2026-10-10", True, True, False),  # a make-up Saturday
        ("2026-09-20", True, False, False),  # a make-up Sunday
    ],
)
def test_the_nations_calendar(day, daily, saturdays, mondays):
    day = date.fromisoformat(day)
    found = [meets(each, day, NATION) for each in (DAILY, SATURDAYS, MONDAYS)]
    assert found == [daily, saturdays, mondays]


def test_the_companys_own_word():
    own = Workdays({date(2026, 11, 2): False, date(2026, 11, 7): False, date(2026, 11, 8): True})
    assert not meets(DAILY, date(2026, 11, 2), own)
    assert not meets(MONDAYS, date(2026, 11, 2), own)
    assert not meets(SATURDAYS, date(2026, 11, 7), own)
    assert meets(DAILY, date(2026, 11, 8), own)
    worked = Workdays({date(2026, 11, 7): True})
    assert meets(SATURDAYS, date(2026, 11, 7), worked)


def test_from_its_first_to_its_last_day():
    series = SeriesFact(None, date(2026, 11, 3), date(2026, 11, 4))
    found = list(days_of(series, date(2026, 11, 1), date(2026, 11, 30), NATION))
    assert found == [date(2026, 11, 3), date(2026, 11, 4)]


@given(DAYS, st.integers(0, 60))
def test_every_day_between_is_looked_at_once(first, length):
    last = first + timedelta(days=length)
    found = list(days_of(DAILY, first, last, NATION))
    assert found == list(NATION.between(first, last))


@given(DAYS)
def test_a_series_of_a_weekday_meets_on_no_other(day):
    assert not meets(MONDAYS, day, NATION) or day.weekday() == 0
    assert not meets(SATURDAYS, day, NATION) or day.weekday() == 5


@pytest.mark.parametrize(
    ("came", "late"),
    [
        ("2026-11-02 08:15", False),
        ("2026-11-02 08:30", False),
        ("2026-11-02 08:35:00", False),
        ("2026-11-02 08:35:00.000001", True),
        ("2026-11-02 10:00", True),
    ],
)
def test_late_after_five_minutes(came, late):
    assert is_late(at("2026-11-02 08:30"), at(came)) is late


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2026-11-03", "2026-11-02"),
        ("2026-11-02", "2026-10-30"),
        ("2026-10-08", "2026-09-30"),
        ("2026-10-12", "2026-10-10"),
    ],
)
def test_the_workday_before(day, before):
    assert last_workday_before(date.fromisoformat(day), NATION) == date.fromisoformat(before)
