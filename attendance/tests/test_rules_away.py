"""Which halves of a day a meeting lies in, and which a leave takes (ATT-1, LEA-1, MEET-1)."""

from dataclasses import replace
from datetime import date, time

import pytest

from attendance.rules.away import halves_between
from attendance.rules.days import Half
from attendance.rules.leave import LeaveFact
from policy.rules import DEFAULTS
from tests.builders import at, day

AM, PM = Half.AM, Half.PM


@pytest.mark.parametrize(
    ("start", "end", "halves"),
    [
        ("07:00", "07:20", {AM}),
        ("11:00", "12:00", {AM}),
        ("11:00", "12:01", {AM, PM}),
        ("12:00", "13:00", {AM, PM}),
        ("12:59", "14:00", {AM, PM}),
        ("13:00", "14:00", {PM}),
        ("19:00", "23:59", {PM}),
    ],
)
def test_halves_of_a_meeting(start, end, halves):
    span = at(f"2026-11-02 {start}"), at(f"2026-11-02 {end}")
    assert halves_between(*span, DEFAULTS) == halves


def test_a_meeting_past_midnight_is_of_the_afternoon_it_begins_in():
    assert halves_between(at("2026-11-02 23:00"), at("2026-11-03 01:00"), DEFAULTS) == {PM}


def test_the_limits_are_those_of_the_policy():
    early = replace(DEFAULTS, lunch_start=time(11), lunch_end=time(11, 30))
    span = at("2026-11-02 11:30"), at("2026-11-02 12:00")
    assert halves_between(*span, early) == {PM}
    assert halves_between(*span, DEFAULTS) == {AM}


@pytest.mark.parametrize(
    ("first", "last", "on", "halves"),
    [
        ((2, AM), (2, PM), 2, {AM, PM}),
        ((2, AM), (2, AM), 2, {AM}),
        ((2, PM), (2, PM), 2, {PM}),
        ((2, PM), (4, AM), 2, {PM}),
        ((2, PM), (4, AM), 3, {AM, PM}),
        ((2, PM), (4, AM), 4, {AM}),
        ((2, PM), (4, AM), 1, set()),
        ((2, PM), (4, AM), 5, set()),
    ],
)
def test_halves_of_a_day_that_a_leave_takes(first, last, on, halves):
    leave = LeaveFact("personal", _on(first[0]), first[1], _on(last[0]), last[1])
    assert leave.halves_on(_on(on)) == halves
    assert {half for when, half in leave.halves() if when == _on(on)} == halves


def _on(number: int) -> date:
    return day(f"2026-11-{number:02}")
