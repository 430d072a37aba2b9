"""Goods not back by the end of the second calendar day after lending (GOOD-1, S9-4.8)."""

import pytest

from claims.models import Loan
from policy.models import PolicyParameter
from tests.builders import day, loan, person

pytestmark = pytest.mark.django_db


def overdue(on: str) -> bool:
    return Loan.objects.overdue(day(on)).exists()


@pytest.mark.parametrize(
    ("lent", "on", "found"),
    [
        pytest.param("2026-10-01 09:00", "2026-10-03", False, id="the second day: in time"),
        pytest.param("2026-10-01 09:00", "2026-10-04", True, id="the third"),
        pytest.param("2026-10-01 00:00", "2026-10-03", False, id="lent at midnight"),
        pytest.param("2026-10-01 23:59:59.999999", "2026-10-04", True, id="lent late at night"),
        pytest.param("2026-10-02 00:00", "2026-10-04", False, id="an instant later: a day later"),
        pytest.param("2026-10-02 10:00", "2026-10-05", True, id="over a weekend: calendar days"),
    ],
)
def test_the_end_of_the_second_day(lent, on, found):
    loan(person(), lent=lent, returned=None, condition="")
    assert overdue(on) is found


@pytest.mark.parametrize(
    ("returned", "on", "found"),
    [
        pytest.param("2026-10-03", "2026-10-04", False, id="back in time"),
        pytest.param("2026-10-06", "2026-10-05", True, id="late: until it is back"),
        pytest.param("2026-10-06", "2026-10-06", False, id="the day it is back"),
    ],
)
def test_what_is_back_is_not_overdue(returned, on, found):
    loan(person(), lent="2026-10-01 09:00", returned=returned)
    assert overdue(on) is found


@pytest.mark.parametrize(
    ("days", "found"), [("0", True), ("8", True), ("9", False), ("999999", False)]
)
def test_the_policy_of_the_day_counts(days, found):
    PolicyParameter.objects.create(
        effective_on=day("2026-10-10"), parameter="loan_days", value=days
    )
    loan(person(), lent="2026-10-01 09:00", returned=None, condition="")
    assert overdue("2026-10-10") is found
    assert overdue("2026-10-09")
