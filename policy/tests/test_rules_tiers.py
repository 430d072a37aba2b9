"""Marginal tiers: each yuan at the rate of the tier it lies in, rounded once (COMM-1)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.rules import DEFAULTS, Tier, marginal, parse_parameter

yuan = st.decimals(min_value=0, max_value=10**8, places=2)
rates = st.decimals(min_value=0, max_value=1, places=4)


@st.composite
def tier_lists(draw: st.DrawFn) -> tuple[Tier, ...]:
    bounds = sorted(draw(st.sets(yuan, max_size=5)))
    return tuple(Tier(bound, draw(rates)) for bound in [*bounds, None])


@pytest.mark.parametrize(
    ("amount", "due"),
    [
        ("0.00", "0.00"),
        ("0.49", "0.00"),  # 0.0049
        ("0.50", "0.01"),  # 0.005
        ("0.51", "0.01"),
        ("100.00", "1.00"),
        ("49999.99", "500.00"),  # 499.9999
        ("50000.00", "500.00"),
        ("50000.01", "500.00"),  # 500 + 0.0002
        ("50000.24", "500.00"),  # 500 + 0.0048
        ("50000.25", "500.01"),  # 500 + 0.005
        ("60000.00", "700.00"),  # 500 + 200
        ("199999.99", "3500.00"),  # 500 + 2999.9998
        ("200000.00", "3500.00"),  # 500 + 3000
        ("200000.16", "3500.00"),  # + 0.0048
        ("200000.17", "3500.01"),  # + 0.0051
        ("300000.00", "6500.00"),  # 500 + 3000 + 3000
        ("-100.00", "0.00"),
    ],
)
def test_the_default_tiers(amount: str, due: str) -> None:
    assert marginal(Decimal(amount), DEFAULTS.commission_tiers) == Decimal(due)


def test_rounded_once_on_the_sum_of_the_tiers() -> None:
    # 0.004 + 0.004 = 0.008: each tier rounded by itself would give nothing.
    tiers = parse_parameter("commission_tiers", "0.40:0.01;inf:0.02")
    assert marginal(Decimal("0.60"), tiers) == Decimal("0.01")


def test_a_tier_of_nothing_is_passed_by() -> None:
    tiers = parse_parameter("commission_tiers", "0:1;100:0;inf:0.5")
    assert marginal(Decimal(100), tiers) == Decimal("0.00")
    assert marginal(Decimal(102), tiers) == Decimal("1.00")


@settings(deadline=None)
@given(yuan, yuan, tier_lists())
def test_more_money_never_earns_less(one: Decimal, other: Decimal, tiers: tuple[Tier, ...]) -> None:
    less, more = sorted((one, other))
    assert marginal(less, tiers) <= marginal(more, tiers)


@settings(deadline=None)
@given(yuan, tier_lists())
def test_never_negative_and_never_more_than_the_money(
    amount: Decimal, tiers: tuple[Tier, ...]
) -> None:
    assert Decimal(0) <= marginal(amount, tiers) <= amount


@settings(deadline=None)
@given(yuan, st.sets(yuan, max_size=5))
def test_at_full_rates_every_fen_is_in_one_tier(amount: Decimal, bounds: set[Decimal]) -> None:
    tiers = [Tier(bound, Decimal(1)) for bound in sorted(bounds)]
    assert marginal(amount, [*tiers, Tier(None, Decimal(1))]) == amount


@settings(deadline=None)
@given(yuan, tier_lists(), st.integers(0, 5))
def test_cutting_a_tier_in_two_changes_nothing(
    amount: Decimal, tiers: tuple[Tier, ...], where: int
) -> None:
    index = where % len(tiers)
    above, floor = tiers[index], tiers[index - 1].up_to if index else Decimal(0)
    assert floor is not None
    middle = floor + 1 if above.up_to is None else (floor + above.up_to) / 2
    cut = (*tiers[:index], Tier(middle, above.rate), *tiers[index:])
    assert marginal(amount, cut) == marginal(amount, tiers)
