"""By when a weekly report is due, and whose weeks count (REP-1). No database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.workdays import Workdays
from reports.rules.facts import FactLine, kept, number, read_back
from reports.rules.oral import can_be_ticked
from reports.rules.weekly import (
    LONGEST_WAIT,
    Employed,
    due_at,
    due_on,
    is_in_time,
    lines_of,
    monday_of,
    mondays_due,
    opens_on,
    sunday_of,
    weeks_open,
    weeks_owed,
)
from tests.builders import at

NATION = Workdays()
DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("monday", "due"),
    [
        # An ordinary week.
        ("2026-11-02", "2026-11-09"),
        # National Day 2026: the 1st to the 7th are off; Thursday the 8th is the next workday.
        ("2026-09-28", "2026-10-08"),
        # Spring Festival 2026: the 15th to the 23rd of February are off. The week before it, and
        # its own, are both due on Tuesday the 24th.
        ("2026-02-09", "2026-02-24"),
        ("2026-02-16", "2026-02-24"),
        # Tomb Sweeping 2026: Monday the 6th of April is off.
        ("2026-03-30", "2026-04-07"),
        # Labour Day 2026: off to Tuesday the 5th of May.
        ("2026-04-27", "2026-05-06"),
    ],
)
def test_due_on_the_next_monday_or_the_workday_after(monday, due):
    assert due_on(date.fromisoformat(monday), NATION) == date.fromisoformat(due)


def test_the_companys_own_word_moves_it_and_a_made_up_saturday_is_a_workday():
    monday = date(2026, 11, 2)
    off = {date(2026, 11, 9) + timedelta(days=n): False for n in range(5)}
    assert due_on(monday, Workdays(off)) == date(2026, 11, 16)
    made_up = {**off, date(2026, 11, 14): True}  # a Saturday worked instead
    assert due_on(monday, Workdays(made_up)) == date(2026, 11, 14)
    worked = {date(2026, 10, 5): True}  # the company works on a holiday's Monday
    assert due_on(date(2026, 9, 28), Workdays(worked)) == date(2026, 10, 5)


def test_until_24_00_and_that_very_instant_is_in_time():
    due = due_at(date(2026, 11, 2), NATION)
    assert due == at("2026-11-10 00:00")
    assert is_in_time(due, due, due)
    late = due + timedelta(microseconds=1)
    assert not is_in_time(late, due, due)
    assert is_in_time(late, due, due + timedelta(days=1))  # a day freed since helps
    assert is_in_time(late, due + timedelta(days=1), due)  # one taken back harms nobody


@given(DAYS)
def test_every_report_is_due_on_a_workday_after_its_week(day):
    monday = monday_of(day)
    due = due_on(monday, NATION)
    assert due in NATION
    assert sunday_of(monday) < due <= monday + timedelta(days=7) + LONGEST_WAIT
    assert due <= due_on(monday + timedelta(days=7), NATION)


@given(DAYS, st.integers(0, 120), st.integers(0, 120))
def test_stretches_that_follow_each_other_share_no_report_and_lose_none(first, one, two):
    middle, last = first + timedelta(days=one), first + timedelta(days=one + two + 1)
    whole = list(mondays_due(first, last, NATION))
    parts = [
        *mondays_due(first, middle, NATION),
        *mondays_due(middle + timedelta(days=1), last, NATION),
    ]
    assert whole == parts == sorted(set(whole))
    assert all(first <= due_on(monday, NATION) <= last for monday in whole)


@pytest.mark.parametrize(
    ("hired", "left", "owed"),
    [
        ("2026-11-02", None, True),
        ("2026-11-03", None, False),
        ("2020-01-01", "2026-11-08", True),
        ("2020-01-01", "2026-11-07", False),
    ],
)
def test_a_week_counts_for_who_is_employed_from_monday_to_sunday(hired, left, owed):
    employed = Employed(date.fromisoformat(hired), left and date.fromisoformat(left))
    monday = date(2026, 11, 2)
    assert employed.whole_week(monday) is owed
    assert weeks_owed([monday, monday - timedelta(days=7)], employed) == owed + (
        employed.hired_on <= monday - timedelta(days=7)
    )


@pytest.mark.parametrize(
    ("today", "open_weeks"),
    [
        ("2026-11-05", ["2026-10-26"]),  # Thursday: the week before was due on Monday
        ("2026-11-06", ["2026-10-26", "2026-11-02"]),  # Friday: this week's opens
        ("2026-11-09", ["2026-11-02"]),  # Monday: the one before that is no news any more
        ("2026-02-24", ["2026-02-09", "2026-02-16"]),  # after the Spring Festival two are due
    ],
)
def test_which_weeks_are_to_be_written(today, open_weeks):
    found = weeks_open(date.fromisoformat(today), NATION)
    assert found == [date.fromisoformat(day) for day in open_weeks]


def test_a_week_opens_on_its_last_workday():
    assert opens_on(date(2026, 11, 2), NATION) == date(2026, 11, 6)
    assert opens_on(date(2026, 9, 28), NATION) == date(2026, 9, 30)
    assert opens_on(date(2026, 2, 16), NATION) == date(2026, 2, 22)  # no workday in it


def test_lines_without_marks_and_without_empty_ones():
    assert lines_of(" - 去北仑\n\n* 见陈总 \n\t\n•收款\n-") == ["去北仑", "见陈总", "收款"]


def test_facts_come_back_as_they_were_kept():
    lines = [
        FactLine("a", "Visits", "3", note="%(n)s", values={"n": "1"}, url="/x/"),
        FactLine("b", "Money", "12.50", is_yuan=True, records=(("S1", "/s/1/"),)),
    ]
    assert read_back(kept(lines)) == lines


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (10, "10"), (100, "100"), (Decimal("0.5"), "0.5"), (Decimal("2.0"), "2")],
)
def test_numbers_are_plain(value, said):
    assert number(value) == said


@pytest.mark.parametrize(
    ("on", "today", "can"),
    [
        ("2026-11-05", "2026-11-05", True),
        ("2026-11-05", "2026-11-12", True),
        ("2026-11-05", "2026-11-13", False),
        ("2026-11-06", "2026-11-05", False),
        ("2026-11-07", "2026-11-09", False),  # a Saturday
    ],
)
def test_oral_reports_are_ticked_for_workdays_of_the_last_week(on, today, can):
    assert can_be_ticked(date.fromisoformat(on), date.fromisoformat(today), NATION) is can
