"""What an expense claim gets (EXP-1 to EXP-4)."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules import Refused, judge_claims
from core.months import Month
from tests.builders import book, claim_fact, day, since_ever, yuan

LIMIT = since_ever("expense_limit_on yes")


def judged(*claims, policy=None):
    """What each claim gets, or why nothing, by claim number in the order they were judged."""
    return [
        (v.claim.claim_no, v.refused.value if v.refused else str(v.gets))
        for v in judge_claims(claims, policy or book())
    ]


def gets(policy=None, **claim) -> str:
    [(_no, answer)] = judged(claim_fact(**claim), policy=policy)
    return answer


# EXP-1, EXP-2: the share.


@pytest.mark.parametrize(
    ("kind", "amount", "share"),
    [
        pytest.param("travel", "100.00", "80.00", id="travel: 80 %"),
        pytest.param("meal", "100.00", "60.00", id="meals: 60 %"),
        pytest.param("travel", "0.01", "0.01", id="travel: 0.8 of a fen is one"),
        pytest.param("travel", "12.34", "9.87", id="travel: 987.2 fen down"),
        pytest.param("travel", "12.37", "9.90", id="travel: 989.6 fen up"),
        pytest.param("meal", "0.04", "0.02", id="meals: 2.4 fen down"),
        pytest.param("meal", "0.01", "0.01", id="meals: 0.6 of a fen is one"),
        pytest.param("meal", "33.33", "20.00", id="meals: 1999.8 fen up"),
        pytest.param("travel", "1250.00", "1000.00", id="travel: the cap exactly"),
        pytest.param("travel", "1250.01", "1000.00", id="travel: 1000.008 is over the cap"),
        pytest.param("meal", "99999.00", "1000.00", id="meals: far over the cap"),
    ],
)
def test_a_share_of_the_cost_up_to_two_percent_of_the_order(kind, amount, share):
    assert gets(kind=kind, amount=amount, order_amount="50000.00") == share


def test_half_a_fen_is_rounded_up():
    halves = since_ever("travel_rate 0.5")
    assert gets(amount="0.05", policy=halves) == "0.03"
    assert gets(amount="0.07", policy=halves) == "0.04"


@pytest.mark.parametrize(
    ("order_amount", "cap"),
    [
        pytest.param("1234.56", "24.69", id="24.6912 down"),
        pytest.param("1250.25", "25.01", id="25.005 half up"),
        pytest.param("1250.24", "25.00", id="25.0048 down"),
        pytest.param("0.25", "0.01", id="half a fen"),
        pytest.param("0.24", "used up", id="less than half a fen is no cap to take from"),
        pytest.param("0.00", "used up", id="an order of nothing"),
    ],
)
def test_the_cap_is_rounded_half_up(order_amount, cap):
    assert gets(amount="9999.00", order_amount=order_amount) == cap


def test_a_claim_of_nothing_gets_nothing():
    assert gets(amount="0.00") == Refused.USED_UP


# EXP-3: the cap is shared, first come first served.


def test_the_second_claim_gets_what_the_first_left():
    claims = [claim_fact("C1", amount="1000.00"), claim_fact("C2", amount="500.00")]
    assert judged(*claims) == [("C1", "800.00"), ("C2", "200.00")]


def test_a_third_finds_the_cap_used_up():
    claims = [claim_fact(no, amount="700.00") for no in ("C1", "C2", "C3")]
    assert judged(*claims) == [("C1", "560.00"), ("C2", "440.00"), ("C3", "used up")]


def test_the_rounded_cap_is_what_is_subtracted_from():
    """2 % of 1250.25 is 25.01; after 25.00 a fen is left, not half a fen."""
    claims = [
        claim_fact("C1", amount="31.25", order_amount="1250.25"),
        claim_fact("C2", amount="31.25", order_amount="1250.25"),
    ]
    assert judged(*claims) == [("C1", "25.00"), ("C2", "0.01")]


def test_kinds_and_orders_have_their_own_caps():
    claims = [
        claim_fact("C1", amount="5000.00"),
        claim_fact("C2", amount="5000.00", kind="meal"),
        claim_fact("C3", amount="5000.00", order_no="O2", order_amount="10000.00"),
    ]
    assert judged(*claims) == [("C1", "1000.00"), ("C2", "1000.00"), ("C3", "200.00")]


def test_the_cap_is_the_orders_whoever_claims():
    claims = [
        claim_fact("C1", amount="1000.00"),
        claim_fact("C2", amount="1000.00", employee_no="Y008"),
    ]
    assert judged(*claims) == [("C1", "800.00"), ("C2", "200.00")]


def test_the_cap_knows_no_month():
    claims = [
        claim_fact("C1", amount="1000.00", approved="2025-12-31", signed="2025-01-01"),
        claim_fact("C2", amount="1000.00", approved="2026-10-12", signed="2025-01-01"),
    ]
    assert judged(*claims) == [("C1", "800.00"), ("C2", "200.00")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(("C9", "2026-10-11"), ("C1", "2026-10-12"), id="by approval date first"),
        pytest.param(("C1", "2026-10-12"), ("C2", "2026-10-12"), id="then by number"),
        pytest.param(("C10", "2026-10-12"), ("C9", "2026-10-12"), id="as text: C10 before C9"),
        pytest.param(("B2", "2026-10-12"), ("C1", "2026-10-12"), id="as text: B before C"),
        pytest.param(("C1", "2026-10-12"), ("c1", "2026-10-12"), id="as text: C before c"),
    ],
)
def test_claims_take_their_turn(first, second):
    one, other = (claim_fact(no, amount="1000.00", approved=on) for no, on in (first, second))
    expected = [(first[0], "800.00"), (second[0], "200.00")]
    assert judged(one, other) == expected
    assert judged(other, one) == expected


# Signed by the day of approval.


@pytest.mark.parametrize(
    ("signed", "answer"),
    [
        pytest.param(None, "not signed", id="never signed"),
        pytest.param("2026-10-11", "80.00", id="the day before"),
        pytest.param("2026-10-12", "80.00", id="the same day"),
        pytest.param("2026-10-13", "not signed", id="the day after"),
    ],
)
def test_only_orders_signed_by_the_day_of_approval(signed, answer):
    assert gets(signed=signed, approved="2026-10-12") == answer


def test_a_refused_claim_uses_nothing_of_the_cap():
    claims = [
        claim_fact("C1", amount="1000.00", approved="2026-10-12", signed="2026-10-13"),
        claim_fact("C2", amount="2000.00", approved="2026-10-14", signed="2026-10-13"),
    ]
    assert judged(*claims) == [("C1", "not signed"), ("C2", "1000.00")]


# POL-2, TIME-5: switches and versions.


def test_the_clause_can_be_left_out():
    assert gets(policy=since_ever("expenses_on no")) == "switched off"


def test_the_version_of_the_day_of_approval_counts():
    policy = book("2026-10-12 travel_rate 0.5", "2026-10-13 expenses_on no")
    claims = [
        claim_fact("C1", approved="2026-10-11"),
        claim_fact("C2", approved="2026-10-12"),
        claim_fact("C3", approved="2026-10-13"),
    ]
    assert judged(*claims, policy=policy) == [
        ("C1", "80.00"),
        ("C2", "50.00"),
        ("C3", "switched off"),
    ]


@pytest.mark.parametrize(
    ("rate", "answer"),
    [
        pytest.param("0.03", "500.00", id="a higher cap: its rest"),
        pytest.param("0.020001", "0.05", id="a hair higher: five fen"),
        pytest.param("0.01", "used up", id="a lower cap takes nothing back"),
    ],
)
def test_a_new_cap_between_two_claims_subtracts_what_the_first_got(rate, answer):
    claims = [
        claim_fact("C1", amount="5000.00", approved="2026-10-14"),
        claim_fact("C2", amount="5000.00", approved="2026-10-15"),
    ]
    policy = book(f"2026-10-15 expense_cap_rate {rate}")
    assert judged(*claims, policy=policy) == [("C1", "1000.00"), ("C2", answer)]


# EXP-4: the limit, off by default.


@pytest.mark.parametrize(
    ("policy", "order_amount", "answer"),
    [
        pytest.param(LIMIT, "20000.00", "small order", id="on: 20,000.00 is not over"),
        pytest.param(LIMIT, "20000.01", "80.00", id="on: 20,000.01 is"),
        pytest.param(book(), "20000.00", "80.00", id="off: any order"),
        pytest.param(
            since_ever("expense_limit_on yes", "expense_limit_min_order 5000"),
            "5000.01",
            "80.00",
            id="another least amount",
        ),
        pytest.param(book("2026-10-13 expense_limit_on yes"), "100.00", "2.00", id="on tomorrow"),
        pytest.param(
            book("2026-10-12 expense_limit_on yes"), "100.00", "small order", id="on that day"
        ),
    ],
)
def test_with_the_limit_only_large_orders(policy, order_amount, answer):
    assert gets(policy=policy, order_amount=order_amount) == answer


def numbered(count, **claim):
    return [claim_fact(f"C{n}", order_no=f"O{n}", **claim) for n in range(1, count + 1)]


def test_with_the_limit_three_claims_a_month():
    assert judged(*numbered(4), policy=LIMIT) == [
        ("C1", "80.00"),
        ("C2", "80.00"),
        ("C3", "80.00"),
        ("C4", "too many"),
    ]


def test_without_the_limit_there_is_no_fourth_too_many():
    assert [answer for _no, answer in judged(*numbered(4))] == ["80.00"] * 4


def test_travel_and_meals_count_together():
    claims = [
        claim_fact("C1"),
        claim_fact("C2", kind="meal"),
        claim_fact("C3", kind="meal"),
        claim_fact("C4"),
    ]
    assert judged(*claims, policy=LIMIT) == [
        ("C1", "80.00"),
        ("C2", "60.00"),
        ("C3", "60.00"),
        ("C4", "too many"),
    ]


def test_claims_that_got_nothing_do_not_count():
    claims = [
        claim_fact("C1", signed=None, order_no="O1"),
        claim_fact("C2", order_amount="20000.00", order_no="O2"),
        claim_fact("C3", amount="0.00", order_no="O3"),
        claim_fact("C4", amount="5000.00", order_no="O4"),
        claim_fact("C5", order_no="O4"),
        claim_fact("C6", order_no="O6"),
        claim_fact("C7", order_no="O7"),
        claim_fact("C8", order_no="O8"),
    ]
    assert judged(*claims, policy=LIMIT) == [
        ("C1", "not signed"),
        ("C2", "small order"),
        ("C3", "used up"),
        ("C4", "1000.00"),
        ("C5", "used up"),
        ("C6", "80.00"),
        ("C7", "80.00"),
        ("C8", "too many"),
    ]


def test_every_salesperson_and_every_month_has_three():
    claims = [
        *numbered(3, approved="2026-10-31"),
        claim_fact("C4", order_no="O4", approved="2026-10-31", employee_no="Y008"),
        claim_fact("C5", order_no="O5", approved="2026-11-01"),
        claim_fact("C0", order_no="O6", approved="2026-09-30"),
    ]
    assert [answer for _no, answer in judged(*claims, policy=LIMIT)] == ["80.00"] * 6


def test_a_claim_too_many_leaves_the_cap_to_the_next_month():
    claims = [
        *numbered(3),
        claim_fact("C4", order_no="O4", amount="9000.00"),
        claim_fact("C5", order_no="O4", amount="9000.00", approved="2026-11-02"),
    ]
    assert judged(*claims, policy=LIMIT)[3:] == [("C4", "too many"), ("C5", "1000.00")]


def test_claims_paid_before_the_limit_came_count_towards_it():
    policy = book("2026-10-15 expense_limit_on yes")
    claims = [*numbered(3, approved="2026-10-14"), claim_fact("C4", approved="2026-10-15")]
    assert judged(*claims, policy=policy)[-1] == ("C4", "too many")


def test_the_number_of_claims_is_a_parameter():
    policy = since_ever("expense_limit_on yes", "expense_limit_claims 1")
    assert judged(*numbered(2), policy=policy) == [("C1", "80.00"), ("C2", "too many")]


# Properties.

ORDERS = {"O1": "50000.00", "O2": "1250.25", "O3": "20000.00", "O4": "0.25"}
numbers = st.integers(0, 10**7).map(lambda n: Decimal(n).scaleb(-2))
policies = st.sampled_from(
    [
        book(),
        LIMIT,
        since_ever("travel_rate 0.333333", "meal_rate 1"),
        book("2026-10-15 expense_limit_on yes", "2026-11-01 travel_rate 0.5"),
        book("2026-10-15 expenses_on no", "2026-11-10 expenses_on yes"),
    ]
)


@st.composite
def claim_lists(draw):
    found = draw(
        st.lists(
            st.tuples(
                st.sampled_from(sorted(ORDERS)),
                st.sampled_from(["travel", "meal"]),
                numbers,
                st.integers(0, 60),
                st.sampled_from(["Y007", "Y008"]),
                st.sampled_from([None, "2026-09-01", "2026-10-20"]),
            ),
            max_size=15,
        )
    )
    return [
        claim_fact(
            f"C{n}",
            order_no=order_no,
            kind=kind,
            amount=str(amount),
            approved=str(day("2026-10-01") + timedelta(days=after)),
            order_amount=ORDERS[order_no],
            signed=signed,
            employee_no=who,
        )
        for n, (order_no, kind, amount, after, who, signed) in enumerate(found)
    ]


@given(claim_lists(), policies)
def test_all_claims_on_an_order_together_stay_under_its_cap(claims, policy):
    got = defaultdict(Decimal)
    for verdict in judge_claims(claims, policy):
        assert verdict.gets >= 0
        got[verdict.claim.order_no, verdict.claim.kind] += verdict.gets
    caps = {"O1": "1000.00", "O2": "25.01", "O3": "400.00", "O4": "0.01"}
    assert all(amount <= yuan(caps[order_no]) for (order_no, _kind), amount in got.items())


@given(claim_lists(), policies)
def test_nobody_gets_more_than_the_claim(claims, policy):
    assert all(v.gets <= v.claim.amount for v in judge_claims(claims, policy))


@given(claim_lists(), policies)
def test_a_later_claim_takes_nothing_from_those_before(claims, policy):
    everything = judge_claims(claims, policy)
    assert judge_claims([v.claim for v in everything[:-1]], policy) == everything[:-1]


@given(claim_lists(), policies)
def test_the_order_of_the_file_does_not_matter(claims, policy):
    assert judge_claims(reversed(claims), policy) == judge_claims(claims, policy)


@given(claim_lists())
def test_with_the_limit_nobody_is_paid_a_fourth_time_in_a_month(claims):
    paid = defaultdict(int)
    for verdict in judge_claims(claims, LIMIT):
        paid[verdict.claim.employee_no, Month.of(verdict.claim.approved_on)] += verdict.gets > 0
    assert all(count <= 3 for count in paid.values())


@given(claim_lists())
def test_with_the_limit_only_large_signed_orders_are_paid(claims):
    for verdict in judge_claims(claims, LIMIT):
        if verdict.refused is None:
            assert verdict.claim.order_amount > yuan("20000.00")
            assert verdict.claim.signed_on is not None
