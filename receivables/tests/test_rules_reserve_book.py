"""The book of a reserve is its account, to the fen; what stands against a refund (RES-1, RES-2)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.months import Month
from receivables.rules.reserve_book import YearEnd, against_refund, book_lines, day_of
from tests.builders import case_fact, yuan

OCTOBER = Month(2026, 10)
ACCOUNTS = ("pay", "reserve", "company")


@dataclass(frozen=True)
class Moved:
    """An entry, as far as the book looks at it."""

    key: str
    rule: str = "RES-1"
    for_month: Month = OCTOBER
    policy_on: date = date(2026, 10, 31)
    source: str = "pay"
    target: str = "reserve"
    amount: Decimal = Decimal("150.00")
    reverses_id: int | None = None


def _shown(lines):
    return [(line.entry.key, str(line.amount), str(line.balance)) for line in lines]


def test_lines_come_in_the_order_in_which_it_happened():
    lines = book_lines(
        [
            Moved("RES-2/Y007/2026-10/refund", "RES-2", source="reserve", target="pay",
                  amount=yuan("1050.00")),
            Moved("RES-4/Y007/B1/2026-10-12/reserve", "RES-4", policy_on=date(2026, 10, 12),
                  source="reserve", target="company", amount=yuan("100.00")),
            Moved("RES-1/Y007/2026-10"),
            Moved("RES-1/Y007/opening/2026-10-01", source="company", amount=yuan("1000.00")),
        ]
    )  # fmt: skip
    assert _shown(lines) == [
        ("RES-1/Y007/opening/2026-10-01", "1000.00", "1000.00"),
        ("RES-4/Y007/B1/2026-10-12/reserve", "-100.00", "900.00"),
        ("RES-1/Y007/2026-10", "150.00", "1050.00"),
        ("RES-2/Y007/2026-10/refund", "-1050.00", "0.00"),
    ]


def test_what_was_taken_back_is_one_line_of_nothing():
    posted = Moved("RES-1/Y007/2026-10")
    back = Moved("RES-1/Y007/2026-10", source="reserve", target="pay", reverses_id=1)
    (line,) = book_lines([posted, back])
    assert (line.entry, line.amount, line.balance) == (posted, yuan("0.00"), yuan("0.00"))


def test_the_same_key_in_two_months_is_two_lines():
    two = [Moved("K"), Moved("K", for_month=Month(2026, 11), policy_on=date(2026, 11, 30))]
    assert [str(line.balance) for line in book_lines(two)] == ["150.00", "300.00"]


def test_the_day_is_the_one_the_key_names():
    assert day_of(Moved("RES-1/Y007/opening/2026-10-01")) == date(2026, 10, 1)
    assert day_of(Moved("RES-1/Y007/2026-10")) == date(2026, 10, 31)


DAYS = [date(2026, 10, 5), date(2026, 10, 31), date(2026, 12, 31), date(2027, 1, 1)]
WAYS = [(a, b) for a in ACCOUNTS for b in ACCOUNTS if a != b]
RULES = ("RES-1", "RES-2", "RES-4", "RES-6")


def _moved(on, rule, about, way, fen, reverses):
    source, target = way
    return Moved(
        f"{rule}/Y007/{about}", rule, Month.of(on), on, source, target,
        Decimal(fen).scaleb(-2), reverses,
    )  # fmt: skip


MOVES = st.builds(
    _moved,
    st.sampled_from(DAYS),
    st.sampled_from(RULES),
    st.sampled_from("abc"),
    st.sampled_from(WAYS),
    st.integers(1, 10**9),
    st.sampled_from([None, 1]),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MOVES, max_size=12))
def test_the_book_is_the_account_to_the_fen(moves):
    """Whatever was moved, taken back and moved again, in whatever order it was posted."""
    lines = book_lines(moves)
    account = sum(m.amount for m in moves if m.target == "reserve") - sum(
        m.amount for m in moves if m.source == "reserve"
    )
    assert sum(line.amount for line in lines) == account
    assert (lines[-1].balance if lines else 0) == account
    running = Decimal(0)
    for line in lines:
        running += line.amount
        assert line.balance == running
    assert [line.day for line in lines] == sorted(line.day for line in lines)


@pytest.mark.parametrize(
    ("case", "stands"),
    [
        pytest.param(
            case_fact(opened="2026-12-31", recovered="2026-12-31"), True, id="in the year"
        ),
        pytest.param(case_fact(opened="2025-03-01"), True, id="before, and still open"),
        pytest.param(case_fact(opened="2025-03-01", dead="2026-12-31"), False, id="ended by then"),
        pytest.param(case_fact(opened="2025-03-01", dead="2027-01-01"), True, id="ended after"),
        pytest.param(case_fact(opened="2027-01-01"), False, id="the next year's"),
    ],
)
def test_what_stands_against_a_refund_at_the_year_end(case, stands):
    assert bool(against_refund([case], 2026, None)) is stands


@pytest.mark.parametrize(
    ("case", "stands"),
    [
        pytest.param(case_fact(opened="2026-10-20"), True, id="opened on the last day"),
        pytest.param(case_fact(opened="2026-10-21"), False, id="opened after it"),
        pytest.param(case_fact(recovered="2026-10-20"), False, id="ended on it"),
        pytest.param(case_fact(recovered="2026-10-21"), True, id="ended after it"),
    ],
)
def test_what_stands_against_who_leaves(case, stands):
    assert bool(against_refund([case], 2026, date(2026, 10, 20))) is stands


def test_what_a_year_end_is_called():
    held, all_of_it = yuan("450.00"), yuan("450.00")
    assert YearEnd("Y007", held, all_of_it, yuan("22.50")).kind == "refunded"
    assert YearEnd("Y007", held).kind == "stays"
    assert YearEnd("Y007", yuan("0.00")).kind == "empty"
    assert YearEnd("Y007", held, left_on=date(2026, 10, 20)).kind == "left"
    assert YearEnd("Y007", held, all_of_it).stays == 0
