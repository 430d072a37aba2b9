"""What an order leaves for new slips, and when money can have been received: worked examples."""

from datetime import timedelta
from decimal import Decimal

import pytest

from receivables.rules.slips import (
    CLOCKS_DIFFER,
    LONGEST_NUMBER,
    Untimely,
    order_leaves,
    payment_number,
    when_received,
)
from tests.builders import at

ISSUED, NOW = at("2026-10-12 08:30") + timedelta(seconds=40), at("2026-10-12 15:00")


@pytest.mark.parametrize(
    ("amount", "delivered", "returned", "claimed", "leaves"),
    [
        ("1000", "0", "0", "0", "1000"),  # nothing delivered yet: it can be paid before
        ("1000", "400", "0", "0", "1000"),
        ("1000", "1000", "0", "999.99", "0.01"),
        ("1000", "1000", "0", "1000", "0"),
        ("1000", "1000", "300", "0", "700"),  # goods came back
        ("1000", "1300", "300", "0", "1000"),  # and were delivered again
        ("1000", "1200", "0", "0", "1200"),  # more was delivered than ordered
        ("1000", "1000", "300", "900", "-200"),  # paid before the goods came back
    ],
)
def test_what_an_order_leaves(amount, delivered, returned, claimed, leaves):
    found = order_leaves(
        Decimal(amount),
        delivered=Decimal(delivered),
        returned=Decimal(returned),
        claimed=Decimal(claimed),
    )
    assert found == Decimal(leaves)


@pytest.mark.parametrize(
    ("slip_no", "nth", "number"),
    [
        ("S000001", 1, "S000001-1"),
        ("S000001", 12, "S000001-12"),
        ("X" * 32, 1, "X" * 30 + "-1"),
    ],
)
def test_payments_are_numbered_by_their_slip(slip_no, nth, number):
    assert payment_number(slip_no, nth) == number
    assert len(number) <= LONGEST_NUMBER


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (NOW, NOW),
        (NOW - timedelta(hours=2), NOW - timedelta(hours=2)),
        (NOW + CLOCKS_DIFFER, NOW),  # the phone's clock is a little ahead
        (NOW + CLOCKS_DIFFER + timedelta(seconds=1), Untimely.AHEAD),
        (ISSUED, ISSUED),
        (at("2026-10-12 08:30"), ISSUED),  # a phone says minutes
        (at("2026-10-12 08:29"), Untimely.BEFORE_ISSUE),
        (at("2026-10-11 15:00"), Untimely.BEFORE_ISSUE),
    ],
)
def test_when_money_can_have_been_received(said, counts):
    assert when_received(said, ISSUED, NOW) == counts
