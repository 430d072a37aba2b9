"""Until when a complaint is answered (COM-1)."""

from datetime import timedelta

import pytest

from customers.rules.complaints import due_on, is_in_time, workdays_left
from policy.workdays import Workdays
from tests.builders import book, day, since_ever

NATION = Workdays()
DEFAULT = book()


@pytest.mark.parametrize(
    ("came", "due"),
    [
        ("2026-11-02", "2026-11-05"),  # Monday
        ("2026-11-05", "2026-11-10"),  # Thursday: the weekend does not count
        ("2026-11-07", "2026-11-11"),  # Saturday: nor does the day it came in
        ("2026-09-30", "2026-10-10"),  # the holidays do not count, Saturday 10 October does
    ],
)
def test_three_workdays_after_it_came_in(came, due):
    assert due_on(day(came), NATION, DEFAULT) == day(due)


def test_the_company_s_own_calendar_counts():
    own = Workdays({day("2026-11-04"): False, day("2026-11-07"): True})
    assert due_on(day("2026-11-03"), own, DEFAULT) == day("2026-11-07")


def test_the_version_of_the_day_counts():
    changed = book("2026-11-03 complaint_workdays 1")
    assert due_on(day("2026-11-02"), NATION, changed) == day("2026-11-05")
    assert due_on(day("2026-11-03"), NATION, changed) == day("2026-11-04")
    assert due_on(day("2026-11-02"), NATION, since_ever("complaint_workdays 1")) == day(
        "2026-11-03"
    )


def test_the_last_day_is_in_time():
    assert is_in_time(day("2026-11-05"), day("2026-11-05"))
    assert not is_in_time(day("2026-11-06"), day("2026-11-05"))


@pytest.mark.parametrize(
    ("today", "left"),
    [
        ("2026-11-05", 3),
        ("2026-11-08", 2),  # Sunday
        ("2026-11-10", 0),
        ("2026-11-11", -1),
        ("2026-11-15", -3),  # Sunday: Wednesday, Thursday, Friday went by
    ],
)
def test_how_many_workdays_are_left(today, left):
    assert workdays_left(day(today), day("2026-11-10"), NATION) == left


def test_over_on_a_day_off_is_over():
    assert workdays_left(day("2026-11-07"), day("2026-11-06"), NATION) == -1


def test_what_is_left_of_a_fresh_one_is_its_time():
    for n in range(40):
        came = day("2026-10-20") + timedelta(days=n)
        assert workdays_left(came, due_on(came, NATION, DEFAULT), NATION) == 3
