"""Whose an order was when money counted (ORD-1), what is under the floor (ORD-2), numbers."""

from decimal import Decimal

import pytest

from orders.rules import (
    FIRST_NUMBER,
    TransferFact,
    is_under_floor,
    margin_rate,
    may_still_deliver,
    number_after,
    seller_at,
)
from tests.builders import at, yuan

FIRST, SECOND = "2026-10-10 09:00", "2026-10-20 15:30"
ONCE = [TransferFact(at(FIRST), "A")]
TWICE = [*ONCE, TransferFact(at(SECOND), "B")]


@pytest.mark.parametrize(
    ("transfers", "instant", "seller"),
    [
        pytest.param([], FIRST, "Z", id="never transferred"),
        pytest.param(ONCE, "2026-10-10 08:59:59.999999", "A", id="just before the approval"),
        pytest.param(ONCE, FIRST, "Z", id="the very instant is the new one's"),
        pytest.param(ONCE, "2026-10-10 09:00:00.000001", "Z", id="just after"),
        pytest.param(TWICE, "2026-10-01 00:00", "A", id="before both"),
        pytest.param(TWICE, FIRST, "B", id="between, from the first instant on"),
        pytest.param(TWICE, "2026-10-20 15:29:59.999999", "B", id="between, to the last"),
        pytest.param(TWICE, SECOND, "Z", id="after both"),
        pytest.param(TWICE[1:], "2026-10-15 00:00", "B", id="earlier ones need not be known"),
    ],
)
def test_whose_it_was(transfers, instant, seller):
    assert seller_at("Z", transfers, at(instant)) == seller


def test_given_away_and_got_back():
    there_and_back = [TransferFact(at(FIRST), "A"), TransferFact(at(SECOND), "B")]
    days = ("2026-10-09 12:00", "2026-10-15 12:00", "2026-10-25 12:00")
    assert [seller_at("A", there_and_back, at(day)) for day in days] == ["A", "B", "A"]


@pytest.mark.parametrize(
    ("amount", "margin", "floor", "under"),
    [
        pytest.param("1000", "0", "0", False, id="no floor"),
        pytest.param("1000", None, "0", False, id="no floor, nothing said"),
        pytest.param("1000", "100", "0.1", False, id="the floor itself"),
        pytest.param("1000", "99.99", "0.1", True, id="a fen under it"),
        pytest.param("1000", "-5", "0.1", True, id="at a loss"),
        pytest.param("1000", None, "0.1", True, id="nothing said"),
        pytest.param("0.03", "0.01", "0.333333", False, id="a third of three fen"),
    ],
)
def test_under_the_floor(amount, margin, floor, under):
    said = None if margin is None else yuan(margin)
    assert is_under_floor(yuan(amount), said, Decimal(floor)) is under


def test_the_margin_as_a_share():
    assert margin_rate(yuan("200"), yuan("50")) == Decimal("0.25")
    assert margin_rate(yuan("200"), None) is None
    assert margin_rate(yuan("0"), yuan("0")) is None


def test_what_may_still_be_delivered():
    assert may_still_deliver(yuan("100"), yuan("99.99")) == yuan("0.01")
    assert may_still_deliver(yuan("100"), yuan("100")) == 0
    assert may_still_deliver(yuan("100"), yuan("120")) == 0


@pytest.mark.parametrize(
    ("latest", "following"),
    [
        (None, FIRST_NUMBER),
        ("D00009", "D00010"),
        ("D99999", "D100000"),
        ("2026-11/7".replace("/", "-"), "2026-11-8"),
        ("7", "8"),
        ("ABC", "ABC-1"),
        ("X" * 32, "X" * 30 + "-1"),
    ],
)
def test_the_next_number(latest, following):
    assert number_after(latest) == following
