"""Reward leave: which days use which grant, what is left, what is short (LEA-3)."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.rules.days import Half
from attendance.rules.rewards import Grant, days_missing, reward_balance

DAY = date(2026, 11, 2)


def grant(key: int, days: str, first: int, last: int) -> Grant:
    """`first`, `last`: valid from that many days after the second of November to that many."""
    halves = int(Decimal(days) * 2)
    return Grant(key, halves, DAY + timedelta(days=first), DAY + timedelta(days=last))


def taken(*numbers: int) -> list[tuple[date, Half]]:
    return [(DAY + timedelta(days=n), half) for n in numbers for half in Half]


@pytest.mark.parametrize(
    ("grants", "days", "left", "uncovered"),
    [
        pytest.param([(1, "1", 0, 9)], [], {1: "1"}, "0", id="nothing taken"),
        pytest.param([(1, "1", 0, 9)], [3], {1: "0"}, "0", id="used"),
        pytest.param([(1, "1", 0, 9)], [3, 4], {1: "0"}, "1", id="beyond what was given"),
        pytest.param([(1, "1", 0, 9)], [10], {1: "1"}, "1", id="after its last day"),
        pytest.param([(1, "1", 2, 9)], [1], {1: "1"}, "1", id="before it was given"),
        pytest.param([(1, "1", 0, 9)], [9], {1: "0"}, "0", id="on its last day"),
        pytest.param([(1, "1", 0, 9), (2, "1", 0, 5)], [3], {1: "1", 2: "0"}, "0", id="first due"),
        pytest.param([(1, "1", 0, 9), (2, "1", 0, 5)], [3, 8], {1: "0", 2: "0"}, "0", id="both"),
        pytest.param(
            [(1, "0.5", 0, 9), (2, "0.5", 0, 9)], [3], {1: "0", 2: "0"}, "0", id="half and half"
        ),
    ],
)
def test_the_earliest_last_day_is_used_first(grants, days, left, uncovered):
    balance = reward_balance([grant(*each) for each in grants], taken(*days))
    assert {key: balance.days_left(key) for key in balance.left} == {
        key: Decimal(n) for key, n in left.items()
    }
    assert Decimal(len(balance.uncovered)) / 2 == Decimal(uncovered)


def test_what_a_file_took_beyond_is_not_held_against_a_request():
    grants = [grant(1, "1", 5, 9)]
    assert days_missing(grants, taken(1), taken(6)) == 0
    assert days_missing(grants, taken(1, 6), taken(7)) == 1


def test_an_earlier_request_that_pushes_another_out_is_short():
    """One day is left, and a later leave has it: whoever asks for an earlier day is told."""
    grants = [grant(1, "1", 0, 9)]
    assert days_missing(grants, taken(8), taken(2)) == 1


GRANTS = st.lists(
    st.tuples(st.integers(1, 6), st.integers(0, 12), st.integers(0, 10)), max_size=4
).map(
    lambda drawn: [
        Grant(n, halves, DAY + timedelta(days=first), DAY + timedelta(days=first + length))
        for n, (halves, first, length) in enumerate(drawn)
    ]
)
TAKEN = st.sets(st.tuples(st.integers(0, 20), st.sampled_from(Half)), max_size=8).map(
    lambda drawn: [(DAY + timedelta(days=n), half) for n, half in drawn]
)


@settings(max_examples=150, deadline=None)
@given(GRANTS, TAKEN)
def test_never_negative_and_nothing_is_lost(grants, halves):
    balance = reward_balance(grants, halves)
    assert all(left >= 0 for left in balance.left.values())
    used = sum(g.halves for g in grants) - sum(balance.left.values())
    assert used + len(balance.uncovered) == len(halves)


@settings(max_examples=150, deadline=None)
@given(GRANTS, TAKEN, st.integers(0, 3))
def test_more_given_never_covers_less(grants, halves, which):
    without = reward_balance([g for n, g in enumerate(grants) if n != which], halves)
    assert len(reward_balance(grants, halves).uncovered) <= len(without.uncovered)


@settings(max_examples=150, deadline=None)
@given(GRANTS, TAKEN, TAKEN)
def test_asking_never_gives_back(grants, halves, asked):
    assert 0 <= days_missing(grants, halves, asked) <= Decimal(len(asked)) / 2


@settings(max_examples=80, deadline=None)
@given(GRANTS, TAKEN)
def test_no_other_way_covers_more(grants, halves):
    """Hall's condition over every set of half days: what is covered is the most there can be."""
    short = 0
    for size in range(len(halves) + 1):
        for some in combinations(halves, size):
            useful = sum(g.halves for g in grants if any(g.is_valid_on(day) for day, _h in some))
            short = max(short, size - useful)
    assert len(reward_balance(grants, halves).uncovered) == short
