"""What an order can still pay before anything is spent (EXP-1 to EXP-4): as the close then pays."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules import (
    Allowance,
    ClaimFact,
    OrderFact,
    Refused,
    allowance,
    judge_claims,
    verdict_if_approved,
)
from claims.tests.test_rules_claims import LIMIT, ORDERS, claim_lists, policies
from core.money import FEN
from tests.builders import HER, book, claim_fact, day, day_or_none, since_ever, yuan

TODAY = "2026-10-12"


def left(
    *claims,
    kind: str = "travel",
    amount: str = "50000.00",
    signed: str | None = "2026-09-01",
    order_no: str = "O1",
    policy=None,
    on: str = TODAY,
) -> Allowance:
    return allowance(
        OrderFact(order_no, yuan(amount), day_or_none(signed)),
        kind,
        employee_no=HER,
        on=day(on),
        claims=claims,
        book=policy or book(),
    )


def elsewhere(count: int) -> list[ClaimFact]:
    """Paid claims of hers on other orders."""
    return [claim_fact(f"C{n}", order_no=f"X{n}") for n in range(count)]


def figures(found: Allowance) -> tuple[str, str]:
    return str(found.left), str(found.spend)


@pytest.mark.parametrize(
    ("kind", "amount", "expected"),
    [
        pytest.param("travel", "50000.00", ("1000.00", "1250.00"), id="travel: 80 %"),
        pytest.param("meal", "50000.00", ("1000.00", "1666.66"), id="meals: 60 %, rounded half up"),
        pytest.param("travel", "15620.00", ("312.40", "390.50"), id="of a smaller order"),
        pytest.param("travel", "0.25", ("0.01", "0.01"), id="half a fen is one"),
        pytest.param("travel", "1250.25", ("25.01", "31.26"), id="the cap is rounded first"),
    ],
)
def test_nothing_claimed_yet(kind, amount, expected):
    assert figures(left(kind=kind, amount=amount)) == expected


def test_earlier_claims_leave_less():
    found = left(claim_fact("C1", amount="1000.00"), claim_fact("C2", amount="109.50"))
    assert (*figures(found), str(found.cap), str(found.earlier)) == (
        "112.40",
        "140.50",
        "1000.00",
        "887.60",
    )


def test_of_the_other_kind_and_on_other_orders_nothing_is_taken():
    others = [claim_fact("C1", kind="meal"), claim_fact("C2", order_no="O2")]
    assert figures(left(*others)) == ("1000.00", "1250.00")


def test_a_colleagues_claim_on_the_order_is_taken():
    found = left(claim_fact("C1", employee_no="Y008", amount="1000.00"))
    assert figures(found) == ("200.00", "250.00")


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (left(signed=None), Refused.NOT_SIGNED),
        (left(signed="2026-10-13"), Refused.NOT_SIGNED),
        (left(policy=since_ever("expenses_on no")), Refused.SWITCHED_OFF),
        (left(amount="20000.00", policy=LIMIT), Refused.SMALL_ORDER),
        (
            left(*(claim_fact(f"C{n}", order_no=f"X{n}") for n in range(3)), policy=LIMIT),
            Refused.TOO_MANY,
        ),
        (left(claim_fact("C1", amount="1250.00")), Refused.USED_UP),
        (left(amount="0.24"), Refused.USED_UP),
    ],
    ids=["not signed", "signed tomorrow", "switched off", "20,000", "three", "used up", "no cap"],
)
def test_why_nothing_can_be_paid(found, why):
    assert figures(found) == ("0.00", "0.00")
    assert found.refused == why


def test_signed_today_pays_and_a_new_month_counts_anew():
    three = elsewhere(3)
    assert left(signed=TODAY).left == yuan("1000.00")
    assert left(*three, policy=LIMIT, on="2026-11-01").left == yuan("1000.00")


# Properties: the advice is what the close then pays.


@given(
    claim_lists(),
    policies,
    st.sampled_from(sorted(ORDERS)),
    st.sampled_from(["travel", "meal"]),
    st.sampled_from([None, "2026-09-01", "2026-10-20"]),
    st.integers(0, 70),
)
def test_spending_what_is_advised_pays_what_is_advised(claims, policy, order, kind, signed, after):
    on = day("2026-10-01") + timedelta(days=after)
    before = [claim for claim in claims if claim.approved_on <= on]
    fact = OrderFact(order, yuan(ORDERS[order]), day_or_none(signed))
    found = allowance(fact, kind, employee_no=HER, on=on, claims=before, book=policy)

    def paid(amount: Decimal) -> Decimal:
        new = claim_fact(
            "C9999",
            amount=str(amount),
            approved=str(on),
            kind=kind,
            order_no=order,
            order_amount=ORDERS[order],
            signed=signed,
        )
        return judge_claims([*before, new], policy)[-1].gets

    assert paid(found.spend) == found.left
    assert paid(found.spend + 1000) == found.left
    if found.left:
        assert paid(found.spend - FEN) < found.left


@given(claim_lists(), policies, st.data())
def test_a_claim_asked_about_alone_gets_what_it_gets_among_all(claims, policy, data):
    if not claims:
        return
    claim = data.draw(st.sampled_from(claims))
    [among_all] = [v for v in judge_claims(claims, policy) if v.claim == claim]
    assert verdict_if_approved(claim, claims, policy) == among_all
