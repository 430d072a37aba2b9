"""Absence: 30 yuan a day, 15 a half; over 15 days in a month a finding (ATT-4, ATT-5)."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Person
from attendance.tests.company import (
    NOVEMBER,
    assessed,
    explain,
    hire,
    leave_type,
    punch,
    rule_from,
    take_leave,
    travel,
    work,
)
from policy.workdays import Workdays

pytestmark = pytest.mark.django_db

NINTH = "ATT-4/Y001/2026-11-09"
WHOLE, HALF = "pay→company 30.00", "pay→company 15.00"
WORKDAYS = [f"{d:%m-%d}" for d in Workdays().of(NOVEMBER)]


@pytest.fixture
def person() -> Person:
    """Punctual all month, but for Monday 9 November, of which nothing is known yet."""
    found = hire("Y001")
    work(found, but=["11-09"])
    return found


def test_no_punch_is_a_day_of_absence(person: Person) -> None:
    assert assessed().all == {NINTH: WHOLE}


@pytest.mark.parametrize(
    ("punches", "leave", "line"),
    [
        pytest.param("", "11-09am", HALF, id="the other half on leave"),
        pytest.param("", "11-09pm", HALF, id="the other half on leave, too"),
        pytest.param("13:00 18:00", "", HALF, id="came at lunch's end"),
        pytest.param("09:00 12:00", "", HALF, id="went at lunch's start"),
        pytest.param("", "11-09am..11-09pm", None, id="all day on leave"),
        pytest.param("13:00 18:00", "11-09am", None, id="came after the morning's leave"),
    ],
)
def test_half_days(person: Person, punches: str, leave: str, line: str | None) -> None:
    punch(person, *(f"11-09 {text}" for text in punches.split()))
    if leave:
        take_leave(person, leave)
    assert assessed().all == ({NINTH: line} if line else {})


def test_an_excuse_does_not_make_a_day_attended(person: Person) -> None:
    explain(person, "11-09", "in")
    explain(person, "11-09", "out")
    assert assessed().all == {NINTH: WHOLE}
    assert assessed().at_fault == {"Y001"}


def test_absence_and_an_incident_on_one_day(person: Person) -> None:
    punch(person, "11-09 13:00", "11-09 17:00")
    assert assessed().all == {NINTH: HALF, "ATT-2/Y001/2026-11-09/out": "pay→pool 5.00"}


@pytest.mark.parametrize(
    ("status", "line"),
    [("approved", None), ("pending", WHOLE), ("rejected", WHOLE), ("cancelled", WHOLE)],
)
def test_only_approved_leave_is_leave(person: Person, status: str, line: str | None) -> None:
    take_leave(person, "11-09am..11-09pm", status=status)
    assert assessed().all == ({NINTH: line} if line else {})


@pytest.mark.parametrize(
    ("on", "fine"), [("11-09", "40.00"), ("11-10", "30.00")], ids=["of the day", "a day later"]
)
def test_the_fine_is_that_of_the_day(person: Person, on: str, fine: str) -> None:
    rule_from(on, "absence_fine_per_day", "40")
    assert assessed().all == {NINTH: f"pay→company {fine}"}


def test_leave_past_the_allowance_is_absence() -> None:
    person = hire("Y001")
    work(person, but=["11-09", "11-10", "11-11", "11-12"])
    take_leave(person, "11-09am..11-12pm")
    found = assessed()
    assert found.all == {"ATT-4/Y001/2026-11-12": WHOLE}
    assert found.at_fault == {"Y001"}
    assert [(e.table, e.row) for e in found["ATT-4/Y001/2026-11-12"].evidence] == [
        ("leave", "Y001 personal 2026-11-09 am"),
        ("leave", "Y001 personal 2026-11-09 am"),
    ]


def test_half_a_day_past_the_allowance_still_shrinks_the_hours() -> None:
    person = hire("Y001")
    work(person, but=["11-09", "11-10", "11-11", "11-12"])
    punch(person, "11-12 13:00", "11-12 18:00")
    take_leave(person, "11-09am..11-12am")
    assert assessed().all == {"ATT-4/Y001/2026-11-12": HALF}


def test_half_a_day_past_the_allowance_and_half_a_day_not_there_are_one_day() -> None:
    person = hire("Y001")
    work(person, but=["11-09", "11-10", "11-11", "11-12"])
    take_leave(person, "11-09am..11-12am")
    found = assessed()
    assert found.all == {"ATT-4/Y001/2026-11-12": WHOLE}
    assert [e.table for e in found["ATT-4/Y001/2026-11-12"].evidence] == ["leave", "punches"]


def test_working_on_a_day_past_the_allowance_does_not_undo_it() -> None:
    person = hire("Y001")
    work(person, but=["11-09", "11-10", "11-11"])
    take_leave(person, "11-09am..11-12pm")
    assert assessed().all == {"ATT-4/Y001/2026-11-12": WHOLE}


def test_trip_days_are_not_looked_at() -> None:
    person = hire("Y001")
    work(person, but=["11-09", "11-10"])
    punch(person, "11-10 14:00")
    travel(person, "11-09", "11-10")
    assert assessed().all == {}
    assert assessed().at_fault == set()


def test_a_trip_over_two_months() -> None:
    person = hire("Y001")
    work(person, but=["11-02", "11-03", "11-30"])
    travel(person, "10-28", "11-03")
    travel(person, "11-30", "12-02")
    assert assessed().all == {}


def test_leave_on_a_trip_uses_the_allowance_and_is_no_absence() -> None:
    person = hire("Y001")
    work(person, but=["11-09", "11-10", "11-11", "11-12", "11-16"])
    travel(person, "11-09", "11-12")
    take_leave(person, "11-09am..11-12pm")
    take_leave(person, "11-16am..11-16pm")
    # The trip's fourth day would be past the allowance, but is not looked at; the 16th is.
    assert assessed().all == {"ATT-4/Y001/2026-11-16": WHOLE}


@pytest.mark.parametrize(
    ("hired_on", "left_on", "absent"),
    [
        pytest.param(date(2026, 11, 30), None, ["11-30"], id="hired on the last day"),
        pytest.param(date(2026, 11, 26), None, ["11-26", "11-27", "11-30"], id="in mid-month"),
        pytest.param(date(2026, 11, 28), None, ["11-30"], id="on a Saturday"),
        pytest.param(date(2020, 1, 1), date(2026, 11, 3), ["11-02", "11-03"], id="left"),
        pytest.param(date(2020, 1, 1), date(2026, 11, 1), [], id="left on a Sunday"),
        pytest.param(date(2026, 12, 1), None, [], id="hired afterwards"),
        pytest.param(date(2020, 1, 1), date(2026, 10, 31), [], id="left before"),
        pytest.param(date(2026, 11, 10), date(2026, 11, 10), ["11-10"], id="a single day"),
    ],
)
def test_only_days_employed_are_looked_at(
    hired_on: date, left_on: date | None, absent: list[str]
) -> None:
    hire("Y001", on=hired_on, left_on=left_on)
    assert list(assessed().of("ATT-4")) == [f"ATT-4/Y001/2026-{text}" for text in absent]


def findings() -> list[tuple[str, str, Decimal]]:
    return [(f.key, f.employee_no, f.days) for f in assessed().findings]


@pytest.mark.parametrize(
    ("whole", "half", "days"),
    [
        pytest.param(14, 1, None, id="14.5"),
        pytest.param(15, 0, None, id="15"),
        pytest.param(15, 1, "15.5", id="15.5"),
        pytest.param(16, 0, "16", id="16"),
        pytest.param(21, 0, "21", id="all"),
    ],
)
def test_more_than_fifteen_absent_days_are_a_finding(
    whole: int, half: int, days: str | None
) -> None:
    person = hire("Y001")
    work(person, but=WORKDAYS[: whole + half])
    punch(person, *(f"{d} {t}" for d in WORKDAYS[whole : whole + half] for t in ("13:00", "18:00")))
    expected = [("ATT-5/Y001/2026-11", "Y001", Decimal(days))] if days else []
    assert findings() == expected


def test_leave_past_the_allowance_counts_for_the_finding() -> None:
    person = hire("Y001")
    # 3 days stand, 12 are in excess, 4 without a word: 16.
    work(person, but=WORKDAYS[:19])
    take_leave(person, f"{WORKDAYS[0]}am..{WORKDAYS[14]}pm")
    assert findings() == [("ATT-5/Y001/2026-11", "Y001", Decimal(16))]


def test_the_days_of_the_finding_are_the_policys() -> None:
    work(hire("Y001"), but=WORKDAYS[:3])
    rule_from("11-30", "absence_dismissal_days", "2.5")
    assert findings() == [("ATT-5/Y001/2026-11", "Y001", Decimal(3))]


def test_a_finding_dismisses_nobody() -> None:
    hire("Y001")
    assessed()
    assert Person.objects.get().left_on is None


def test_leave_by_half_days_cannot_get_round_the_allowance() -> None:
    leave_type("study", "1", cap="1")
    person = hire("Y001")
    work(person, but=["11-09", "11-10", "11-11"])
    for text in ("11-09", "11-10", "11-11"):
        take_leave(person, f"{text}am", "study")
        take_leave(person, f"{text}pm", "study")
    assert assessed().all == {
        "ATT-4/Y001/2026-11-10": WHOLE,
        "ATT-4/Y001/2026-11-11": WHOLE,
    }
