"""Base pay by workdays employed, and who counts as employed (PAY-2, ORG-2)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.months import Month
from payroll.rules import PersonFacts, base_for
from policy.workdays import Workdays

MONTH = Month(2026, 10)
# 18 workdays, from the 8th to the 30th; the 10th is a Saturday worked.
OCTOBER = Workdays().of(MONTH)
EVER = date(2020, 1, 1)


def person(
    hired_on: date = EVER, left_on: date | None = None, salary: str = "6000.00"
) -> PersonFacts:
    return PersonFacts("Y001", "field", hired_on, left_on, Decimal(salary))


def october(day: int) -> date:
    return date(2026, 10, day)


@pytest.mark.parametrize(
    ("hired_on", "left_on", "amount", "worked"),
    [
        pytest.param(EVER, None, "6000.00", 18, id="all month"),
        pytest.param(october(1), None, "6000.00", 18, id="hired on the 1st"),
        pytest.param(october(8), None, "6000.00", 18, id="hired on the first workday"),
        pytest.param(october(9), None, "5666.67", 17, id="a workday later"),  # 5666.666…
        pytest.param(october(10), None, "5333.33", 16, id="on a Saturday worked"),
        pytest.param(october(11), None, "5000.00", 15, id="on a Sunday"),
        pytest.param(october(12), None, "5000.00", 15, id="on the Monday after it"),
        pytest.param(october(30), None, "333.33", 1, id="on the last workday"),
        pytest.param(october(31), None, "0.00", 0, id="on the last day, a Saturday"),
        pytest.param(EVER, october(31), "6000.00", 18, id="left on the last day"),
        pytest.param(EVER, october(30), "6000.00", 18, id="left on the last workday"),
        pytest.param(EVER, october(29), "5666.67", 17, id="left a workday before"),
        pytest.param(EVER, october(8), "333.33", 1, id="left on the first workday"),
        pytest.param(EVER, october(7), "0.00", 0, id="left before the first workday"),
        pytest.param(october(12), october(23), "3333.33", 10, id="two weeks"),
        pytest.param(october(12), october(12), "333.33", 1, id="one day"),
    ],
)
def test_base_pay(hired_on: date, left_on: date | None, amount: str, worked: int) -> None:
    assert base_for(person(hired_on, left_on), OCTOBER) == (Decimal(amount), worked)


@pytest.mark.parametrize(
    ("salary", "workdays", "amount"),
    [
        # One workday employed of so many.
        ("0.01", 2, "0.01"),  # 0.005
        ("0.01", 3, "0.00"),  # 0.0033
        ("100.05", 2, "50.03"),  # 50.025
        ("100.03", 2, "50.02"),  # 50.015
        ("1000.00", 3, "333.33"),
        ("2000.00", 3, "666.67"),
        ("0.00", 3, "0.00"),
    ],
)
def test_half_a_fen_is_rounded_up(salary: str, workdays: int, amount: str) -> None:
    days = [october(12) + timedelta(days=n) for n in range(workdays)]
    assert base_for(person(left_on=days[0], salary=salary), days) == (Decimal(amount), 1)


def test_a_month_without_a_workday_pays_the_whole_salary() -> None:
    assert base_for(person(), []) == (Decimal("6000.00"), 0)


salaries = st.decimals(min_value=0, max_value=10**6, places=2)
some_days = st.integers(1, 31).map(october)


@settings(deadline=None)
@given(salaries, some_days)
def test_one_leaving_and_one_following_cost_one_salary(salary: Decimal, left_on: date) -> None:
    leaving, _ = base_for(person(left_on=left_on, salary=str(salary)), OCTOBER)
    following, _ = base_for(person(left_on + timedelta(days=1), salary=str(salary)), OCTOBER)
    # Each half is rounded by itself.
    assert abs(leaving + following - salary) <= Decimal("0.01")


@settings(deadline=None)
@given(salaries, some_days, some_days)
def test_staying_longer_never_pays_less(salary: Decimal, one: date, other: date) -> None:
    sooner, later = sorted((one, other))
    less, _ = base_for(person(left_on=sooner, salary=str(salary)), OCTOBER)
    more, _ = base_for(person(left_on=later, salary=str(salary)), OCTOBER)
    assert 0 <= less <= more <= salary


@pytest.mark.parametrize(
    ("hired_on", "left_on", "on_the_12th", "in_october", "all_october", "leaves"),
    [
        pytest.param(EVER, None, True, True, True, False, id="always here"),
        pytest.param(october(1), None, True, True, True, False, id="hired on the 1st"),
        pytest.param(october(2), None, True, True, False, False, id="hired on the 2nd"),
        pytest.param(october(12), None, True, True, False, False, id="hired that day"),
        pytest.param(october(13), None, False, True, False, False, id="hired the day after"),
        pytest.param(october(31), None, False, True, False, False, id="hired on the last day"),
        pytest.param(date(2026, 11, 1), None, False, False, False, False, id="hired afterwards"),
        pytest.param(EVER, october(31), True, True, True, True, id="left on the last day"),
        pytest.param(EVER, october(30), True, True, False, True, id="left on the 30th"),
        pytest.param(EVER, october(12), True, True, False, True, id="left that day"),
        pytest.param(EVER, october(11), False, True, False, True, id="left the day before"),
        pytest.param(EVER, october(1), False, True, False, True, id="left on the 1st"),
        pytest.param(EVER, date(2026, 9, 30), False, False, False, False, id="left before"),
        pytest.param(EVER, date(2026, 11, 1), True, True, True, False, id="leaves afterwards"),
        pytest.param(october(1), october(31), True, True, True, True, id="just October"),
    ],
)
def test_employed(
    hired_on: date,
    left_on: date | None,
    on_the_12th: bool,
    in_october: bool,
    all_october: bool,
    leaves: bool,
) -> None:
    facts = person(hired_on, left_on)
    assert facts.employed_on(october(12)) is on_the_12th
    assert facts.employed_in(MONTH) is in_october
    assert facts.employed_all(MONTH) is all_october
    assert facts.leaves_in(MONTH) is leaves
