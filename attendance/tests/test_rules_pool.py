"""The pool: split among those without fault, and not one fen appears or disappears (ATT-3)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.rules.pool import clean_people, share_out
from core.money import from_fen
from core.months import Month
from payroll.rules import PersonFacts
from policy.workdays import Workdays

# 8 October is the first workday, 30 October the last.
OCTOBER = Workdays().of(Month(2026, 10))
FEN = Decimal("0.01")


def person(no: str, hired_on: date = date(2020, 1, 1), left_on: date | None = None) -> PersonFacts:
    return PersonFacts(no, "field", hired_on, left_on, Decimal(6000))


@pytest.mark.parametrize(
    ("pool", "people", "share", "carried_out"),
    [
        pytest.param("30.00", 3, "10.00", "0.00", id="even"),
        pytest.param("10.00", 3, "3.33", "0.01", id="one fen over"),
        pytest.param("20.00", 3, "6.66", "0.02", id="rounded down, not half up"),
        pytest.param("5.00", 1, "5.00", "0.00", id="one gets all"),
        pytest.param("0.03", 3, "0.01", "0.00", id="a fen each"),
        pytest.param("0.02", 3, "0.00", "0.02", id="less than a fen each"),
        pytest.param("0.00", 3, "0.00", "0.00", id="nothing to share"),
        pytest.param("25.00", 0, "0.00", "25.00", id="nobody qualifies"),
        pytest.param("-5.00", 3, "0.00", "-5.00", id="corrections took more than there is"),
        pytest.param("-0.01", 1, "0.00", "-0.01", id="a fen below nothing"),
    ],
)
def test_shares(pool: str, people: int, share: str, carried_out: str) -> None:
    names = [f"Y{n:03}" for n in range(people)]
    shares = share_out(Decimal(pool), names)
    assert shares.share == Decimal(share)
    assert shares.carried_out == Decimal(carried_out)
    assert list(shares.people) == (names if Decimal(share) else [])


@settings(deadline=None)
@given(st.integers(-(10**9), 10**9), st.integers(0, 500))
def test_not_one_fen_is_lost(fen: int, people: int) -> None:
    pool = from_fen(fen)
    shares = share_out(pool, [str(n) for n in range(people)])
    assert shares.share * len(shares.people) + shares.carried_out == pool
    assert shares.share >= 0
    assert shares.share % FEN == 0


@settings(deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 500))
def test_no_more_stays_than_could_not_be_split(fen: int, people: int) -> None:
    shares = share_out(from_fen(fen), [str(n) for n in range(people)])
    assert 0 <= shares.carried_out < people * FEN


@settings(deadline=None)
@given(st.integers(-(10**6), 10**6), st.integers(0, 10**6), st.integers(0, 50))
def test_a_fuller_pool_never_gives_less(fen: int, more: int, people: int) -> None:
    names = [str(n) for n in range(people)]
    assert share_out(from_fen(fen), names).share <= share_out(from_fen(fen + more), names).share


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**5), st.integers(0, 9)), max_size=12))
def test_over_a_year_what_came_in_is_what_was_shared_and_what_is_left(
    months: list[tuple[int, int]],
) -> None:
    carried = shared = Decimal(0)
    for fen, people in months:
        shares = share_out(carried + from_fen(fen), [str(n) for n in range(people)])
        shared += shares.share * len(shares.people)
        carried = shares.carried_out
    assert shared + carried == from_fen(sum(fen for fen, _people in months))


@pytest.mark.parametrize(
    ("hired_on", "left_on", "qualifies"),
    [
        pytest.param(date(2020, 1, 1), None, True, id="always here"),
        pytest.param(date(2026, 10, 1), None, True, id="hired on the 1st"),
        pytest.param(date(2026, 10, 8), None, True, id="hired on the first workday"),
        pytest.param(date(2026, 10, 9), None, False, id="hired a workday later"),
        pytest.param(date(2026, 10, 31), None, False, id="hired on the last day"),
        pytest.param(date(2026, 11, 1), None, False, id="not hired yet"),
        pytest.param(date(2020, 1, 1), date(2026, 11, 1), True, id="leaves afterwards"),
        pytest.param(date(2020, 1, 1), date(2026, 10, 31), True, id="leaves on the last day"),
        pytest.param(date(2020, 1, 1), date(2026, 10, 30), True, id="on the last workday"),
        pytest.param(date(2020, 1, 1), date(2026, 10, 29), False, id="a workday earlier"),
        pytest.param(date(2020, 1, 1), date(2026, 10, 7), False, id="before the first workday"),
        pytest.param(date(2020, 1, 1), date(2026, 9, 30), False, id="left before"),
        pytest.param(date(2026, 10, 8), date(2026, 10, 30), True, id="just the workdays"),
    ],
)
def test_who_was_employed_on_every_workday(
    hired_on: date, left_on: date | None, qualifies: bool
) -> None:
    found = clean_people([person("Y001", hired_on, left_on)], frozenset(), OCTOBER)
    assert found == (("Y001",) if qualifies else ())


def test_who_is_at_fault_gets_nothing() -> None:
    people = [person("Y003"), person("Y001"), person("Y002")]
    assert clean_people(people, {"Y001"}, OCTOBER) == ("Y003", "Y002")
    assert clean_people(people, {"Y001", "Y002", "Y003"}, OCTOBER) == ()
    assert clean_people(people, {"Y009"}, OCTOBER) == ("Y003", "Y001", "Y002")
