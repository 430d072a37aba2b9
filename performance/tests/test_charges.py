"""Commission as the month's close finds it (COMM-1)."""

import pytest

from core.months import Month
from performance.charges import commission
from receivables.models import CutoffMonth
from tests.builders import (
    at,
    book,
    context,
    day,
    lines,
    order,
    payment,
    person,
    since_ever,
    slip,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return person()


@pytest.fixture
def slip_of_hers(her):
    return slip(order(her))


def earned(month="2026-10", as_of="2026-12-31 00:00", **policy):
    return lines(commission(context(month, as_of, **policy)).charges)


def hers(amount, month="2026-10"):
    return [(f"COMM-1/Y007/{month}", "company>pay", amount)]


def test_marginal_tiers_on_the_sum_of_all_money_handed_in(slip_of_hers):
    payment(slip_of_hers, "P1", amount="49999.75", handed_in="2026-10-20 17:00")
    payment(slip_of_hers, "P2", amount="0.50", received="2026-10-21 10:00", method="transfer")
    [found] = commission(context()).charges
    # 500.00 and 2 % of 0.25: half a fen, up.
    assert lines([found]) == hers("500.01")
    assert found.arithmetic.values == {
        "parts": "50000.00 × 0.01 + 0.25 × 0.02",
        "due": "500.01",
    }
    assert found.evidence[0].values == {
        "handed_in": "50000.25",
        "after": "2026-09-28 16:00",
        "cutoff": "2026-10-28 16:00",
    }
    assert found.policy_on == day("2026-10-28")


@pytest.mark.parametrize(
    ("handed_in", "month"),
    [
        pytest.param("2026-09-28 16:00", "2026-09", id="the last cutoff's instant"),
        pytest.param("2026-09-28 16:00:00.000001", "2026-10", id="a tick after it"),
        pytest.param("2026-10-28 16:00", "2026-10", id="this cutoff's instant"),
        pytest.param("2026-10-28 16:00:00.000001", "2026-11", id="a tick after this one"),
        pytest.param("2026-10-31 12:00", "2026-11", id="October's last days are November's"),
    ],
)
def test_money_earns_in_the_collection_month_it_was_handed_in(slip_of_hers, handed_in, month):
    payment(slip_of_hers, amount="1000.00", received="2026-09-10 10:00", handed_in=handed_in)
    months = [m for m in ("2026-09", "2026-10", "2026-11") if earned(m)]
    assert months == [month]
    assert earned(month) == hers("10.00", month)


def test_money_in_hand_earns_nothing(slip_of_hers):
    payment(slip_of_hers)
    assert earned() == []


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-10-28 15:59:59.999999", [], id="before the cutoff"),
        pytest.param("2026-10-28 16:00", hers("10.00"), id="at the cutoff"),
        pytest.param("2027-01-01 00:00", hers("10.00"), id="long after"),
    ],
)
def test_commission_is_due_from_the_cutoff_on(slip_of_hers, as_of, expected):
    payment(slip_of_hers, handed_in="2026-10-20 17:00")
    assert earned(as_of=as_of) == expected


def test_less_than_half_a_fen_is_no_charge(slip_of_hers):
    payment(slip_of_hers, amount="0.49", handed_in="2026-10-20 17:00")
    assert earned() == []


def test_commission_goes_to_whom_the_order_is(her):
    colleague = person("Y008")
    payment(slip(order(her), held_by=colleague), handed_in="2026-10-20 17:00")
    assert earned() == hers("10.00")


def test_each_has_their_own_tiers(her):
    payment(slip(order(her)), "P1", amount="40000.00", handed_in="2026-10-20 17:00")
    other = slip(order(person("Y008"), "O8"), "S8")
    payment(other, "P8", amount="40000.00", handed_in="2026-10-20 17:00")
    assert earned() == [
        ("COMM-1/Y007/2026-10", "company>pay", "400.00"),
        ("COMM-1/Y008/2026-10", "company>pay", "400.00"),
    ]


def test_an_order_of_somebody_who_sells_nothing_earns_nothing(her):
    manager = person("M001", roles="manager")
    payment(slip(order(manager), held_by=her), handed_in="2026-10-20 17:00")
    assert earned() == []


def test_whoever_has_left_earns_what_still_comes_in():
    gone = person(left="2026-09-30")
    payment(slip(order(gone)), received="2026-10-20 10:00", method="transfer")
    assert earned() == hers("10.00")


@pytest.mark.parametrize(
    ("change", "due"),
    [
        pytest.param("2026-10-28 commission_tiers inf:0.05", "50.00", id="new on the cutoff's day"),
        pytest.param("2026-10-29 commission_tiers inf:0.05", "10.00", id="new the day after"),
    ],
)
def test_the_tiers_of_the_cutoffs_day_count_for_the_whole_month(slip_of_hers, change, due):
    payment(slip_of_hers, received="2026-10-01 10:00", handed_in="2026-10-01 17:00")
    assert earned(policy=book(change)) == hers(due)


def test_a_boundary_taken_down_stays(slip_of_hers):
    CutoffMonth.objects.create(
        month=Month(2026, 10), after=at("2026-09-28 16:00"), cutoff=at("2026-10-28 16:00")
    )
    payment(slip_of_hers, received="2026-10-24 10:00", handed_in="2026-10-25 10:00")
    policy = since_ever("cutoff_day 20")
    assert earned(policy=policy) == hers("10.00")
    # Nor is it earned again by the month that follows.
    assert earned("2026-11", policy=policy) == []


def test_many_payments_take_no_more_statements(slip_of_hers, django_assert_num_queries):
    for n in range(30):
        payment(slip_of_hers, f"P{n}", handed_in="2026-10-20 17:00")
    read = context()
    # The month's boundaries, whose orders passed on, the payments.
    with django_assert_num_queries(3):
        assert lines(commission(read).charges) == hers("300.00")
