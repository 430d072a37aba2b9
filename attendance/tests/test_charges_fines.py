"""Late and early fines: five yuan an incident, from pay unless paid in cash (ATT-1, ATT-2)."""

import pytest

from accounts.models import Person
from attendance.querysets import attendance_facts
from attendance.tests.company import (
    NOVEMBER,
    a_moment_after,
    a_moment_before,
    assessed,
    explain,
    hire,
    instant,
    pay_cash,
    punch,
    rule_from,
    take_leave,
    travel,
    work,
)
from payroll.assessment import context_of

pytestmark = pytest.mark.django_db

IN = "ATT-2/Y001/2026-11-09/in"
OUT = "ATT-2/Y001/2026-11-09/out"
FROM_PAY, IN_CASH = "pay→pool 5.00", "cash→pool 5.00"


@pytest.fixture
def late() -> Person:
    """Came at 09:01 and went at 18:00 on Monday 9 November; else punctual all month."""
    person = hire("Y001")
    work(person, but=["11-09"])
    punch(person, "11-09 09:01", "11-09 18:00")
    return person


def test_a_punctual_month_costs_nothing() -> None:
    work(hire("Y001"))
    assert assessed().all == {}


def test_an_incident_is_taken_from_pay(late: Person) -> None:
    assert assessed().all == {IN: FROM_PAY}


def test_both_sides_of_a_day_are_two_incidents() -> None:
    person = hire("Y001")
    work(person, but=["11-09"])
    punch(person, "11-09 09:01", "11-09 17:59")
    assert assessed().all == {IN: FROM_PAY, OUT: FROM_PAY}


def test_a_fine_paid_in_cash_is_not_taken_from_pay(late: Person) -> None:
    pay_cash(late, "11-09", "in", at=instant("11-09 18:30"))
    assert assessed().all == {IN: IN_CASH}


@pytest.mark.parametrize(
    ("later", "line"),
    [
        pytest.param(a_moment_before, IN_CASH, id="just before"),
        pytest.param(lambda at: at, IN_CASH, id="at that instant"),
        pytest.param(a_moment_after, FROM_PAY, id="just after"),
    ],
)
def test_cash_counts_if_it_is_known_at_the_close(late: Person, later, line: str) -> None:
    pay_cash(late, "11-09", "in", at=later(NOVEMBER.end))
    assert assessed(as_of=NOVEMBER.end).all == {IN: line}


def test_cash_for_one_side_pays_for_that_side() -> None:
    person = hire("Y001")
    work(person, but=["11-09"])
    punch(person, "11-09 09:01", "11-09 17:59")
    pay_cash(person, "11-09", "out", at=instant("11-09 18:30"))
    assert assessed().all == {IN: FROM_PAY, OUT: IN_CASH}


def test_cash_for_no_incident_is_no_fine(late: Person) -> None:
    pay_cash(late, "11-10", "in", at=instant("11-10 18:30"))
    assert assessed().all == {IN: FROM_PAY}


@pytest.mark.parametrize(
    ("side", "status", "fined"),
    [
        ("in", "accepted", False),
        ("in", "pending", True),
        ("in", "rejected", True),
        ("out", "accepted", True),
    ],
)
def test_an_excuse_must_be_accepted_and_for_that_side(
    late: Person, side: str, status: str, fined: bool
) -> None:
    explain(late, "11-09", side, status)
    found = assessed()
    assert (IN in found.all) is fined
    assert found.at_fault == ({"Y001"} if fined else set())


@pytest.mark.parametrize("status", ["pending", "rejected", "cancelled"])
def test_only_approved_leave_shrinks_the_hours(late: Person, status: str) -> None:
    take_leave(late, "11-09am", status=status)
    assert assessed().all == {IN: FROM_PAY}


def test_leave_of_the_morning_covers_coming_late(late: Person) -> None:
    take_leave(late, "11-09am")
    assert assessed().all == {}


@pytest.mark.parametrize(
    ("status", "fined"),
    [("approved", False), ("pending", True), ("rejected", True), ("cancelled", True)],
)
def test_an_approved_trip_covers_the_day(late: Person, status: str, fined: bool) -> None:
    travel(late, "11-09", "11-09", status=status)
    assert (IN in assessed().all) is fined


@pytest.mark.parametrize(
    ("effective_on", "fine"),
    [
        pytest.param("11-08", "10.00", id="in force the day before"),
        pytest.param("11-09", "10.00", id="in force on the day"),
        pytest.param("11-10", "5.00", id="in force the day after"),
    ],
)
def test_the_fine_is_that_of_the_day(late: Person, effective_on: str, fine: str) -> None:
    rule_from(effective_on, "late_fine", "10")
    assert assessed().all == {IN: f"pay→pool {fine}"}
    assert f"{assessed()[IN].policy_on}" == "2026-11-09"


def test_two_fines_in_one_month(late: Person) -> None:
    punch(late, "11-16 18:10")
    rule_from("11-16", "work_end", "18:30")
    rule_from("11-16", "late_fine", "7.50")
    fines = assessed().of("ATT-2")
    assert fines.pop(IN) == FROM_PAY
    # From the 16th on, going at 18:10 or 18:00 is early, on each of 11 workdays.
    assert set(fines.values()) == {"pay→pool 7.50"}
    assert len(fines) == 11


def test_without_a_fine_there_is_no_charge_but_still_a_fault(late: Person) -> None:
    rule_from("11-01", "late_fine", "0")
    assert assessed().all == {}
    assert assessed().at_fault == {"Y001"}


@pytest.mark.parametrize(
    ("as_of", "judged"),
    [
        pytest.param("11-09 12:00", False, id="during the day"),
        pytest.param("11-09 23:59:59.999999", False, id="its last moment"),
        pytest.param("11-10 00:00", True, id="midnight"),
    ],
)
def test_a_day_is_judged_once_it_is_over(late: Person, as_of: str, judged: bool) -> None:
    assert (IN in assessed(as_of=instant(as_of)).all) is judged


def test_days_to_come_are_no_absence() -> None:
    hire("Y001")
    found = assessed(as_of=instant("11-04 00:00"))
    assert list(found.all) == ["ATT-4/Y001/2026-11-02", "ATT-4/Y001/2026-11-03"]


def test_punches_lie_on_the_companys_day() -> None:
    # 07:59 in Shanghai is still yesterday in UTC.
    person = hire("Y001")
    work(person, but=["11-02", "11-30"])
    punch(person, "11-02 07:59", "11-02 18:00", "11-30 07:59", "11-30 23:59:59")
    assert assessed().all == {}


def test_a_punch_after_midnight_belongs_to_the_next_day() -> None:
    person = hire("Y001")
    work(person, but=["11-09"])
    punch(person, "11-09 09:00", "11-10 00:00:00")
    assert assessed().all == {OUT: FROM_PAY}


def test_a_fine_tells_what_it_rests_on(late: Person) -> None:
    told = [(e.table, e.row, dict(e.values)) for e in assessed()[IN].evidence]
    row = "Y001 2026-11-09"
    assert told == [
        ("punches", row, {"date": "2026-11-09", "due": "09:00", "punched": "09:01:00"}),
        ("punches", row, {"times": "09:01:00, 18:00:00"}),
    ]


def test_as_many_queries_for_many_people_as_for_one(
    late: Person, django_assert_num_queries
) -> None:
    for n in range(2, 8):
        person = hire(f"Y{n:03}")
        punch(person, "11-09 09:05")
        take_leave(person, "11-10am..11-20pm")
        travel(person, "11-23", "11-25")
    context = context_of(month=NOVEMBER, as_of=NOVEMBER.end)
    with django_assert_num_queries(8):
        attendance_facts(context)
