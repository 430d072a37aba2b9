"""What of deliveries is unpaid, and since when it is escalated (DUE-1, S9-4.5)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import ZERO, from_fen, total
from policy.rules import PolicyBook
from receivables.rules.overdue import (
    Movement,
    OrderMoney,
    delivery_states,
    escalation_day,
)
from tests.builders import book, day, since_ever, yuan

BOOK = book()


def movements(told: str) -> list[Movement]:
    """Read `10-01 100, 10-05 50.00` as days of 2026 and yuan."""
    parts = [one.split() for one in told.split(",") if one]
    return [(day(f"2026-{on}"), yuan(amount)) for on, amount in parts]


def states(
    on: str, delivered: str, paid: str = "", *, dead: str = "", policy: PolicyBook = BOOK
) -> list[str]:
    """Each delivery as `10-01 unpaid 70.00, escalated 10-12, settled -`."""
    order = OrderMoney(
        movements(delivered),
        movements(paid),
        [day(f"2026-{one}") for one in dead.split(",") if one],
    )
    found = delivery_states(order, day(f"2026-{on}"), policy)
    return [
        f"{s.delivered_on:%m-%d} {s.unpaid} {_day(s.escalated_on)} {_day(s.settled_on)}"
        for s in found
    ]


def _day(on: date | None) -> str:
    return f"{on:%m-%d}" if on else "-"


@pytest.mark.parametrize(
    ("on", "paid", "found"),
    [
        pytest.param("10-01", "", [], id="the day itself: not yet"),
        pytest.param("10-02", "", ["10-01 100.00 - -"], id="the morning after"),
        pytest.param("10-02", "10-01 100", [], id="paid on its day: never unpaid"),
        pytest.param("10-02", "10-01 99.99", ["10-01 0.01 - -"], id="a fen short"),
        pytest.param("10-02", "10-02 100", ["10-01 100.00 - -"], id="today's money: tomorrow"),
        pytest.param("10-03", "10-02 100", ["10-01 0.00 - 10-02"], id="settled the day it came"),
        pytest.param("10-11", "", ["10-01 100.00 - -"], id="ten days: not past ten"),
        pytest.param("10-12", "", ["10-01 100.00 10-12 -"], id="the eleventh day"),
        pytest.param("10-15", "", ["10-01 100.00 10-12 -"], id="three days late: the same day"),
        pytest.param("10-15", "10-11 100", ["10-01 0.00 - 10-11"], id="paid on the tenth"),
        pytest.param("10-15", "10-12 100", ["10-01 0.00 10-12 10-12"], id="paid on the eleventh"),
        pytest.param("10-15", "10-05 40, 10-13 60", ["10-01 0.00 10-12 10-13"], id="in parts"),
        pytest.param("10-15", "09-01 100", [], id="paid beforehand"),
        pytest.param("10-15", "10-02 250", ["10-01 0.00 - 10-02"], id="more than was owed"),
    ],
)
def test_one_delivery_of_a_hundred_yuan(on, paid, found):
    assert states(on, "10-01 100", paid) == found


@pytest.mark.parametrize(
    ("paid", "found"),
    [
        pytest.param("", ["10-01 100.00 10-12 -", "10-05 50.00 10-16 -"], id="nothing"),
        pytest.param(
            "10-06 100", ["10-01 0.00 - 10-06", "10-05 50.00 10-16 -"], id="the first is paid first"
        ),
        pytest.param(
            "10-06 120", ["10-01 0.00 - 10-06", "10-05 30.00 10-16 -"], id="the rest to the second"
        ),
        pytest.param(
            "10-02 30, 10-20 120",
            ["10-01 0.00 10-12 10-20", "10-05 0.00 10-16 10-20"],
            id="one payment settles both",
        ),
        pytest.param("10-01 150", [], id="both beforehand"),
    ],
)
def test_money_pays_the_earliest_delivery_first(paid, found):
    assert states("10-25", "10-05 50, 10-01 100", paid) == found


def test_a_delivery_of_nothing_is_not_unpaid():
    assert states("10-25", "10-01 0") == []


def test_a_delivery_to_come_takes_no_money_from_those_before():
    assert states("10-05", "10-01 100, 10-20 100", "10-03 100") == ["10-01 0.00 - 10-03"]


@pytest.mark.parametrize(
    ("paid", "found"),
    [
        pytest.param("", "10-01 0.00 10-12 10-15", id="dead: nobody collects it"),
        pytest.param("10-20 60", "10-01 0.00 10-12 10-15", id="money after all changes nothing"),
        pytest.param("10-05 100", "10-01 0.00 - 10-05", id="paid before it died"),
    ],
)
def test_a_dead_debt_is_no_longer_collected(paid, found):
    after = "10-18 80.00 10-29 -"
    assert states("10-30", "10-01 100, 10-18 80", paid, dead="10-15") == [found, after]


def test_money_beyond_a_dead_debt_pays_what_came_later():
    found = states("10-30", "10-01 100, 10-18 80", "10-20 130", dead="10-15")
    assert found[1] == "10-18 50.00 10-29 -"


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [
        pytest.param([], "2026-10-12", id="the documents"),
        pytest.param(["2026-10-08 overdue_days 5"], "2026-10-08", id="shorter: at once"),
        pytest.param(["2026-10-03 overdue_days 5"], "2026-10-07", id="shorter, in time"),
        pytest.param(["2026-10-08 overdue_days 20"], "2026-10-22", id="longer before it came"),
        pytest.param(["2026-10-12 overdue_days 20"], "2026-10-22", id="longer from that very day"),
        pytest.param(["2026-10-13 overdue_days 20"], "2026-10-12", id="longer later: stays"),
        pytest.param(["2000-01-01 overdue_days 0"], "2026-10-02", id="no grace"),
        pytest.param(
            ["2026-10-05 overdue_days 30", "2026-10-09 overdue_days 3"], "2026-10-09", id="twice"
        ),
    ],
)
def test_each_day_is_judged_by_the_policy_in_force_on_it(policy, wanted):
    assert str(escalation_day(date(2026, 10, 1), book(*policy))) == wanted


def test_a_term_of_ages_is_no_error():
    assert escalation_day(date(2026, 10, 1), since_ever("overdue_days 999999")).year > 4000


# Properties.

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))
YUAN = st.integers(0, 50_000).map(from_fen)
DELIVERED = st.dictionaries(DAYS, YUAN, max_size=6).map(lambda found: list(found.items()))
PAID = st.lists(st.tuples(DAYS, YUAN.filter(bool)), max_size=8)
DEAD = st.lists(DAYS, max_size=2)
ORDERS = st.builds(OrderMoney, DELIVERED, PAID, DEAD)
TERMS = st.lists(st.tuples(DAYS, st.integers(0, 30)), max_size=3, unique_by=lambda each: each[0])
POLICIES = TERMS.map(
    lambda terms: PolicyBook.of((on, "overdue_days", str(days)) for on, days in terms)
)


def _until(found: list[Movement], before: date) -> Decimal:
    return total(amount for on, amount in found if on < before)


@given(DELIVERED, PAID, DAYS)
def test_what_is_unpaid_and_what_was_paid_is_what_was_delivered(delivered, paid, on):
    unpaid = total(s.unpaid for s in delivery_states(OrderMoney(delivered, paid), on, BOOK))
    assert unpaid == max(ZERO, _until(delivered, on) - _until(paid, on))


@given(ORDERS, DAYS, POLICIES)
def test_a_row_is_whole(order, on, policy):
    for state in delivery_states(order, on, policy):
        assert state.delivered_on < on
        assert 0 <= state.unpaid <= state.amount
        assert (state.unpaid == 0) is (state.settled_on is not None)
        assert state.settled_on is None or state.delivered_on < state.settled_on < on
        assert state.escalated_on is None or state.delivered_on < state.escalated_on <= on


@given(ORDERS, st.tuples(DAYS, YUAN.filter(bool)), DAYS)
def test_more_money_never_leaves_more_unpaid(order, more, on):
    def unpaid(found: OrderMoney) -> dict[date, Decimal]:
        return {s.delivered_on: s.unpaid for s in delivery_states(found, on, BOOK)}

    before = unpaid(order)
    after = unpaid(OrderMoney(order.delivered, [*order.handed_in, more], order.dead_on))
    assert set(after) <= set(before)
    assert all(after[since] <= before[since] for since in after)


@given(ORDERS, DAYS, st.integers(1, 20), POLICIES)
def test_a_later_day_takes_nothing_back(order, on, days, policy):
    later = {s.delivered_on: s for s in delivery_states(order, on + timedelta(days=days), policy)}
    for state in delivery_states(order, on, policy):
        then = later[state.delivered_on]
        assert state.escalated_on in (None, then.escalated_on)
        assert state.settled_on in (None, then.settled_on)


@given(ORDERS, DAYS, st.randoms())
def test_the_order_of_the_facts_does_not_matter(order, on, chance):
    shuffled = OrderMoney(
        *(
            chance.sample(part, len(part))
            for part in (order.delivered, order.handed_in, order.dead_on)
        )
    )
    assert delivery_states(shuffled, on, BOOK) == delivery_states(order, on, BOOK)


def _by_hand(delivered: list[Movement], paid: list[Movement], on: date) -> dict[date, Decimal]:
    """Fen by fen: each payment goes to the earliest delivery that is still owed."""
    owed = {since: amount for since, amount in sorted(delivered) if since < on}
    for _paid_on, amount in (payment for payment in paid if payment[0] < on):
        for since in owed:
            part = min(owed[since], amount)
            owed[since] -= part
            amount -= part
    return {since: amount for since, amount in owed.items() if amount}


@given(DELIVERED, PAID, DAYS)
def test_it_is_what_a_clerk_would_write(delivered, paid, on):
    found = delivery_states(OrderMoney(delivered, paid), on, BOOK)
    assert {s.delivered_on: s.unpaid for s in found if s.unpaid} == _by_hand(delivered, paid, on)
