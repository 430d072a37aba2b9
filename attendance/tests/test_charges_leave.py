"""Leave below full pay costs its share of base salary, and excess leave is not paid for twice."""

import pytest

from accounts.models import Person
from attendance.tests.company import (
    assessed,
    declare,
    hire,
    instant,
    leave_type,
    punch,
    rule_from,
    take_leave,
    travel,
    work,
)
from core.months import Month

pytestmark = pytest.mark.django_db

WEEK = ["11-09", "11-10", "11-11", "11-12", "11-13"]
UNPAID = "LEA-4/Y001/2026-11/unpaid"


@pytest.fixture
def person() -> Person:
    """6300 yuan, 300 a workday; at work all November but the week of the 9th."""
    found = hire("Y001")
    work(found, but=WEEK)
    return found


@pytest.mark.parametrize(
    ("rate", "span", "line"),
    [
        pytest.param("0", "11-09am..11-13pm", "pay→company 1500.00", id="a week unpaid"),
        pytest.param("0.5", "11-09am..11-13pm", "pay→company 750.00", id="a week at half pay"),
        pytest.param("0.999999", "11-09am..11-13pm", None, id="less than half a fen"),
        pytest.param("1", "11-09am..11-13pm", None, id="a week at full pay"),
        pytest.param("0", "11-06pm..11-13pm", "pay→company 1650.00", id="over a weekend"),
    ],
)
def test_what_it_costs(person: Person, rate: str, span: str, line: str | None) -> None:
    leave_type("unpaid", rate)
    take_leave(person, span, "unpaid")
    # 1500 × 0.000001 = 0.0015 yuan rounds to nothing, and nothing is no charge.
    assert assessed().of("LEA-4") == ({UNPAID: line} if line else {})


def test_the_regulation_takes_nothing_for_leave_by_itself(person: Person) -> None:
    take_leave(person, "11-09am..11-11pm")
    take_leave(person, "11-12am..11-13pm", "sick")
    assert assessed().all == {}


def test_the_company_can_say_what_sick_leave_pays(person: Person) -> None:
    leave_type("sick", "0.8")
    take_leave(person, "11-09am..11-13pm", "sick")
    # 300 × 0.2 × 5
    assert assessed().all == {"LEA-4/Y001/2026-11/sick": "pay→company 300.00"}


def test_it_is_rounded_once_for_all_days_of_a_type() -> None:
    leave_type("unpaid", "0")
    person = hire("Y001", base_salary="100.00")
    work(person, but=WEEK[:3])
    take_leave(person, "11-09am..11-09pm", "unpaid")
    take_leave(person, "11-10am..11-11pm", "unpaid")
    # 100 × 3 ÷ 21 = 14.2857…; day by day it would be 3 × 4.76 = 14.28.
    found = assessed()
    assert found.all == {UNPAID: "pay→company 14.29"}
    assert [e.row for e in found[UNPAID].evidence] == [
        "Y001 unpaid 2026-11-09 am",
        "Y001 unpaid 2026-11-10 am",
    ]
    assert found[UNPAID].arithmetic.values["days"] == "3"


def test_each_type_is_a_line_of_its_own(person: Person) -> None:
    leave_type("unpaid", "0")
    leave_type("half", "0.5")
    take_leave(person, "11-09am..11-10am", "unpaid")
    take_leave(person, "11-10pm..11-13pm", "half")
    assert assessed().all == {
        UNPAID: "pay→company 450.00",  # 1.5 × 300
        "LEA-4/Y001/2026-11/half": "pay→company 525.00",  # 3.5 × 150
    }


def test_excess_leave_is_absence_and_not_deducted_besides(person: Person) -> None:
    leave_type("unpaid", "0", cap="2")
    take_leave(person, "11-09am..11-13pm", "unpaid")
    absent = "pay→company 30.00"
    assert assessed().all == {
        UNPAID: "pay→company 600.00",
        "ATT-4/Y001/2026-11-11": absent,
        "ATT-4/Y001/2026-11-12": absent,
        "ATT-4/Y001/2026-11-13": absent,
    }


def test_personal_leave_below_full_pay_is_deducted_within_its_allowance_alone(
    person: Person,
) -> None:
    leave_type("personal", "0.5")
    take_leave(person, "11-09am..11-13pm")
    absent = "pay→company 30.00"
    assert assessed().all == {
        "LEA-4/Y001/2026-11/personal": "pay→company 450.00",  # 3 × 150
        "ATT-4/Y001/2026-11-12": absent,
        "ATT-4/Y001/2026-11-13": absent,
    }


def test_the_allowance_changed_in_mid_month(person: Person) -> None:
    rule_from("11-11", "personal_leave_days", "1")
    take_leave(person, "11-09am..11-12pm")
    absent = "pay→company 30.00"
    assert assessed().all == {"ATT-4/Y001/2026-11-11": absent, "ATT-4/Y001/2026-11-12": absent} | {
        "ATT-4/Y001/2026-11-13": absent  # no leave at all on the 13th
    }


def test_on_a_trip_no_leave_is_deducted(person: Person) -> None:
    leave_type("unpaid", "0")
    take_leave(person, "11-09am..11-13pm", "unpaid")
    travel(person, "11-09", "11-11")
    assert assessed().all == {UNPAID: "pay→company 600.00"}


def test_leave_of_days_to_come_is_not_deducted_yet(person: Person) -> None:
    leave_type("unpaid", "0")
    take_leave(person, "11-09am..11-13pm", "unpaid")
    found = assessed(as_of=instant("11-11 00:00"))
    assert found.all == {UNPAID: "pay→company 600.00"}


def test_leave_of_a_day_not_employed_is_not_deducted() -> None:
    leave_type("unpaid", "0")
    person = hire("Y001", left_on=instant("11-10 12:00").date())
    work(person, but=WEEK)
    take_leave(person, "11-09am..11-13pm", "unpaid")
    assert assessed().all == {UNPAID: "pay→company 600.00"}


def test_leave_over_two_months_costs_each_its_own_share() -> None:
    leave_type("unpaid", "0")
    person = hire("Y001")
    take_leave(person, "10-29am..11-03am", "unpaid")
    october = assessed(Month(2026, 10)).of("LEA-4")
    # October has 18 workdays, November 21: 6300 × 2 ÷ 18, 6300 × 1.5 ÷ 21.
    assert october == {"LEA-4/Y001/2026-10/unpaid": "pay→company 700.00"}
    assert assessed().of("LEA-4") == {UNPAID: "pay→company 450.00"}


def test_a_holiday_declared_afterwards_makes_a_workday_dearer(person: Person) -> None:
    leave_type("unpaid", "0")
    take_leave(person, "11-09am..11-13pm", "unpaid")
    declare("11-13", workday=False)
    # 6300 × 4 ÷ 20
    assert assessed().all == {UNPAID: "pay→company 1260.00"}


def test_leave_of_a_morning_with_the_afternoon_worked(person: Person) -> None:
    leave_type("unpaid", "0")
    take_leave(person, "11-09am..11-13am", "unpaid")
    punch(person, "11-13 12:59", "11-13 18:00")
    assert assessed().all == {UNPAID: "pay→company 1350.00"}
