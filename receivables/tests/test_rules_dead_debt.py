"""The whole debt borne, and what comes in later credited up to it (RES-6)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.months import Month
from receivables.rules.reserve import DebtFacts, dead_debt
from tests.builders import case_fact, day, lines, yuan


def debt(dead="2026-10-20", *, delivered=(), handed_in=()) -> DebtFacts:
    return DebtFacts(
        case_fact(dead=dead),
        [(day(on), yuan(amount)) for on, amount in delivered],
        [(day(on), yuan(amount)) for on, amount in handed_in],
    )


def charged(facts: DebtFacts, month: str = "2026-10", through: str | None = None):
    of = Month.parse(month)
    return lines(dead_debt(facts, of, day(through) if through else of.last_day))


def borne(amount):
    return ("RES-6/Y007/B1/debt", "pay>company", amount)


def credit(month, amount):
    return (f"RES-6/Y007/B1/credit/{month}", "company>pay", amount)


GOODS = [("2026-03-01", "10000.00")]


@pytest.mark.parametrize(
    ("delivered", "handed_in", "expected"),
    [
        pytest.param(GOODS, [], [borne("10000.00")], id="nothing paid"),
        pytest.param(GOODS, [("2026-04-01", "9999.99")], [borne("0.01")], id="a fen unpaid"),
        pytest.param(GOODS, [("2026-04-01", "10000.00")], [], id="all paid"),
        pytest.param(GOODS, [("2026-04-01", "12000.00")], [], id="more paid than delivered"),
        pytest.param([], [], [], id="nothing delivered"),
        pytest.param(
            GOODS, [("2026-10-20", "4000.00")], [borne("6000.00")], id="money of the day counts"
        ),
        pytest.param(
            GOODS,
            [("2026-10-21", "4000.00")],
            [borne("10000.00"), credit("2026-10", "4000.00")],
            id="money of the next day is a credit",
        ),
        pytest.param(
            [*GOODS, ("2026-10-20", "500.00")], [], [borne("10500.00")], id="goods of the day count"
        ),
        pytest.param(
            [*GOODS, ("2026-10-21", "500.00")],
            [],
            [borne("10000.00")],
            id="goods of the next do not",
        ),
        pytest.param(
            [("2026-03-01", "10000.00"), ("2026-04-01", "-2500.00")],
            [],
            [borne("7500.00")],
            id="goods returned count against it",
        ),
        pytest.param(
            GOODS,
            [("2026-04-01", "9000.00"), ("2026-10-25", "700.00"), ("2026-10-30", "700.00")],
            [borne("1000.00"), credit("2026-10", "1000.00")],
            id="credited up to what was borne",
        ),
        pytest.param(
            GOODS,
            [("2026-04-01", "12000.00"), ("2026-10-25", "700.00")],
            [],
            id="an order overpaid bears and credits nothing",
        ),
    ],
)
def test_the_month_the_debt_dies(delivered, handed_in, expected):
    assert charged(debt(delivered=delivered, handed_in=handed_in)) == expected


def test_later_months_credit_what_comes_in_up_to_what_was_borne():
    facts = debt(
        delivered=GOODS,
        handed_in=[
            ("2026-05-01", "4000.00"),
            ("2026-10-31", "1000.00"),
            ("2026-11-01", "2000.00"),
            ("2026-11-30", "500.00"),
            ("2027-01-05", "2400.00"),
            ("2027-01-06", "900.00"),
            ("2027-02-01", "5000.00"),
        ],
    )
    assert charged(facts, "2026-09") == []
    assert charged(facts, "2026-10") == [borne("6000.00"), credit("2026-10", "1000.00")]
    assert charged(facts, "2026-11") == [credit("2026-11", "2500.00")]
    assert charged(facts, "2026-12") == []
    assert charged(facts, "2027-01") == [credit("2027-01", "2500.00")]
    assert charged(facts, "2027-02") == []


@pytest.mark.parametrize(
    ("through", "expected"),
    [
        pytest.param("2026-10-20", [borne("10000.00")], id="the day of death"),
        pytest.param("2026-10-24", [borne("10000.00")], id="the day before the money"),
        pytest.param(
            "2026-10-25", [borne("10000.00"), credit("2026-10", "700.00")], id="the money's day"
        ),
    ],
)
def test_only_what_has_come_is_credited(through, expected):
    facts = debt(delivered=GOODS, handed_in=[("2026-10-25", "700.00")])
    assert charged(facts, through=through) == expected


def test_a_debt_that_died_on_the_last_day_credits_from_the_first_of_the_next_month():
    facts = debt("2026-10-31", delivered=GOODS, handed_in=[("2026-11-01", "300.00")])
    assert charged(facts, "2026-10") == [borne("10000.00")]
    assert charged(facts, "2026-11") == [credit("2026-11", "300.00")]


# Properties.

fen = st.integers(1, 2_000_000).map(lambda n: Decimal(n).scaleb(-2))
days = st.integers(0, 400).map(lambda n: day("2026-03-01") + timedelta(days=n))
movements = st.lists(st.tuples(days, fen), max_size=8)
dying = st.builds(
    lambda dead, delivered, paid: DebtFacts(case_fact(dead=str(dead)), delivered, paid),
    days,
    movements,
    movements,
)
MONTHS = [Month(2026, n) for n in range(3, 13)] + [Month(2027, n) for n in range(1, 6)]


def sums(facts: DebtFacts) -> tuple[Decimal, Decimal]:
    """All that was ever borne and all that was ever credited, month by month."""
    found = [c for month in MONTHS for c in dead_debt(facts, month, month.last_day)]
    burden = sum((-c.on_pay for c in found if c.on_pay < 0), Decimal(0))
    return burden, sum((c.on_pay for c in found if c.on_pay > 0), Decimal(0))


@given(dying)
def test_credits_never_exceed_what_was_borne(facts):
    burden, credited = sums(facts)
    assert Decimal(0) <= credited <= burden


@given(dying)
def test_what_was_borne_and_not_credited_is_what_was_never_paid(facts):
    """In the end the salesperson is out of pocket by what the customer still owes of the debt."""
    burden, credited = sums(facts)
    dead = facts.case.outcome_on
    owed = sum((a for on, a in facts.delivered if on <= dead), Decimal(0))
    paid = sum((a for _on, a in facts.handed_in), Decimal(0))
    assert burden - credited == max(Decimal(0), min(burden, owed - paid))


@given(dying, days)
def test_more_money_never_costs_the_salesperson_more(facts, on):
    burden, credited = sums(facts)
    paid_more = DebtFacts(facts.case, facts.delivered, [*facts.handed_in, (on, Decimal("55.55"))])
    burden_then, credited_then = sums(paid_more)
    assert burden_then - credited_then <= burden - credited
