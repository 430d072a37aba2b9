"""Marginal tiers on money handed in, rounded once (COMM-1)."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.charges import _parts
from performance.rules.commission import standing
from policy.rules import Policy, marginal, parse_tiers
from tests.builders import yuan

DEFAULT = "50000:0.01;200000:0.02;inf:0.03"


@pytest.mark.parametrize(
    ("handed_in", "due"),
    [
        pytest.param("0.00", "0.00", id="nothing"),
        pytest.param("0.49", "0.00", id="0.49 fen: nothing"),
        pytest.param("0.50", "0.01", id="half a fen: up"),
        pytest.param("1.49", "0.01", id="1.49 fen: down"),
        pytest.param("1.50", "0.02", id="1.5 fen: up"),
        pytest.param("49999.99", "500.00", id="a fen under the first bound"),
        pytest.param("50000.00", "500.00", id="the first bound: all at 1 %"),
        pytest.param("50000.25", "500.01", id="half a fen over it at 2 %"),
        pytest.param("50000.24", "500.00", id="not quite half a fen"),
        pytest.param("50100.00", "502.00", id="a hundred over at 2 %"),
        pytest.param("123456.78", "1969.14", id="500 + 1469.1356"),
        pytest.param("200000.00", "3500.00", id="the second bound: 500 + 3000"),
        pytest.param("200000.16", "3500.00", id="0.48 fen over at 3 %"),
        pytest.param("200000.17", "3500.01", id="0.51 fen over at 3 %"),
        pytest.param("200100.00", "3503.00", id="a hundred over at 3 %"),
        pytest.param("1000000.00", "27500.00", id="a million: 500 + 3000 + 24000"),
    ],
)
def test_the_documents_tiers(handed_in, due):
    assert marginal(yuan(handed_in), Policy().commission_tiers) == yuan(due)


@pytest.mark.parametrize(
    ("tiers", "handed_in", "due"),
    [
        pytest.param("inf:0.02", "12345.67", "246.91", id="one rate: 246.9134"),
        pytest.param("inf:0", "12345.67", "0.00", id="no commission"),
        pytest.param("1000:0;inf:0.1", "1000.00", "0.00", id="nothing up to a thousand"),
        pytest.param("1000:0;inf:0.1", "1000.05", "0.01", id="half a fen above it"),
        pytest.param("100.50:0.5;inf:1", "101.00", "50.75", id="a bound with fen"),
        pytest.param(
            "0.33:0.005;0.66:0.005;inf:0.005",
            "1.00",
            "0.01",
            id="rounded once on the sum: three thirds of half a fen",
        ),
    ],
)
def test_other_tiers(tiers, handed_in, due):
    assert marginal(yuan(handed_in), parse_tiers(tiers)) == yuan(due)


@pytest.mark.parametrize(
    ("handed_in", "parts"),
    [
        pytest.param("0.00", [], id="nothing"),
        pytest.param("0.01", ["0.01 × 0.01"], id="a fen"),
        pytest.param("50000.00", ["50000.00 × 0.01"], id="the first bound"),
        pytest.param("50000.01", ["50000.00 × 0.01", "0.01 × 0.02"], id="a fen over it"),
        pytest.param("200000.00", ["50000.00 × 0.01", "150000.00 × 0.02"], id="the second bound"),
        pytest.param(
            "200000.10",
            ["50000.00 × 0.01", "150000.00 × 0.02", "0.10 × 0.03"],
            id="all three tiers",
        ),
    ],
)
def test_the_parts_a_salesperson_is_shown(handed_in, parts):
    assert _parts(yuan(handed_in), Policy()) == parts


def test_a_rate_is_shown_in_plain_digits():
    policy = Policy(commission_tiers=parse_tiers("10:0.10;20:1;inf:0.000001"))
    assert _parts(yuan("25.00"), policy) == ["10.00 × 0.1", "10.00 × 1", "5.00 × 0.000001"]


# Properties.

money = st.integers(0, 10**10).map(lambda n: Decimal(n).scaleb(-2))


@st.composite
def tier_tables(draw):
    bounds = sorted(draw(st.sets(st.integers(1, 300_000), max_size=4)))
    rates = [Decimal(draw(st.integers(0, 10_000))) / 10_000 for _ in range(len(bounds) + 1)]
    names = [*map(str, bounds), "inf"]
    return parse_tiers(
        ";".join(f"{name}:{rate:f}" for name, rate in zip(names, rates, strict=True))
    )


@given(money, money, tier_tables())
def test_more_money_never_earns_less(one, other, tiers):
    less, more = sorted([one, other])
    assert marginal(less, tiers) <= marginal(more, tiers)


@given(money, tier_tables())
def test_commission_never_exceeds_the_money(amount, tiers):
    assert 0 <= marginal(amount, tiers) <= amount


@given(money, st.integers(1, 199_999))
def test_a_bound_between_equal_rates_changes_nothing(amount, bound):
    assert marginal(amount, parse_tiers(f"{bound}:0.02;inf:0.02")) == marginal(
        amount, parse_tiers("inf:0.02")
    )


@given(money)
def test_the_parts_shown_add_up_to_what_is_paid(amount):
    """A reader with a pocket calculator comes to the same fen."""
    shown = [part.split(" × ") for part in _parts(amount, Policy())]
    assert sum((Decimal(share) for share, _rate in shown), Decimal(0)) == amount
    due = sum((Decimal(share) * Decimal(rate) for share, rate in shown), Decimal(0))
    assert due.quantize(Decimal("0.01"), ROUND_HALF_UP) == marginal(amount, parse_tiers(DEFAULT))


@pytest.mark.parametrize(
    ("handed_in", "missing", "rate", "following"),
    [
        pytest.param("0", "50000.00", "0.01", "0.02", id="nothing yet"),
        pytest.param("42800", "7200.00", "0.01", "0.02", id="7,200 more to the next tier"),
        pytest.param("49999.99", "0.01", "0.01", "0.02", id="a fen"),
        pytest.param(
            "50000", "150000.00", "0.02", "0.03", id="the bound is reached: the next yuan"
        ),
        pytest.param("199999.99", "0.01", "0.02", "0.03", id="a fen under the last"),
        pytest.param("200000", None, "0.03", None, id="the last tier has no end"),
    ],
)
def test_how_far_it_is_to_the_next_tier(handed_in, missing, rate, following):
    found = standing(yuan(handed_in), parse_tiers(DEFAULT))
    told = (found.missing, found.rate, found.next_rate)
    expected = [None if each is None else Decimal(each) for each in (missing, rate, following)]
    assert told == tuple(expected)
    assert found.due == marginal(yuan(handed_in), parse_tiers(DEFAULT))


@given(st.integers(0, 30_000_000).map(lambda fen: Decimal(fen) / 100))
def test_with_what_is_missing_the_next_rate_begins(handed_in):
    tiers = parse_tiers(DEFAULT)
    found = standing(handed_in, tiers)
    if found.missing is not None:
        assert found.missing > 0
        assert standing(handed_in + found.missing, tiers).rate == found.next_rate
