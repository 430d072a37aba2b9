"""Outings and outages in a month of real facts (ATT-6): who is touched, when, and the evidence."""

import pytest

from accounts.models import Person, PositionChange
from attendance.models import Outage, Outing
from attendance.querysets import attendance_facts
from attendance.tests.company import (
    NOVEMBER,
    a_moment_before,
    assessed,
    day,
    declare,
    hire,
    instant,
    punch,
    take_leave,
    travel,
    work,
)
from core import clock
from payroll.assessment import context_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def she() -> Person:
    """There all month; on the 9th she came at half past nine."""
    person = hire("Y001")
    work(person, but=["11-09"])
    punch(person, "11-09 09:30", "11-09 18:00")
    return person


def outing(person: Person, start: str, end: str, status: str = "approved") -> Outing:
    return Outing.objects.create(
        person=person, start_at=instant(start), end_at=instant(end), status=status
    )


def outage(start: str, end: str, team: str = "", **values: object) -> Outage:
    return Outage.objects.create(
        start_at=instant(start), end_at=instant(end), team=team, reason="router", **values
    )


LATE = {"ATT-2/Y001/2026-11-09/in": "pay→pool 5.00"}


def test_without_either_she_is_fined(she: Person) -> None:
    assert assessed().of("ATT-2") == LATE
    assert assessed().at_fault == {"Y001"}


def test_an_approved_outing_counts_as_worked(she: Person) -> None:
    outing(she, "11-09 09:00", "11-09 09:30")
    found = assessed()
    assert found.of("ATT-2", "ATT-4") == {}
    assert found.at_fault == set()


@pytest.mark.parametrize("status", ["pending", "rejected", "cancelled"])
def test_no_other_outing_does(she: Person, status: str) -> None:
    outing(she, "11-09 09:00", "11-09 09:30", status)
    assert assessed().of("ATT-2") == LATE


def test_somebody_elses_outing_does_not(she: Person) -> None:
    outing(hire("Y002"), "11-09 09:00", "11-09 09:30")
    assert assessed().of("ATT-2") == LATE


def test_the_evidence_names_the_outing_and_never_shows_it_as_a_punch(she: Person) -> None:
    outing(she, "11-09 09:10", "11-09 11:00")
    lines = assessed()["ATT-2/Y001/2026-11-09/in"].evidence
    assert [(line.table, line.row) for line in lines] == [
        ("outings", "Y001 2026-11-09T09:10:00"),
        ("punches", "Y001 2026-11-09"),
        ("outings", "Y001 2026-11-09T09:10:00"),
    ]
    assert lines[0].values == {"date": "2026-11-09", "due": "09:00", "punched": "09:10:00"}
    assert lines[1].values == {"times": "09:30:00, 18:00:00"}
    assert lines[2].values == {"start": "09:10", "end": "11:00"}


def test_half_a_day_of_absence_names_the_outing_too() -> None:
    person = hire("Y001")
    work(person, but=["11-09"])
    outing(person, "11-09 09:00", "11-09 11:00")
    charge = assessed()["ATT-4/Y001/2026-11-09"]
    assert str(charge.amount) == "15.00"
    assert [line.table for line in charge.evidence] == ["punches", "outings"]


def test_on_a_day_off_and_on_a_trip_nothing_is_looked_at(she: Person) -> None:
    outing(she, "11-08 10:00", "11-08 11:00")  # a Sunday
    outing(she, "11-09 10:00", "11-09 10:30")
    travel(she, "11-09", "11-09")
    assert assessed().all == {}


def test_a_sunday_that_became_a_workday_is_judged_by_its_outing(she: Person) -> None:
    outing(she, "11-08 09:00", "11-08 18:00")
    declare("11-08", workday=True)
    assert assessed().of("ATT-2", "ATT-4") == LATE


def test_an_outage_excuses_everybody_it_touched(she: Person) -> None:
    other = hire("Y002")
    work(other, but=["11-09"])
    punch(other, "11-09 09:10", "11-09 17:00")
    outage("11-09 08:30", "11-09 09:15")
    assert assessed().of("ATT-2") == {"ATT-2/Y002/2026-11-09/out": "pay→pool 5.00"}


def test_taken_back_it_excuses_nothing(she: Person) -> None:
    outage("11-09 08:30", "11-09 09:15", taken_back_at=clock.now(), taken_back_why="was another")
    assert assessed().of("ATT-2") == LATE


def test_an_outage_of_several_days_touches_them_all(she: Person) -> None:
    other = hire("Y002")
    work(other, but=["11-10", "11-11", "11-12"])
    outage("11-10 09:00", "11-12 09:00")
    # On the 12th it ended before the day did.
    assert assessed().of("ATT-4") == {"ATT-4/Y002/2026-11-12": "pay→company 30.00"}


def test_an_outage_over_the_month_s_ends_touches_both_months() -> None:
    person = hire("Y001")
    work(person, but=["11-02", "11-30"])
    outage("10-31 00:00", "11-02 18:00")
    outage("11-30 09:00", "12-01 09:00")
    assert assessed().of("ATT-4") == {}


def test_excess_leave_stays_an_absence(she: Person) -> None:
    take_leave(she, "11-16am..11-19pm")
    outage("11-16 00:00", "11-20 00:00")
    assert assessed().of("ATT-4") == {"ATT-4/Y001/2026-11-19": "pay→company 30.00"}


@pytest.mark.parametrize(
    ("team", "excused"), [("", True), ("one", True), ("two", False), ("One", False)]
)
def test_an_outage_of_a_team(she: Person, team: str, *, excused: bool) -> None:
    Person.objects.update(team="one")
    outage("11-09 08:30", "11-09 09:15", team)
    assert assessed().of("ATT-2") == ({} if excused else LATE)


@pytest.mark.parametrize(
    ("since", "excused"), [("11-09", False), ("11-10", True), ("11-08", False)]
)
def test_whose_team_it_was_on_that_day(she: Person, since: str, *, excused: bool) -> None:
    """From the day on she is in team two; before that she was in one."""
    Person.objects.update(team="two")
    for on, team in (("01-05", "one"), (since, "two")):
        PositionChange.objects.create(
            person=she,
            kind="transfer",
            from_on=day(on),
            roles="salesperson",
            team=team,
            base_salary=she.base_salary,
        )
    outage("11-09 08:30", "11-09 09:15", "one")
    assert assessed().of("ATT-2") == ({} if excused else LATE)


def test_before_the_day_is_over_nothing_is_judged(she: Person) -> None:
    outing(she, "11-09 10:00", "11-09 11:00")
    end = clock.end_of(day("11-09"))
    assert assessed(as_of=a_moment_before(end)).of("ATT-2") == {}
    assert assessed(as_of=end).of("ATT-2") == LATE


def test_a_month_of_both_is_read_in_as_many_statements(
    she: Person, django_assert_num_queries
) -> None:
    context = context_of(month=NOVEMBER, as_of=NOVEMBER.end)
    for n in range(2, 9):
        outing(hire(f"Y{n:03}"), "11-09 10:00", "11-09 11:00")
    outage("11-09 08:30", "11-09 09:15")
    with django_assert_num_queries(8):
        attendance_facts(context)
    outage("11-10 08:30", "11-10 09:15", "one")
    outage("11-11 08:30", "11-11 09:15", "two")
    with django_assert_num_queries(10):
        attendance_facts(context)
