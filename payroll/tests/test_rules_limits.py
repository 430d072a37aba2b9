"""What a month may bear for losses, and what goes on to later ones (PAY-4)."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import FEN, ZERO
from payroll.rules.limits import Carrying, MonthLimit, carry, month_limit
from policy.rules import Policy

D = Decimal


def fen(low: int = -300_000, high: int = 900_000) -> st.SearchStrategy[Decimal]:
    return st.integers(low, high).map(lambda n: n * FEN)


def limit(wage: str, losses: str, others: str = "0.00", minimum: str = "0.00") -> MonthLimit:
    return MonthLimit(D(wage), D(losses), D(others), D("0.20"), D(minimum))


@pytest.mark.parametrize(
    ("wage", "others", "minimum", "bearable"),
    [
        pytest.param("5000.00", "0.00", "0.00", "1000.00", id="a fifth"),
        pytest.param("5000.04", "0.00", "0.00", "1000.00", id="parts of a fen stay"),
        pytest.param("5000.05", "0.00", "0.00", "1000.01", id="a whole fen does not"),
        pytest.param("0.00", "0.00", "0.00", "0.00", id="no wage"),
        pytest.param("-150.00", "0.00", "0.00", "0.00", id="less than no wage"),
        pytest.param("5000.00", "4000.00", "0.00", "1000.00", id="minimum unchecked"),
        pytest.param("3000.00", "0.00", "2400.00", "600.00", id="down to the minimum"),
        pytest.param("3000.00", "0.01", "2400.00", "599.99", id="a fen less above it"),
        pytest.param("3000.00", "600.00", "2400.00", "0.00", id="fines leave just the minimum"),
        pytest.param("3000.00", "700.00", "2400.00", "0.00", id="fines leave less"),
    ],
)
def test_what_a_month_can_bear(wage: str, others: str, minimum: str, bearable: str) -> None:
    assert limit(wage, "0.00", others, minimum).bearable == D(bearable)


@pytest.mark.parametrize(
    ("taken", "over", "under"),
    [
        ("600.00", False, False),
        ("600.01", True, True),
        ("0.00", False, False),
        ("-50.00", False, False),
    ],
)
def test_what_is_marked(taken: str, over: bool, under: bool) -> None:
    found = limit("3000.00", taken, "0.00", "2400.00")
    assert (found.is_over_rate(D(taken)), found.is_under_minimum(D(taken))) == (over, under)


def test_a_month_of_fines_alone_is_marked_where_too_little_is_left() -> None:
    found = limit("2500.00", "0.00", "500.00", "2400.00")
    assert found.is_under_minimum(ZERO)
    assert not found.is_over_rate(ZERO)
    assert not limit("2500.00", "0.00", "500.00").is_under_minimum(ZERO)


LINES = {
    "BASE": D("4000.00"),
    "COMM-1": D("900.00"),
    "REW-1": D("100.00"),
    "LEA-4": D("-200.00"),
    "DIS-2": D("0.00"),
    "EXP-1": D("300.00"),  # paid back: no wage, and no deduction
    "RES-2": D("1800.00"),
    "ATT-3": D("12.00"),
    "ATT-2": D("-5.00"),
    "RES-1": D("-150.00"),
    "CUT-2": D("-500.00"),
    "GOOD-1": D("-80.00"),
    "GOOD-2": D("-20.00"),
    "RES-4": D("-400.00"),
    "RES-6": D("100.00"),
    "PAY-6": D("-700.00"),
    "PAY-4": D("33.00"),
}


def test_which_line_is_what() -> None:
    found = month_limit(LINES, Policy(minimum_wage=D("2490.00")), D(1) / 2)
    assert (found.wage, found.losses, found.others) == (D("4800.00"), D("400.00"), D("655.00"))
    assert (found.rate, found.minimum) == (D("0.20"), D("1245.00"))


@pytest.mark.parametrize(
    ("losses", "owed", "bearable", "over", "taken"),
    [
        pytest.param("0.00", "0.00", "100.00", "0.00", "0.00", id="nothing"),
        pytest.param("100.00", "0.00", "100.00", "0.00", "0.00", id="just what it can bear"),
        pytest.param("100.01", "0.00", "100.00", "0.01", "0.00", id="a fen more"),
        pytest.param("100.01", "50.00", "100.00", "0.01", "0.00", id="nothing of before as well"),
        pytest.param("60.00", "50.00", "100.00", "0.00", "40.00", id="then what was carried"),
        pytest.param("60.00", "30.00", "100.00", "0.00", "30.00", id="no more than that"),
        pytest.param("60.00", "50.00", "0.00", "60.00", "0.00", id="can bear nothing"),
        pytest.param("-30.00", "50.00", "0.00", "0.00", "30.00", id="given back: sets it off"),
        pytest.param("-80.00", "50.00", "0.00", "0.00", "50.00", id="given back: the rest is hers"),
        pytest.param("60.00", "50.00", None, "0.00", "50.00", id="no limit"),
    ],
)
def test_carrying(losses: str, owed: str, bearable: str | None, over: str, taken: str) -> None:
    found = carry(D(losses), D(owed), None if bearable is None else D(bearable))
    assert found == Carrying(D(over), D(taken))


MONTHS = st.lists(st.tuples(fen(), fen(0, 120_000)), max_size=12)


def walked(months: Sequence[tuple[Decimal, Decimal]]) -> list[tuple[Decimal, Decimal]]:
    """What is taken in each month, and what is owed after it."""
    found, owed = [], ZERO
    for losses, bearable in months:
        split = carry(losses, owed, bearable)
        owed += split.over - split.taken
        found.append((losses + split.taken - split.over, owed))
    return found


@given(MONTHS)
def test_nothing_appears_and_nothing_vanishes(months: list[tuple[Decimal, Decimal]]) -> None:
    losses = accumulate(losses for losses, _bearable in months)
    taken = accumulate(taken for taken, _owed in walked(months))
    owed = [owed for _taken, owed in walked(months)]
    assert [lost - had for lost, had in zip(losses, taken, strict=True)] == owed
    assert all(amount >= 0 for amount in owed)


@given(MONTHS)
def test_no_month_bears_more_than_it_can(months: list[tuple[Decimal, Decimal]]) -> None:
    for (losses, bearable), (taken, owed) in zip(months, walked(months), strict=True):
        assert taken <= bearable
        assert taken == bearable or owed == 0 or losses < 0


@given(MONTHS, fen(10_000, 50_000))
def test_months_that_can_bear_it_take_all_in_the_end(
    months: list[tuple[Decimal, Decimal]], bearable: Decimal
) -> None:
    owed = walked(months)[-1][1] if months else ZERO
    more = int(owed / bearable) + 1
    after = walked([*months, *([(ZERO, bearable)] * more)])
    assert after[-1][1] == 0


@given(fen(), fen(0), fen(0), fen(0))
def test_who_can_bear_more_owes_no_more(
    losses: Decimal, owed: Decimal, bearable: Decimal, more: Decimal
) -> None:
    less, rather = carry(losses, owed, bearable), carry(losses, owed, bearable + more)
    assert rather.over - rather.taken <= less.over - less.taken


@given(fen(), fen(0), fen(0))
def test_it_is_carried_or_taken_never_both(
    losses: Decimal, owed: Decimal, bearable: Decimal
) -> None:
    found = carry(losses, owed, bearable)
    assert found.over >= 0 <= found.taken
    assert not (found.over and found.taken)


@given(fen(), fen(0), fen(0), fen(0))
def test_what_it_bears_leaves_the_minimum_and_four_fifths(
    wage: Decimal, losses: Decimal, others: Decimal, minimum: Decimal
) -> None:
    found = MonthLimit(wage, losses, others, D("0.20"), minimum)
    taken = min(losses, found.bearable)
    assert not found.is_over_rate(taken)
    assert taken <= 0 or not found.is_under_minimum(taken)
