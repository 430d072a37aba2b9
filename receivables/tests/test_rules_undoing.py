"""What may be undone of a payment (SLIP-6), and what follows for its order's deliveries."""

from decimal import Decimal

import pytest

from receivables.rules.overdue import DeliveryState
from receivables.rules.undoing import (
    OrderStanding,
    PaidMoney,
    Unfit,
    owed_anew,
    owed_no_more,
    unfit,
)
from tests.builders import day, day_or_none, yuan

TODAY = "2026-10-20"


def money(
    left: str = "500.00", *, cheque: bool = True, received: str = "2026-10-12",
    arrived: str | None = "2026-10-13",
) -> PaidMoney:  # fmt: skip
    return PaidMoney(yuan(left), cheque, day(received), day_or_none(arrived))


@pytest.mark.parametrize(
    ("of", "bounced", "amount", "on", "says"),
    [
        (money(), True, "500.00", "2026-10-15", None),
        (money(), True, "500.00", "2026-10-12", None),
        (money(), True, "500.00", "2026-10-11", Unfit.TOO_EARLY),
        (money(), True, "500.00", "2026-10-20", None),
        (money(), True, "500.00", "2026-10-21", Unfit.IN_FUTURE),
        (money(), True, "499.99", "2026-10-15", Unfit.NOT_WHOLE),
        (money(), True, "500.01", "2026-10-15", Unfit.TOO_MUCH),
        (money(arrived=None), True, "500.00", "2026-10-12", None),
        (money(cheque=False), True, "500.00", "2026-10-15", Unfit.NOT_A_CHEQUE),
        (money(cheque=False), False, "500.00", "2026-10-13", None),
        (money(cheque=False), False, "0.01", "2026-10-15", None),
        (money(cheque=False), False, "0.00", "2026-10-15", Unfit.TOO_MUCH),
        (money(cheque=False), False, "-1.00", "2026-10-15", Unfit.TOO_MUCH),
        (money(cheque=False), False, "500.00", "2026-10-12", Unfit.TOO_EARLY),
        (money(cheque=False, arrived=None), False, "500.00", "2026-10-15", Unfit.NOT_ARRIVED),
        (money("0.00"), False, "0.01", "2026-10-15", Unfit.NOTHING_LEFT),
        (money("0.00"), True, "0.00", "2026-10-15", Unfit.NOTHING_LEFT),
    ],
)
def test_what_may_be_undone(of, bounced, amount, on, says):
    found = unfit(of, bounced=bounced, amount=yuan(amount), on=day(on), today=day(TODAY))
    assert found is says


def state(delivered: str, unpaid: str) -> DeliveryState:
    return DeliveryState(day(delivered), yuan("1000.00"), yuan(unpaid), None, None)


def test_deliveries_owed_anew_are_told_with_what_was_owed_before():
    before = [state("2026-10-01", "0.00"), state("2026-10-05", "200.00")]
    after = [
        state("2026-10-01", "300.00"),
        state("2026-10-05", "200.00"),
        state("2026-10-09", "1.00"),
    ]
    assert owed_anew(before, after) == [(after[0], yuan("0.00")), (after[2], yuan("0.00"))]
    assert owed_anew(after, before) == []


def test_deliveries_owed_no_more_are_told_with_what_is_owed_then():
    before = [state("2026-10-01", "300.00"), state("2026-10-05", "200.00")]
    after = [state("2026-10-01", "100.00"), state("2026-10-05", "200.00")]
    assert owed_no_more(before, after) == [(before[0], yuan("100.00"))]
    assert owed_no_more(before, []) == [(before[0], yuan("0.00")), (before[1], yuan("0.00"))]


@pytest.mark.parametrize(
    ("counted", "invoiced", "over"),
    [("100.00", "100.00", "0.00"), ("100.00", "100.01", "0.01"), ("100.00", "0.00", "0.00")],
)
def test_what_stands_on_invoices_beyond_the_money(counted, invoiced, over):
    assert OrderStanding(yuan(counted), yuan(invoiced)).over_invoiced == Decimal(over)
