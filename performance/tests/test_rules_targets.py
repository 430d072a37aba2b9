"""What somebody is to bring in a period, and where it leads (TAR-1)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from performance.rules.periods import Period
from performance.rules.targets import Attainment, TargetFact, forecast, target_of
from tests.builders import yuan


def fact(contract=None, hired="2020-01-01", left=None, **own):
    named = {Period.parse(key.lstrip("_").replace("_", "-")): yuan(v) for key, v in own.items()}
    return TargetFact(
        date.fromisoformat(hired),
        date.fromisoformat(left) if left else None,
        None if contract is None else yuan(contract),
        named,
    )


@pytest.mark.parametrize(
    ("given_fact", "period", "target"),
    [
        pytest.param(fact(), "2026-Q3", None, id="nothing agreed: none"),
        pytest.param(fact("1200000"), "2026", "1200000.00", id="the contract's year"),
        pytest.param(fact("1200000"), "2026-Q3", "300000.00", id="a quarter of it"),
        pytest.param(fact("1200000"), "2026-02", "100000.00", id="a month: a twelfth"),
        pytest.param(fact("100000"), "2026-07", "8333.33", id="rounded to the fen"),
        pytest.param(fact("0"), "2026-07", "0.00", id="a contract of nothing is a word, too"),
        pytest.param(fact("1200000", hired="2026-09-16"), "2026-09", "50000.00", id="half of it"),
        pytest.param(fact("1200000", hired="2026-09-16"), "2026-Q3", "50000.00", id="the quarter"),
        pytest.param(fact("1200000", left="2026-08-31"), "2026-Q3", "200000.00", id="left in it"),
        pytest.param(fact("1200000", hired="2026-10-01"), "2026-Q3", "0.00", id="not here yet"),
        pytest.param(fact("1200000", _2026_Q3=400000), "2026-Q3", "400000.00", id="own word first"),
        pytest.param(fact("1200000", _2026_Q3=390000), "2026-07", "130000.00", id="its month"),
        pytest.param(fact("1200000", _2026_Q3=390000), "2026-Q4", "300000.00", id="the next"),
        pytest.param(
            fact(_2026=600000, hired="2026-07-01"), "2026-Q3", "300000.00",
            id="a year's word is for the months she is here",
        ),
        pytest.param(
            fact(_2026_07=1, _2026_08=2, _2026_09=4), "2026-Q3", "7.00", id="the sum of its months"
        ),
        pytest.param(
            fact("12", _2026_07=100, _2026_08=100), "2026-Q3", "3.00",
            id="one month missing: no sum of some",
        ),
        pytest.param(
            fact(_2026_Q1=1, _2026_Q2=2, _2026_Q3=3, _2026_Q4=4), "2026", "10.00",
            id="a year of quarters",
        ),
        pytest.param(fact(_2026=1200, _2026_Q3=600), "2026-08", "200.00", id="the shorter one"),
    ],
)  # fmt: skip
def test_the_closest_word_is_the_target(given_fact, period, target):
    found = target_of(given_fact, Period.parse(period))
    assert found == (None if target is None else Decimal(target))


@given(st.integers(0, 10**9).map(lambda fen: Decimal(fen) / 100))
def test_the_quarters_of_a_contract_make_its_year_but_for_the_rounding(amount):
    of = fact(amount)
    quarters = sum(target_of(of, Period.parse(f"2026-Q{n}")) for n in range(1, 5))
    assert abs(quarters - amount) <= Decimal("0.02")


@pytest.mark.parametrize(
    ("amount", "passed", "days", "expected"),
    [
        ("0", 0, 22, None),
        ("100", 1, 22, "2200.00"),
        ("100", 11, 22, "200.00"),
        ("100", 22, 22, "100.00"),
        ("100", 23, 22, "100.00"),
        ("100", 3, 7, "233.33"),
        ("0", 5, 22, "0.00"),
        ("5", 0, 0, None),
    ],
)
def test_a_forecast_goes_on_by_workdays(amount, passed, days, expected):
    found = forecast(yuan(amount), passed, days)
    assert found == (None if expected is None else Decimal(expected))


def test_attainment_is_told_in_percent_of_a_target_that_is_above_nothing():
    found = Attainment(yuan("300"), yuan("100"), yuan("450"))
    told = (found.handed_in_percent, found.signed_percent, found.missing)
    assert told == (Decimal("33.3"), Decimal("150.0"), yuan("200"))
    none = Attainment(None, yuan("100"), yuan("0"))
    assert (none.handed_in_percent, none.missing) == (None, None)
    assert Attainment(yuan("0"), yuan("100"), yuan("0")).handed_in_percent is None
    assert Attainment(yuan("50"), yuan("100"), yuan("0")).missing == 0


@pytest.mark.parametrize("text", ["2026", "2026-Q1", "2026-Q4", "2026-12", "1999-01"])
def test_a_period_is_read_as_it_is_written(text):
    assert str(Period.parse(text)) == text
    assert str(Period.parse(text).next().previous()) == text


@pytest.mark.parametrize("text", ["", "2026-Q5", "2026-13", "26", "2026-q1", "0001", "2026-Q1 "])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValidationError):
        Period.parse(text)


def test_periods_of_a_day():
    day = date(2026, 11, 27)
    of = [str(each(day)) for each in (Period.month_of, Period.quarter_of, Period.year_of)]
    assert of == ["2026-11", "2026-Q4", "2026"]
    assert Period.parse("2026-Q4").days == 92
    assert Period.parse("2026").holds(Period.parse("2026-Q4"))
    assert not Period.parse("2026-Q3").holds(Period.parse("2026-Q4"))
