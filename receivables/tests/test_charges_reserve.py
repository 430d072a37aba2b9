"""The reserve and dead debts as the month's close finds them (RES-1 to RES-6)."""

import pytest

from core.months import Month
from payroll.models import Entry
from payroll.rules import Account
from payroll.services import month_close
from receivables.charges.reserve import reserve
from receivables.exports import reserve_rows
from tests.builders import (
    HER,
    at,
    bad_debt,
    book,
    context,
    lines,
    order,
    payment,
    person,
    reserve_opening,
    since_ever,
    slip,
    yuan,
)

pytestmark = pytest.mark.django_db

DEPOSIT = ("RES-1/Y007/2026-10", "pay>reserve", "150.00")


@pytest.fixture
def her():
    return person()


@pytest.fixture
def bad_order(her):
    """10,000 yuan of goods delivered in March, nothing paid."""
    return order(her, "O1", delivered={"2026-03-01": "10000.00"})


def charged(month="2026-10", as_of="2026-12-31 00:00", *, held="0.00", **instead):
    openings = {(Account.RESERVE, HER): yuan(held)}
    return lines(reserve(context(month, as_of, openings=openings, **instead)).charges)


def close(month, as_of=None):
    closing = Month.parse(month)
    month_close(month=closing, as_of=at(as_of) if as_of else closing.end)


def standing(rule):
    """Entries that stand under a rule, as (month, key, from>to, yuan)."""
    rows = Entry.objects.standing().filter(rule=rule).order_by("for_month", "id")
    return [(str(e.for_month), e.key, f"{e.source}>{e.target}", str(e.amount)) for e in rows]


def reserves(month):
    return {no: str(balance) for no, balance in reserve_rows(Month.parse(month))}


# RES-1.


def test_everybody_employed_on_the_last_day_pays_in(her):
    person("Y001", hired="2026-10-31")
    person("Y002", left="2026-10-30")
    person("Y003", hired="2026-11-01")
    person("K001", roles="keeper")
    assert [key for key, *_rest in charged()] == ["RES-1/Y001/2026-10", "RES-1/Y007/2026-10"]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-10-31 23:59:59.999999", [], id="a tick before the month is over"),
        pytest.param("2026-11-01 00:00", [DEPOSIT], id="the month is over"),
    ],
)
def test_the_deposit_is_due_when_the_month_is_over(her, as_of, expected):
    assert charged(as_of=as_of) == expected


# The balance the company says stood.


@pytest.mark.parametrize(
    ("as_of", "month", "first", "expected"),
    [
        pytest.param(
            "2026-10-01", "2026-10", "2026-10", ["RES-1/Y007/opening/2026-10-01"], id="its month"
        ),
        pytest.param(
            "2026-10-20", "2026-10", "2026-08", ["RES-1/Y007/opening/2026-10-20"], id="mid-month"
        ),
        pytest.param(
            "2026-06-30",
            "2026-10",
            "2026-10",
            ["RES-1/Y007/opening/2026-10-01"],
            id="from before the books: their first month's first day",
        ),
        pytest.param("2026-06-30", "2026-10", "2026-09", [], id="taken in by an earlier month"),
        pytest.param("2026-11-01", "2026-10", "2026-10", [], id="a later month's"),
    ],
)
def test_the_balance_said_is_taken_in_once(her, as_of, month, first, expected):
    reserve_opening(her, as_of, "900.00")
    found = charged(month, first_month=Month.parse(first))
    assert [key for key, *_rest in found if "opening" in key] == expected


def test_a_balance_said_for_a_day_to_come_waits(her):
    reserve_opening(her, "2026-10-20", "900.00")
    assert charged(as_of="2026-10-19 23:59:59") == []
    assert charged(as_of="2026-10-20 00:00") == [
        ("RES-1/Y007/opening/2026-10-20", "company>reserve", "900.00")
    ]


# RES-4.


def test_a_cost_is_taken_from_the_reserve_then_from_pay(bad_order):
    bad_debt(bad_order, costs={"2026-10-12": "300.01", "2026-10-13": "100.00"})
    assert charged(held="151.00") == [
        ("RES-4/Y007/B1/2026-10-12/reserve", "reserve>company", "150.01"),
        ("RES-4/Y007/B1/2026-10-13/reserve", "reserve>company", "0.99"),
        ("RES-4/Y007/B1/2026-10-13/pay", "pay>company", "49.01"),
        DEPOSIT,
    ]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-10-11 23:59:59", [], id="the evening before"),
        pytest.param("2026-10-12 00:00", ["RES-4/Y007/B1/2026-10-12/reserve"], id="its day"),
    ],
)
def test_a_cost_counts_as_it_arises(bad_order, as_of, expected):
    bad_debt(bad_order, costs={"2026-10-12": "100.00"})
    assert [key for key, *_rest in charged(as_of=as_of, held="900.00")] == expected


@pytest.mark.parametrize("on", ["2026-09-30", "2026-11-01"])
def test_a_cost_belongs_to_its_own_month(bad_order, on):
    bad_debt(bad_order, costs={on: "100.00"})
    assert charged(held="900.00") == [DEPOSIT]


def test_the_cost_is_the_orders_salespersons_alone(her, bad_order):
    other = person("Y008")
    slip(bad_order, held_by=other)
    bad_debt(bad_order, costs={"2026-10-12": "100.00"})
    found = charged(held="900.00")
    assert [key for key, *_rest in found if key.startswith("RES-4")] == [
        "RES-4/Y007/B1/2026-10-12/reserve"
    ]


def test_two_costs_on_one_day_in_the_order_of_their_cases(her, bad_order):
    bad_debt(bad_order, "B9", costs={"2026-10-12": "100.00"})
    bad_debt(order(her, "O2"), "B10", costs={"2026-10-12": "100.00"})
    assert charged(held="70.00")[:3] == [
        ("RES-4/Y007/B10/2026-10-12/reserve", "reserve>company", "50.00"),
        ("RES-4/Y007/B9/2026-10-12/reserve", "reserve>company", "20.00"),
        ("RES-4/Y007/B9/2026-10-12/pay", "pay>company", "30.00"),
    ]


# RES-6.


def test_the_month_a_debt_dies(bad_order):
    bad_debt(bad_order, dead="2026-10-20", costs={"2026-10-12": "100.01", "2026-10-25": "40.00"})
    paid = slip(bad_order)
    payment(paid, "P1", amount="2500.00", received="2026-04-01 10:00", handed_in="2026-04-01 17:00")
    payment(paid, "P2", amount="0.50", received="2026-10-20 23:00", handed_in="2026-10-20 23:59:59")
    payment(paid, "P3", amount="99.00", received="2026-10-20 10:00", handed_in="2026-10-21 00:00")
    payment(paid, "P4", amount="1.00", received="2026-10-26 10:00", method="transfer")
    payment(paid, "P5", amount="33.00", received="2026-10-26 10:00")
    payment(paid, "P6", amount="7.00", received="2026-10-26 10:00", handed_in="2026-11-01 00:00")
    assert charged(held="30.00") == [
        ("RES-4/Y007/B1/2026-10-12/reserve", "reserve>company", "30.00"),
        ("RES-4/Y007/B1/2026-10-12/pay", "pay>company", "20.01"),
        ("RES-6/Y007/B1/costs/reserve", "company>reserve", "30.00"),
        ("RES-6/Y007/B1/costs/pay", "company>pay", "20.01"),
        DEPOSIT,
        ("RES-6/Y007/B1/debt", "pay>company", "7499.50"),
        ("RES-6/Y007/B1/credit/2026-10", "company>pay", "100.00"),
    ]
    assert charged("2026-11", held="30.00") == [
        ("RES-1/Y007/2026-11", "pay>reserve", "150.00"),
        ("RES-6/Y007/B1/credit/2026-11", "company>pay", "7.00"),
    ]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-10-19 23:59:59", [], id="not dead yet"),
        pytest.param("2026-10-20 00:00", ["RES-6/Y007/B1/debt"], id="dead that day"),
    ],
)
def test_a_debt_dies_when_its_day_has_come(bad_order, as_of, expected):
    bad_debt(bad_order, dead="2026-10-20")
    assert [key for key, *_rest in charged(as_of=as_of)] == expected


def test_goods_count_by_the_day_they_were_delivered(her):
    late = order(her, delivered={"2026-10-20": "700.00", "2026-10-21": "300.00"})
    bad_debt(late, dead="2026-10-20")
    assert charged()[-1] == ("RES-6/Y007/B1/debt", "pay>company", "700.00")


def test_an_order_dies_once(her, bad_order):
    """A second case on the same order bears nothing more; its own costs are given back too."""
    bad_debt(bad_order, "B1", dead="2026-10-20")
    bad_debt(bad_order, "B2", dead="2026-10-25", costs={"2026-10-12": "100.00"})
    assert charged(held="50.00") == [
        ("RES-4/Y007/B2/2026-10-12/reserve", "reserve>company", "50.00"),
        ("RES-6/Y007/B2/costs/reserve", "company>reserve", "50.00"),
        DEPOSIT,
        ("RES-6/Y007/B1/debt", "pay>company", "10000.00"),
    ]


def test_an_overpaid_order_bears_and_credits_nothing(bad_order):
    bad_debt(bad_order, dead="2026-10-20")
    paid = slip(bad_order)
    payment(
        paid, "P1", amount="10500.00", received="2026-04-01 10:00", handed_in="2026-04-01 17:00"
    )
    payment(paid, "P2", amount="300.00", received="2026-10-25 10:00", handed_in="2026-10-25 17:00")
    assert charged() == [DEPOSIT]


@pytest.mark.parametrize(
    "switched_off",
    [
        pytest.param(since_ever("dead_debt_on no"), id="the burden alone"),
        pytest.param(book("2026-10-20 dead_debt_on no"), id="from the day it died"),
    ],
)
def test_the_burden_can_be_left_out(bad_order, switched_off):
    bad_debt(bad_order, dead="2026-10-20", costs={"2026-10-12": "100.00"})
    assert charged(held="900.00", policy=switched_off) == [
        ("RES-4/Y007/B1/2026-10-12/reserve", "reserve>company", "50.00"),
        DEPOSIT,
    ]


def test_the_whole_clause_can_be_left_out(bad_order):
    bad_debt(bad_order, dead="2026-10-20", costs={"2026-10-12": "100.00"})
    assert charged(held="900.00", policy=since_ever("reserve_on no")) == []


def test_what_the_books_took_in_earlier_months_is_given_back(her, bad_order):
    """August takes 80 from the reserve and 20.01 from pay; in October the debt dies."""
    reserve_opening(her, "2026-08-01", "80.00")
    case = bad_debt(bad_order, costs={"2026-08-12": "200.01", "2026-09-12": "60.00"})
    other = bad_debt(order(her, "O2"), "B2", costs={"2026-09-13": "20.00"})
    for month in ("2026-08", "2026-09"):
        close(month)
    assert [entry[1:] for entry in standing("RES-4")] == [
        ("RES-4/Y007/B1/2026-08-12/reserve", "reserve>company", "80.00"),
        ("RES-4/Y007/B1/2026-08-12/pay", "pay>company", "20.01"),
        ("RES-4/Y007/B1/2026-09-12/reserve", "reserve>company", "30.00"),
        ("RES-4/Y007/B2/2026-09-13/reserve", "reserve>company", "10.00"),
    ]
    case.outcome, case.outcome_on = "dead", at("2026-10-20").date()
    case.save(update_fields=["outcome", "outcome_on"])
    close("2026-10")
    assert [entry[1:] for entry in standing("RES-6")] == [
        ("RES-6/Y007/B1/costs/reserve", "company>reserve", "110.00"),
        ("RES-6/Y007/B1/costs/pay", "company>pay", "20.01"),
        ("RES-6/Y007/B1/debt", "pay>company", "10000.00"),
    ]
    assert other.outcome == ""
    # 80 + 3 × 150, less the 10 of the case that lives.
    assert reserves("2026-10") == {HER: "520.00"}


# RES-2.


def test_a_year_through_the_books(her):
    """Hired in September: four deposits, paid back in December with 5 % of 600."""
    her.hired_on = at("2026-09-15").date()
    her.save(update_fields=["hired_on"])
    for n in (9, 10, 11, 12):
        close(f"2026-{n:02}")
    assert standing("RES-2") == [
        ("2026-12", "RES-2/Y007/2026-12/refund", "reserve>pay", "600.00"),
        ("2026-12", "RES-2/Y007/2026-12/reward", "company>pay", "30.00"),
    ]
    assert reserves("2026-11") == {HER: "450.00"}
    assert reserves("2026-12") == {HER: "0.00"}


@pytest.mark.parametrize(
    ("whose", "refunded"),
    [pytest.param(HER, False, id="her own order's"), pytest.param("Y008", True, id="another's")],
)
def test_only_a_case_on_her_own_orders_keeps_her_reserve(her, whose, refunded):
    other = person("Y008")
    bad_debt(order(her if whose == HER else other), opened="2026-05-01", recovered="2026-06-01")
    found = charged("2026-12", "2027-01-01 00:00", held="1650.00")
    hers = [key for key, *_rest in found if key.startswith("RES-2/Y007")]
    both = ["RES-2/Y007/2026-12/refund", "RES-2/Y007/2026-12/reward"]
    assert hers == (both if refunded else [])


def test_a_case_closed_after_the_years_end_is_open_at_it_whenever_the_close_runs(bad_order):
    bad_debt(bad_order, opened="2025-06-01", recovered="2027-01-05")
    for as_of in ("2027-01-01 00:00", "2027-03-01 00:00"):
        assert [key for key, *_rest in charged("2026-12", as_of, held="1650.00")] == [
            "RES-1/Y007/2026-12"
        ]


def test_who_leaves_is_paid_back_in_the_month_of_leaving():
    person(left="2026-10-12")
    assert charged(held="1350.00") == [("RES-2/Y007/2026-10/refund", "reserve>pay", "1350.00")]
    assert charged("2026-11", held="0.00") == []


def test_who_leaves_with_an_open_case_is_not():
    bad_debt(order(person(left="2026-10-12")))
    assert charged(held="1350.00") == []


def test_more_cases_take_no_more_statements(her, django_assert_num_queries):
    for n in range(10):
        of = order(her, f"O{n}", delivered={"2026-03-01": "100.00"})
        bad_debt(of, f"B{n}", dead="2026-10-20", costs={"2026-10-12": "1.00"})
    read = context()
    with django_assert_num_queries(6):
        reserve(read)
