"""Claims paid back, goods and property charged, as the month's close finds them."""

import pytest

from claims.charges import claims
from tests.builders import (
    book,
    context,
    damage,
    day,
    evidence_rows,
    expense,
    lines,
    loan,
    order,
    person,
    since_ever,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return person()


@pytest.fixture
def hers(her):
    """An order of 50,000: at most 1,000 a kind."""
    return order(her)


def charged(month="2026-10", as_of="2026-12-31 00:00", **policy):
    return lines(claims(context(month, as_of, **policy)).charges)


# EXP.


def test_travel_and_meals_are_paid_back(hers):
    expense(hers, "C1", amount="100.01")
    expense(hers, "C2", kind="meal", amount="100.01")
    assert charged() == [
        ("EXP-1/Y007/C1", "company>pay", "80.01"),
        ("EXP-2/Y007/C2", "company>pay", "60.01"),
    ]


def test_a_claim_explains_itself(hers):
    expense(hers, "C1", amount="1000.00", approved="2026-09-30")
    expense(hers, "C2", amount="500.00")
    [found] = claims(context()).charges
    assert found.arithmetic.values == {
        "cost": "500.00",
        "rate": "0.8",
        "share": "400.00",
        "cap": "1000.00",
        "earlier": "800.00",
        "gets": "200.00",
    }
    assert evidence_rows(found) == ["C2", "O1"]
    assert found.policy_on == day("2026-10-12")


@pytest.mark.parametrize(
    ("approved", "expected"),
    [
        pytest.param(None, False, id="not approved"),
        pytest.param("2026-09-30", False, id="the month before"),
        pytest.param("2026-10-01", True, id="the first"),
        pytest.param("2026-10-31", True, id="the last"),
        pytest.param("2026-11-01", False, id="the month after"),
    ],
)
def test_a_claim_belongs_to_the_month_of_its_approval(hers, approved, expected):
    expense(hers, approved=approved)
    assert bool(charged()) is expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-10-11 23:59:59", False, id="the evening before"),
        pytest.param("2026-10-12 00:00", True, id="its day"),
    ],
)
def test_a_claim_counts_from_the_day_it_is_approved(hers, as_of, expected):
    expense(hers, approved="2026-10-12")
    assert bool(charged(as_of=as_of)) is expected


def test_claims_of_earlier_months_used_the_cap(hers):
    expense(hers, "C9", amount="1000.00", approved="2026-09-10")
    expense(hers, "C8", amount="9000.00", approved="2026-11-10")
    expense(hers, "C1", amount="1000.00")
    assert charged("2026-09") == [("EXP-1/Y007/C9", "company>pay", "800.00")]
    assert charged("2026-10") == [("EXP-1/Y007/C1", "company>pay", "200.00")]
    assert charged("2026-11") == []


def test_a_colleagues_claim_on_the_order_used_the_cap(hers):
    expense(hers, "C1", who=person("Y008"), amount="1000.00", approved="2026-10-11")
    expense(hers, "C2", amount="1000.00")
    assert charged() == [
        ("EXP-1/Y008/C1", "company>pay", "800.00"),
        ("EXP-1/Y007/C2", "company>pay", "200.00"),
    ]


def test_a_claim_of_somebody_who_sells_nothing_uses_the_cap_and_is_no_charge(hers):
    expense(hers, "C1", who=person("K001", roles="keeper"), amount="1000.00")
    expense(hers, "C2", amount="1000.00")
    assert charged() == [("EXP-1/Y007/C2", "company>pay", "200.00")]


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        pytest.param(None, False, id="never"),
        pytest.param("2026-10-12", True, id="that day"),
        pytest.param("2026-10-13", False, id="the day after"),
    ],
)
def test_only_an_order_signed_by_then(her, signed, expected):
    expense(order(her, signed=signed), approved="2026-10-12")
    assert bool(charged()) is expected


def test_the_clause_can_be_left_out(hers):
    expense(hers)
    assert charged(policy=since_ever("expenses_on no")) == []


def test_the_limit_counts_the_months_paid_claims_on_all_orders(her):
    for n in range(1, 6):
        expense(order(her, f"O{n}", amount="20000.01"), f"C{n}", approved=f"2026-10-{n + 10}")
    expense(order(her, "O9", amount="20000.00"), "C0", approved="2026-10-01")
    limited = [key for key, *_rest in charged(policy=since_ever("expense_limit_on yes"))]
    assert limited == ["EXP-1/Y007/C1", "EXP-1/Y007/C2", "EXP-1/Y007/C3"]
    assert len(charged()) == 6


def test_what_the_limit_shut_out_in_an_earlier_month_left_the_cap_alone(her):
    """September's fourth claim got nothing, so October's on that order finds the whole cap."""
    for n in range(1, 5):
        of = order(her, f"O{n}")
        expense(of, f"C{n}", amount="1250.00", approved="2026-09-10")
    expense(of, "C5", amount="1250.00")
    policy = since_ever("expense_limit_on yes")
    assert charged(policy=policy) == [("EXP-1/Y007/C5", "company>pay", "1000.00")]
    assert charged() == []


def test_a_limit_switched_on_later_judges_earlier_months_as_they_were(her):
    policy = book("2026-10-01 expense_limit_on yes")
    small = order(her, amount="20000.00")
    expense(small, "C1", approved="2026-09-30")
    expense(small, "C2", approved="2026-10-01")
    assert charged("2026-09", policy=policy) == [("EXP-1/Y007/C1", "company>pay", "80.00")]
    assert charged("2026-10", policy=policy) == []


# GOOD-1.


@pytest.mark.parametrize(
    ("condition", "returned", "expected"),
    [
        pytest.param("", None, False, id="still out"),
        pytest.param("good", "2026-10-12", False, id="back in good order"),
        pytest.param("damaged", "2026-10-12", True, id="damaged"),
        pytest.param("lost", "2026-10-12", True, id="lost"),
        pytest.param("lost", "2026-09-30", False, id="found lost the month before"),
        pytest.param("lost", "2026-10-01", True, id="found lost on the first"),
        pytest.param("lost", "2026-10-31", True, id="found lost on the last"),
        pytest.param("lost", "2026-11-01", False, id="found lost the month after"),
    ],
)
def test_damaged_and_lost_goods_cost_their_price(her, condition, returned, expected):
    loan(her, condition=condition, returned=returned)
    assert charged() == ([("GOOD-1/Y007/L1", "pay>company", "888.00")] if expected else [])


def test_goods_worth_nothing_are_no_charge(her):
    loan(her, price="0.00", condition="lost")
    assert charged() == []


def test_goods_are_charged_when_the_day_has_come(her):
    loan(her, condition="lost", returned="2026-10-12")
    assert charged(as_of="2026-10-11 23:59:59") == []
    assert len(charged(as_of="2026-10-12 00:00")) == 1


def test_each_loan_stands_alone(her):
    loan(her, "L2", condition="lost", price="1.00")
    loan(her, "L10", condition="damaged", price="2.00")
    loan(person("K001", roles="keeper"), "L3", condition="lost")
    assert charged() == [
        ("GOOD-1/Y007/L10", "pay>company", "2.00"),
        ("GOOD-1/Y007/L2", "pay>company", "1.00"),
    ]


# GOOD-2.


@pytest.mark.parametrize("on_purpose", [False, True])
@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-09-30", False), ("2026-10-01", True), ("2026-10-31", True), ("2026-11-01", False)],
)
def test_broken_property_costs_its_cost_price(her, on, expected, on_purpose):
    damage(her, on=on, on_purpose=on_purpose)
    assert charged() == ([("GOOD-2/Y007/D1", "pay>company", "120.50")] if expected else [])


def test_the_evidence_says_whether_it_was_on_purpose(her):
    damage(her, "D1")
    damage(her, "D2", on_purpose=True)
    says = [found.evidence[0].text for found in claims(context()).charges]
    assert says == ["broken by accident on {date}", "broken on purpose on {date}"]


def test_more_claims_take_no_more_statements(hers, django_assert_num_queries):
    for n in range(20):
        expense(hers, f"C{n}", amount="1.00")
        loan(hers.person, f"L{n}", condition="lost")
        damage(hers.person, f"D{n}")
    read = context()
    with django_assert_num_queries(3):
        assert len(claims(read).charges) == 60
