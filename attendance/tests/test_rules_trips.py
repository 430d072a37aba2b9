"""When a trip day's report is in time, and what late and missing come to (TRIP-2, S4.2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.trips import (
    ReportCount,
    ReportState,
    count_reports,
    months_of,
    report_by,
    report_state,
    trip_days,
)
from tests.builders import at, at_or_none, book, day

DAY = day("2026-11-10")
LONG_AFTER = "2026-12-01 00:00"


@pytest.mark.parametrize(
    ("reported", "now", "state"),
    [
        # Before and after its hour.
        ("2026-11-10 20:59:59", LONG_AFTER, "in_time"),
        ("2026-11-10 21:00:00", LONG_AFTER, "in_time"),
        ("2026-11-10 21:00:00.000001", LONG_AFTER, "late"),
        ("2026-11-10 21:00:01", LONG_AFTER, "late"),
        ("2026-11-10 23:59:59", LONG_AFTER, "late"),
        ("2026-11-11 00:00:00", LONG_AFTER, "late"),
        ("2026-11-11 09:00:00", LONG_AFTER, "late"),
        # A file may say so; nobody was late.
        ("2026-11-09 20:00:00", LONG_AFTER, "in_time"),
        # None, as the day goes on.
        (None, "2026-11-09 23:59:59.999999", "coming"),
        (None, "2026-11-10 00:00:00", "due"),
        (None, "2026-11-10 20:59:59", "due"),
        (None, "2026-11-10 21:00:00", "due"),
        (None, "2026-11-10 21:00:00.000001", "missing"),
        (None, "2026-11-10 21:00:01", "missing"),
        (None, "2026-11-11 00:00:00", "missing"),
    ],
)
def test_how_a_report_stands(reported, now, state):
    assert report_state(DAY, at_or_none(reported), at(now), book()) == state


@pytest.mark.parametrize(
    ("on", "reported", "state"),
    [
        ("2026-11-09", "2026-11-09 20:30", "in_time"),
        ("2026-11-10", "2026-11-10 20:00", "in_time"),
        ("2026-11-10", "2026-11-10 20:30", "late"),
        # The version of the day it is about, whenever it comes.
        ("2026-11-09", "2026-11-10 20:30", "late"),
        ("2026-11-11", "2026-11-11 20:00:01", "late"),
        ("2026-11-12", "2026-11-12 20:59", "in_time"),
    ],
)
def test_the_hour_is_that_of_the_day_concerned(on, reported, state):
    policy = book("2026-11-10 trip_report_by 20:00", "2026-11-12 trip_report_by 22:00")
    assert report_state(day(on), at(reported), at(LONG_AFTER), policy) == state


def test_due_by_nine_in_the_evening_of_the_companys_clock():
    assert report_by(DAY, book()) == at("2026-11-10 21:00")
    assert report_by(DAY, book()).hour == 13


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-11-10", "2026-11-10", 1),
        # Over a weekend, a month's end, a year's end: each calendar day.
        ("2026-11-06", "2026-11-09", 4),
        ("2026-11-30", "2026-12-01", 2),
        ("2026-12-31", "2027-01-01", 2),
    ],
)
def test_each_calendar_day_is_a_trip_day(start, end, days):
    found = list(trip_days(day(start), day(end)))
    assert (len(found), found[0], found[-1]) == (days, day(start), day(end))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-11-10", "2026-11-30", ["2026-11"]),
        ("2026-11-30", "2026-12-01", ["2026-11", "2026-12"]),
        ("2026-12-31", "2027-02-01", ["2026-12", "2027-01", "2027-02"]),
    ],
)
def test_months_of_days(start, end, months):
    assert [str(month) for month in months_of(day(start), day(end))] == months


@pytest.mark.parametrize(
    ("now", "counted"),
    [
        ("2026-11-09 21:00", ReportCount()),
        ("2026-11-10 19:00", ReportCount()),
        ("2026-11-10 20:00", ReportCount()),
        ("2026-11-11 21:00:00", ReportCount(1, 1, 0, 0)),
        ("2026-11-11 21:00:01", ReportCount(2, 1, 1, 0)),
        ("2026-11-12 21:00:00", ReportCount(2, 1, 1, 0)),
        ("2026-11-12 21:00:01", ReportCount(3, 1, 1, 1)),
        ("2026-11-20 00:00", ReportCount(4, 1, 1, 2)),
    ],
)
def test_what_days_come_to(now, counted):
    """In time, late, missing, missing; a day in two trips once, a report of no trip day never."""
    days = [day(f"2026-11-{n}") for n in (10, 11, 12, 13)]
    reported = {
        days[0]: at("2026-11-10 20:30"),
        days[1]: at("2026-11-11 21:00:01"),
        day("2026-11-20"): at("2026-11-20 21:00:01"),
    }
    known = {each: when for each, when in reported.items() if when <= at(now)}
    assert count_reports([*days, days[0]], known, at(now), book()) == counted


@given(
    st.sets(st.integers(0, 9), max_size=6),
    st.dictionaries(st.integers(0, 9), st.integers(0, 14_400), max_size=6),
    st.integers(0, 14_400),
)
def test_every_day_counts_as_one_thing(days, reports, minutes):
    """In time, late and missing come to the days that count, and none counts before it is due."""
    first = date(2026, 11, 1)
    now = at("2026-11-01 00:00") + timedelta(minutes=minutes)
    on = [first + timedelta(days=n) for n in days]
    reported = {
        first + timedelta(days=n): at("2026-11-01 00:00") + timedelta(minutes=m)
        for n, m in reports.items()
        if m <= minutes
    }
    found = count_reports(on, reported, now, book())
    assert found.in_time + found.late + found.missing == found.days <= len(days)
    assert found.days >= sum(report_by(each, book()) < now for each in on)
    states = [report_state(each, reported.get(each), now, book()) for each in on]
    assert found.missing == states.count(ReportState.MISSING)
