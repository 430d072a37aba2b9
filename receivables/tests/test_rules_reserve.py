"""One salesperson's reserve through a month (RES-1, RES-2, RES-4, RES-6)."""

from datetime import timedelta
from decimal import ROUND_CEILING, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.months import Month
from payroll.rules import Account
from receivables.rules.reserve import ReserveFacts, ReserveMonth, Taken, bears_dead
from tests.builders import (
    book,
    case_fact,
    cost_fact,
    day,
    evidence_rows,
    lines,
    person_fact,
    since_ever,
    yuan,
)

OCTOBER = "2026-10"


def month(
    opening="0.00",
    *,
    of=OCTOBER,
    person=None,
    said=None,
    cases=(),
    costs=(),
    taken=None,
    policy=None,
    is_over=True,
    waived=(),
) -> ReserveMonth:
    facts = ReserveFacts(
        person or person_fact(),
        opening=yuan(opening),
        said=(day(said[0]), yuan(said[1])) if said else None,
        cases=cases,
        costs=costs,
        taken_before=taken or {},
    )
    return ReserveMonth(facts, Month.parse(of), policy or book(), is_over, frozenset(waived))


def walked(opening="0.00", **facts):
    return lines(month(opening, **facts).walk())


def balance(opening="0.00", **facts) -> str:
    walking = month(opening, **facts)
    walking.walk()
    return str(walking.balance)


DEPOSIT = ("RES-1/Y007/2026-10", "pay>reserve", "150.00")


# RES-1: the monthly deposit.


@pytest.mark.parametrize(
    ("hired", "left", "deposits"),
    [
        pytest.param("2026-10-31", None, True, id="hired on the last day"),
        pytest.param("2026-11-01", None, False, id="hired the day after"),
        pytest.param("2026-10-01", "2026-11-01", True, id="leaves the day after"),
        pytest.param("2024-01-01", "2026-10-30", False, id="left the day before the last"),
        pytest.param("2024-01-01", "2026-09-30", False, id="left before the month"),
        pytest.param("2024-01-01", None, True, id="employed throughout"),
    ],
)
def test_who_is_employed_on_the_last_day_pays_in(hired, left, deposits):
    assert walked(person=person_fact(hired=hired, left=left)) == ([DEPOSIT] if deposits else [])


def test_who_leaves_on_the_last_day_pays_in_and_is_paid_back():
    assert walked("300.00", person=person_fact(left="2026-10-31")) == [
        DEPOSIT,
        ("RES-2/Y007/2026-10/refund", "reserve>pay", "450.00"),
    ]


def test_the_deposit_waits_for_the_end_of_the_month():
    assert walked(is_over=False) == []


@pytest.mark.parametrize(
    ("policy", "amount"),
    [
        pytest.param(book("2026-10-31 reserve_monthly 200"), "200.00", id="new on the last day"),
        pytest.param(book("2026-11-01 reserve_monthly 200"), "150.00", id="new the day after"),
        pytest.param(book("2026-10-01 reserve_monthly 0.01"), "0.01", id="a single fen"),
    ],
)
def test_the_version_of_the_last_day_says_how_much(policy, amount):
    assert walked(policy=policy) == [("RES-1/Y007/2026-10", "pay>reserve", amount)]


def test_a_deposit_of_nothing_is_no_charge():
    assert walked(policy=since_ever("reserve_monthly 0")) == []


def test_with_the_clause_switched_off_nothing_is_taken():
    facts = {"cases": [case_fact()], "costs": [cost_fact("100.00", "2026-10-12")]}
    assert walked("300.00", policy=since_ever("reserve_on no"), **facts) == []


def test_a_clause_switched_off_in_mid_month_spares_what_comes_after():
    case = case_fact()
    costs = [cost_fact("100.00", "2026-10-14", case), cost_fact("100.00", "2026-10-15", case)]
    assert walked("300.00", cases=[case], costs=costs, policy=book("2026-10-15 reserve_on no")) == [
        ("RES-4/Y007/B1/2026-10-14/reserve", "reserve>company", "50.00")
    ]


# RES-4: half of each legal cost.


@pytest.mark.parametrize(
    ("cost", "half"),
    [
        pytest.param("1000.00", "500.00", id="even"),
        pytest.param("1000.01", "500.01", id="an odd fen: rounded up"),
        pytest.param("1000.02", "500.01", id="two fen: exactly"),
        pytest.param("0.01", "0.01", id="a single fen is the salesperson's"),
        pytest.param("0.02", "0.01", id="two fen are shared"),
        pytest.param("999.99", "500.00", id="up to a whole yuan"),
    ],
)
def test_half_of_a_cost_rounded_up_comes_from_the_reserve(cost, half):
    found = walked("5000.00", costs=[cost_fact(cost, "2026-10-12")], is_over=False)
    assert found == [("RES-4/Y007/B1/2026-10-12/reserve", "reserve>company", half)]


@pytest.mark.parametrize(
    ("opening", "from_reserve", "from_pay"),
    [
        pytest.param("500.02", "500.01", None, id="a fen to spare"),
        pytest.param("500.01", "500.01", None, id="covered exactly"),
        pytest.param("500.00", "500.00", "0.01", id="a fen short"),
        pytest.param("0.01", "0.01", "500.00", id="a fen in it"),
        pytest.param("0.00", None, "500.01", id="empty"),
        pytest.param("-20.00", None, "500.01", id="below nothing is no source"),
    ],
)
def test_what_the_reserve_does_not_cover_is_taken_from_pay(opening, from_reserve, from_pay):
    expected = []
    if from_reserve:
        expected.append(("RES-4/Y007/B1/2026-10-12/reserve", "reserve>company", from_reserve))
    if from_pay:
        expected.append(("RES-4/Y007/B1/2026-10-12/pay", "pay>company", from_pay))
    assert walked(opening, costs=[cost_fact("1000.01", "2026-10-12")], is_over=False) == expected


def test_a_cost_of_nothing_is_no_charge():
    assert walked("300.00", costs=[cost_fact("0.00", "2026-10-12")], is_over=False) == []


def test_a_cost_before_the_last_day_cannot_use_the_months_deposit():
    assert walked("100.00", costs=[cost_fact("400.00", "2026-10-30")]) == [
        ("RES-4/Y007/B1/2026-10-30/reserve", "reserve>company", "100.00"),
        ("RES-4/Y007/B1/2026-10-30/pay", "pay>company", "100.00"),
        DEPOSIT,
    ]


def test_a_cost_on_the_last_day_uses_the_months_deposit():
    assert walked("100.00", costs=[cost_fact("400.00", "2026-10-31")]) == [
        DEPOSIT,
        ("RES-4/Y007/B1/2026-10-31/reserve", "reserve>company", "200.00"),
    ]


def test_two_costs_on_one_day_come_in_the_order_of_their_cases():
    first, second = case_fact("B10"), case_fact("B9")
    costs = [cost_fact("100.00", "2026-10-12", second), cost_fact("100.00", "2026-10-12", first)]
    assert walked("70.00", cases=[first, second], costs=costs, is_over=False) == [
        ("RES-4/Y007/B10/2026-10-12/reserve", "reserve>company", "50.00"),
        ("RES-4/Y007/B9/2026-10-12/reserve", "reserve>company", "20.00"),
        ("RES-4/Y007/B9/2026-10-12/pay", "pay>company", "30.00"),
    ]


def test_costs_come_by_day_before_they_come_by_case():
    first, second = case_fact("B1"), case_fact("B2")
    costs = [cost_fact("100.00", "2026-10-12", first), cost_fact("100.00", "2026-10-11", second)]
    assert walked("70.00", cases=[first, second], costs=costs, is_over=False) == [
        ("RES-4/Y007/B2/2026-10-11/reserve", "reserve>company", "50.00"),
        ("RES-4/Y007/B1/2026-10-12/reserve", "reserve>company", "20.00"),
        ("RES-4/Y007/B1/2026-10-12/pay", "pay>company", "30.00"),
    ]


def test_another_share_may_be_agreed_and_is_rounded_up_too():
    policy = book("2026-10-12 litigation_share 0.333")
    costs = [cost_fact("100.00", "2026-10-11"), cost_fact("100.01", "2026-10-12")]
    assert walked("5000.00", costs=costs, policy=policy, is_over=False) == [
        ("RES-4/Y007/B1/2026-10-11/reserve", "reserve>company", "50.00"),
        ("RES-4/Y007/B1/2026-10-12/reserve", "reserve>company", "33.31"),
    ]


def test_what_was_recovered_leaves_the_costs_where_they_are():
    case = case_fact(recovered="2026-10-20")
    costs = [cost_fact("100.00", "2026-10-12", case), cost_fact("60.00", "2026-10-25", case)]
    assert walked("300.00", cases=[case], costs=costs, is_over=False) == [
        ("RES-4/Y007/B1/2026-10-12/reserve", "reserve>company", "50.00"),
        ("RES-4/Y007/B1/2026-10-25/reserve", "reserve>company", "30.00"),
    ]


def test_a_cost_forgiven_leaves_its_money_for_the_next():
    costs = [cost_fact("100.00", "2026-10-12"), cost_fact("100.00", "2026-10-13")]
    kept = walked("50.00", costs=costs, waived=["RES-4/Y007/B1/2026-10-12/reserve"], is_over=False)
    assert kept == [("RES-4/Y007/B1/2026-10-13/reserve", "reserve>company", "50.00")]


# The balance the company says stood.


@pytest.mark.parametrize(
    ("books", "said", "expected"),
    [
        pytest.param("0.00", "900.00", ("company>reserve", "900.00"), id="nothing known"),
        pytest.param("450.00", "900.00", ("company>reserve", "450.00"), id="more than known"),
        pytest.param("900.00", "450.00", ("reserve>company", "450.00"), id="less than known"),
        pytest.param("900.00", "900.00", None, id="as known"),
        pytest.param("0.00", "0.00", None, id="nothing"),
    ],
)
def test_the_balance_said_is_what_stands(books, said, expected):
    found = walked(books, said=("2026-10-01", said), is_over=False)
    assert found == ([("RES-1/Y007/opening/2026-10-01", *expected)] if expected else [])


def test_a_balance_said_in_mid_month_stands_at_the_start_of_its_day():
    """What the costs before it took from pay stays taken; those of the day itself find it."""
    costs = [cost_fact("100.00", "2026-10-14"), cost_fact("100.00", "2026-10-15")]
    assert walked("30.00", said=("2026-10-15", "600.00"), costs=costs) == [
        ("RES-4/Y007/B1/2026-10-14/reserve", "reserve>company", "30.00"),
        ("RES-4/Y007/B1/2026-10-14/pay", "pay>company", "20.00"),
        ("RES-1/Y007/opening/2026-10-15", "company>reserve", "600.00"),
        ("RES-4/Y007/B1/2026-10-15/reserve", "reserve>company", "50.00"),
        DEPOSIT,
    ]


def test_a_balance_said_on_the_last_day_comes_before_the_deposit():
    assert balance("450.00", said=("2026-10-31", "600.00")) == "750.00"


# RES-6: a dead debt gives back what RES-4 took.


def test_what_the_costs_took_goes_back_to_where_it_came_from():
    case = case_fact(dead="2026-10-20")
    taken = {"B1": Taken(reserve=yuan("120.00"), pay=yuan("33.35"))}
    assert walked("0.00", cases=[case], taken=taken, is_over=False) == [
        ("RES-6/Y007/B1/costs/reserve", "company>reserve", "120.00"),
        ("RES-6/Y007/B1/costs/pay", "company>pay", "33.35"),
    ]


def test_costs_of_the_same_month_are_given_back_with_those_before():
    case = case_fact(dead="2026-10-20")
    costs = [cost_fact("100.01", "2026-10-12", case), cost_fact("10.00", "2026-10-20", case)]
    taken = {"B1": Taken(reserve=yuan("120.00"))}
    assert walked("30.00", cases=[case], costs=costs, taken=taken, is_over=False) == [
        ("RES-4/Y007/B1/2026-10-12/reserve", "reserve>company", "30.00"),
        ("RES-4/Y007/B1/2026-10-12/pay", "pay>company", "20.01"),
        ("RES-4/Y007/B1/2026-10-20/pay", "pay>company", "5.00"),
        ("RES-6/Y007/B1/costs/reserve", "company>reserve", "150.00"),
        ("RES-6/Y007/B1/costs/pay", "company>pay", "25.01"),
    ]


def test_money_given_back_is_there_for_the_next_cost():
    dead, other = case_fact("B1", dead="2026-10-20"), case_fact("B2")
    taken = {"B1": Taken(reserve=yuan("120.00"))}
    costs = [cost_fact("100.00", "2026-10-19", other), cost_fact("100.00", "2026-10-21", other)]
    assert walked("0.00", cases=[dead, other], costs=costs, taken=taken, is_over=False) == [
        ("RES-4/Y007/B2/2026-10-19/pay", "pay>company", "50.00"),
        ("RES-6/Y007/B1/costs/reserve", "company>reserve", "120.00"),
        ("RES-4/Y007/B2/2026-10-21/reserve", "reserve>company", "50.00"),
    ]


@pytest.mark.parametrize(
    "dead", [pytest.param("2026-10-11", id="this month"), pytest.param("2026-09-30", id="last")]
)
def test_a_cost_after_the_death_is_all_the_companys(dead):
    case = case_fact(dead=dead)
    assert walked(cases=[case], costs=[cost_fact("100.00", "2026-10-12", case)]) == [DEPOSIT]


def test_nothing_is_given_back_where_nothing_was_taken():
    assert walked("300.00", cases=[case_fact(dead="2026-10-20")], is_over=False) == []


def test_another_cases_costs_are_not_given_back():
    dead, other = case_fact("B1", dead="2026-10-20"), case_fact("B2")
    costs = [cost_fact("100.00", "2026-10-12", other)]
    assert walked("300.00", cases=[dead, other], costs=costs, is_over=False) == [
        ("RES-4/Y007/B2/2026-10-12/reserve", "reserve>company", "50.00")
    ]


def test_a_cost_forgiven_is_not_given_back():
    case = case_fact(dead="2026-10-20")
    costs = [cost_fact("100.00", "2026-10-12", case)]
    waived = ["RES-4/Y007/B1/2026-10-12/reserve"]
    assert walked("300.00", cases=[case], costs=costs, waived=waived, is_over=False) == []


def test_without_the_dead_debt_clause_costs_stay_shared_beyond_the_death():
    case = case_fact(dead="2026-10-12")
    costs = [cost_fact("100.00", "2026-10-11", case), cost_fact("60.00", "2026-10-13", case)]
    policy = since_ever("dead_debt_on no")
    assert walked("300.00", cases=[case], costs=costs, policy=policy, is_over=False) == [
        ("RES-4/Y007/B1/2026-10-11/reserve", "reserve>company", "50.00"),
        ("RES-4/Y007/B1/2026-10-13/reserve", "reserve>company", "30.00"),
    ]


@pytest.mark.parametrize(
    ("policy", "bears"),
    [
        pytest.param(book(), True, id="as the document says"),
        pytest.param(since_ever("dead_debt_on no"), False, id="the burden left out"),
        pytest.param(since_ever("reserve_on no"), False, id="the whole clause left out"),
        pytest.param(book("2026-10-12 dead_debt_on no"), False, id="left out from that day"),
        pytest.param(book("2026-10-13 dead_debt_on no"), True, id="left out from the next"),
    ],
)
def test_the_burden_is_in_force_on_the_day_the_debt_dies(policy, bears):
    assert bears_dead(policy, day("2026-10-12")) is bears


# RES-2: the year's end, and leaving.

DECEMBER = {"of": "2026-12"}
YEAR_END = [
    ("RES-1/Y007/2026-12", "pay>reserve", "150.00"),
    ("RES-2/Y007/2026-12/refund", "reserve>pay", "1800.00"),
    ("RES-2/Y007/2026-12/reward", "company>pay", "90.00"),
]


def test_a_year_without_a_case_is_paid_back_with_a_reward():
    """1650 and December's own 150, and 5 % of it."""
    assert walked("1650.00", **DECEMBER) == YEAR_END
    assert balance("1650.00", **DECEMBER) == "0.00"


@pytest.mark.parametrize(
    ("case", "refunded"),
    [
        pytest.param(case_fact(opened="2026-01-01"), False, id="opened this year, still open"),
        pytest.param(
            case_fact(opened="2026-01-01", recovered="2026-01-01"), False, id="over the same day"
        ),
        pytest.param(
            case_fact(opened="2026-12-31", recovered="2026-12-31"), False, id="on the last day"
        ),
        pytest.param(case_fact(opened="2025-12-31"), False, id="last year's, still open"),
        pytest.param(
            case_fact(opened="2025-12-31", recovered="2026-12-31"), True, id="closed that day"
        ),
        pytest.param(
            case_fact(opened="2025-12-31", recovered="2027-01-01"), False, id="closed a day late"
        ),
        pytest.param(
            case_fact(opened="2025-03-01", dead="2026-05-01"), True, id="last year's dead"
        ),
        pytest.param(
            case_fact(opened="2025-03-01", recovered="2025-12-31"), True, id="all of last year"
        ),
    ],
)
def test_a_case_in_the_year_keeps_the_reserve(case, refunded):
    assert walked("1650.00", cases=[case], **DECEMBER) == (YEAR_END if refunded else YEAR_END[:1])


@pytest.mark.parametrize("number", range(1, 12))
def test_no_other_month_pays_back(number):
    of = f"2026-{number:02}"
    assert walked("1650.00", of=of) == [(f"RES-1/Y007/{of}", "pay>reserve", "150.00")]


def test_whoever_came_on_the_last_day_of_the_year_is_refunded_too():
    assert walked(person=person_fact(hired="2026-12-31"), **DECEMBER) == [
        ("RES-1/Y007/2026-12", "pay>reserve", "150.00"),
        ("RES-2/Y007/2026-12/refund", "reserve>pay", "150.00"),
        ("RES-2/Y007/2026-12/reward", "company>pay", "7.50"),
    ]


@pytest.mark.parametrize(
    ("opening", "rate", "reward"),
    [
        pytest.param("0.10", "0.05", "0.01", id="half a fen: up"),
        pytest.param("0.09", "0.05", None, id="under half a fen: nothing"),
        pytest.param("0.29", "0.05", "0.01", id="1.45 fen: down"),
        pytest.param("0.30", "0.05", "0.02", id="1.5 fen: up"),
        pytest.param("1800.00", "0", None, id="no reward agreed"),
        pytest.param("1800.00", "0.08", "144.00", id="a better one"),
    ],
)
def test_the_reward_is_rounded_half_up(opening, rate, reward):
    policy = since_ever("reserve_monthly 0", f"reserve_reward_rate {rate}")
    found = walked(opening, policy=policy, **DECEMBER)
    assert found[0] == ("RES-2/Y007/2026-12/refund", "reserve>pay", opening)
    assert [amount for *_about, amount in found[1:]] == ([reward] if reward else [])


def test_an_empty_reserve_has_nothing_to_pay_back():
    assert walked("0.00", policy=since_ever("reserve_monthly 0"), **DECEMBER) == []


@pytest.mark.parametrize(
    ("left", "of", "expected"),
    [
        pytest.param(
            "2026-10-12",
            "2026-10",
            [("RES-2/Y007/2026-10/refund", "reserve>pay", "1650.00")],
            id="in mid-month: the balance, no deposit",
        ),
        pytest.param(
            "2026-12-31",
            "2026-12",
            [
                ("RES-1/Y007/2026-12", "pay>reserve", "150.00"),
                ("RES-2/Y007/2026-12/refund", "reserve>pay", "1800.00"),
            ],
            id="on the last day of the year: no reward",
        ),
        pytest.param(
            "2026-12-30",
            "2026-12",
            [("RES-2/Y007/2026-12/refund", "reserve>pay", "1650.00")],
            id="a day before the year's end: no reward",
        ),
        pytest.param("2027-01-01", "2026-12", YEAR_END, id="on the first of January: the reward"),
        pytest.param("2026-09-30", "2026-10", [], id="left before: nothing more"),
    ],
)
def test_who_leaves_is_paid_back_without_reward(left, of, expected):
    assert walked("1650.00", of=of, person=person_fact(left=left)) == expected


@pytest.mark.parametrize(
    ("case", "refunded"),
    [
        pytest.param(case_fact(opened="2026-10-12"), False, id="opened on the last day"),
        pytest.param(case_fact(opened="2026-10-13"), True, id="opened the day after"),
        pytest.param(case_fact(recovered="2026-10-12"), True, id="closed on the last day"),
        pytest.param(case_fact(recovered="2026-10-13"), False, id="closed the day after"),
        pytest.param(case_fact(opened="2026-02-02", recovered="2026-05-01"), True, id="long over"),
    ],
)
def test_an_open_case_keeps_a_leavers_reserve(case, refunded):
    found = walked("1650.00", cases=[case], person=person_fact(left="2026-10-12"))
    paid_back = [("RES-2/Y007/2026-10/refund", "reserve>pay", "1650.00")]
    assert found == (paid_back if refunded else [])


def test_a_leaver_in_december_with_a_case_of_the_year_but_none_open_is_paid_back():
    case = case_fact(opened="2026-02-02", recovered="2026-05-01")
    found = walked("1650.00", cases=[case], person=person_fact(left="2026-12-10"), **DECEMBER)
    assert found == [("RES-2/Y007/2026-12/refund", "reserve>pay", "1650.00")]


def test_a_debt_that_died_on_the_leavers_last_day_gives_back_before_the_refund():
    case = case_fact(dead="2026-10-12")
    taken = {"B1": Taken(reserve=yuan("100.00"))}
    found = walked("50.00", cases=[case], taken=taken, person=person_fact(left="2026-10-12"))
    assert found == [
        ("RES-6/Y007/B1/costs/reserve", "company>reserve", "100.00"),
        ("RES-2/Y007/2026-10/refund", "reserve>pay", "150.00"),
    ]


def test_a_year_end_cost_comes_before_the_refund():
    """Last year's case was closed in time; its last bill came on New Year's Eve."""
    case = case_fact(opened="2025-03-01", recovered="2026-12-01")
    costs = [cost_fact("100.01", "2026-12-31", case)]
    assert walked("1650.00", cases=[case], costs=costs, **DECEMBER) == [
        ("RES-1/Y007/2026-12", "pay>reserve", "150.00"),
        ("RES-4/Y007/B1/2026-12-31/reserve", "reserve>company", "50.01"),
        ("RES-2/Y007/2026-12/refund", "reserve>pay", "1749.99"),
        ("RES-2/Y007/2026-12/reward", "company>pay", "87.50"),
    ]


def test_the_refund_waits_for_the_end_of_the_month():
    assert walked("1650.00", is_over=False, **DECEMBER) == []


def test_every_charge_says_what_it_rests_on_and_which_day_counted():
    case = case_fact(dead="2026-10-20")
    costs = [cost_fact("100.00", "2026-10-12", case)]
    deposit_last = month("500.00", cases=[case], costs=costs, said=("2026-10-01", "600.00")).walk()
    assert [(c.rule, str(c.policy_on), evidence_rows(c)) for c in deposit_last] == [
        ("RES-1", "2026-10-31", ["Y007"]),
        ("RES-4", "2026-10-12", ["B1 2026-10-12", "B1"]),
        ("RES-6", "2026-10-20", ["B1"]),
        ("RES-1", "2026-10-31", ["Y007"]),
    ]


# Properties.

fen = st.integers(0, 300_000).map(lambda n: Decimal(n).scaleb(-2))
days = st.integers(0, 30).map(lambda n: day("2026-10-01") + timedelta(days=n))
cases = [case_fact(f"B{n}") for n in range(3)]
bills = st.dictionaries(st.tuples(st.integers(0, 2), days), fen, max_size=10).map(
    lambda found: [
        cost_fact(str(amount), str(on), cases[number]) for (number, on), amount in found.items()
    ]
)


def rounded_up_half(amount: Decimal) -> Decimal:
    return (amount / 2).quantize(Decimal("0.01"), rounding=ROUND_CEILING)


def effect(found, account) -> Decimal:
    """What charges do to an account."""
    return sum(
        (c.amount * ((c.target == account) - (c.source == account)) for c in found), Decimal(0)
    )


@given(fen, bills, st.booleans())
def test_the_reserve_never_falls_below_nothing(opening, costs, is_over):
    standing = opening
    for found in month(str(opening), cases=cases, costs=costs, is_over=is_over).walk():
        standing += effect([found], Account.RESERVE)
        assert standing >= 0


@given(fen, bills, st.booleans())
def test_reserve_and_pay_together_are_the_rounded_up_halves(opening, costs, is_over):
    found = month(str(opening), cases=cases, costs=costs, is_over=is_over).walk()
    for cost in costs:
        key = f"RES-4/Y007/{cost.case.case_no}/{cost.incurred_on}/"
        taken = sum((c.amount for c in found if c.key.startswith(key)), Decimal(0))
        assert taken == rounded_up_half(cost.amount)


@given(fen, bills)
def test_pay_is_touched_only_when_the_reserve_is_empty(opening, costs):
    walking = month(str(opening), cases=cases, costs=costs, is_over=False)
    standing = opening
    for found in walking.walk():
        assert found.source == Account.RESERVE or standing == 0
        standing += effect([found], Account.RESERVE)
    assert standing == walking.balance


@given(fen, bills)
def test_the_order_of_the_files_does_not_matter(opening, costs):
    one = walked(str(opening), cases=cases, costs=costs)
    assert walked(str(opening), cases=cases[::-1], costs=costs[::-1]) == one


@given(fen, bills, st.dictionaries(st.integers(0, 2), days, max_size=3))
def test_a_death_makes_the_costs_undone_to_the_fen(opening, costs, deaths):
    """With every case dead by the end, nobody has lost a fen to the lawyers but the company."""
    dying = [case_fact(f"B{n}", dead=str(deaths.get(n, day("2026-10-31")))) for n in range(3)]
    bills_of = [
        cost_fact(str(c.amount), str(c.incurred_on), dying[int(c.case.case_no[1:])]) for c in costs
    ]
    found = month(str(opening), cases=dying, costs=bills_of, is_over=False).walk()
    assert effect(found, Account.RESERVE) == 0
    assert effect(found, Account.PAY) == 0


@given(fen, bills, days, fen)
def test_a_balance_said_is_what_later_events_start_from(opening, costs, on, said):
    later = [c for c in costs if c.incurred_on >= on]
    assert balance(str(opening), costs=costs, cases=cases, said=(str(on), str(said))) == balance(
        str(said), costs=later, cases=cases
    )
