"""Money is yuan with two decimals in Python and whole fen in the database; nothing is guessed."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st

from core.money import (
    MAX_YUAN,
    MoneyField,
    from_fen,
    parse_yuan,
    round_down,
    round_half_up,
    round_up,
    to_fen,
    total,
)

any_fen = st.integers(min_value=-(10**13) + 1, max_value=10**13 - 1)
any_yuan = st.decimals(min_value=-(10**9), max_value=10**9, places=6)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("0", "0.00"),
        ("0.00", "0.00"),
        ("5", "5.00"),
        ("5.1", "5.10"),
        ("5.01", "5.01"),
        ("007", "7.00"),
        ("-5.1", "-5.10"),
        ("-0.01", "-0.01"),
        ("99999999999.99", "99999999999.99"),
    ],
)
def test_parse_reads_plain_amounts(text: str, yuan: str) -> None:
    # As text, so that a missing decimal would show.
    assert str(parse_yuan(text)) == yuan


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" 5", id="leading space"),
        pytest.param("5 ", id="trailing space"),
        pytest.param("5\n", id="newline"),
        pytest.param("5\x00", id="nul"),
        pytest.param("+5", id="plus"),
        pytest.param("--5", id="two signs"),
        pytest.param("−5", id="typographic minus"),
        pytest.param("1,000", id="thousands separator"),
        pytest.param("1_000", id="underscore"),
        pytest.param("1e3", id="exponent"),
        pytest.param("1e999", id="huge exponent"),
        pytest.param("NaN", id="nan"),
        pytest.param("Infinity", id="infinity"),
        pytest.param("５", id="full-width digit"),
        pytest.param("٥", id="arabic digit"),
        pytest.param("5.", id="no decimals after the point"),
        pytest.param(".5", id="nothing before the point"),
        pytest.param("5.001", id="part of a fen"),
        pytest.param("5.000", id="three decimals"),
        pytest.param("-0", id="minus nothing"),
        pytest.param("-0.00", id="minus nothing with decimals"),
        pytest.param("100000000000", id="twelve digits"),
        pytest.param("¥5", id="sign of yuan"),
        pytest.param("5元", id="unit"),
    ],
)
def test_parse_refuses_what_is_not_plain(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_yuan(text)
    assert refused.value.code == "amount"


def test_a_refusal_quotes_no_more_than_a_line_of_it() -> None:
    with pytest.raises(ValidationError) as refused:
        parse_yuan("x" * 10_000)
    assert refused.value.params == {"text": "x" * 40}


ROUNDINGS = [
    # yuan, half up, up, down
    ("0.004999", "0.00", "0.01", "0.00"),
    ("0.005", "0.01", "0.01", "0.00"),
    ("0.014999", "0.01", "0.02", "0.01"),
    ("0.015", "0.02", "0.02", "0.01"),
    ("0.025", "0.03", "0.03", "0.02"),
    ("1.00", "1.00", "1.00", "1.00"),
    ("1.000001", "1.00", "1.01", "1.00"),
    ("2.675", "2.68", "2.68", "2.67"),
    ("3.333333", "3.33", "3.34", "3.33"),
    ("6.666666", "6.67", "6.67", "6.66"),
    ("0.999999", "1.00", "1.00", "0.99"),
    ("-0.005", "-0.01", "0.00", "-0.01"),
    ("-1.001", "-1.00", "-1.00", "-1.01"),
    ("-1.009", "-1.01", "-1.00", "-1.01"),
    ("99999999999.994", "99999999999.99", "100000000000.00", "99999999999.99"),
]


@pytest.mark.parametrize(
    ("rounded", "column"),
    [(round_half_up, 1), (round_up, 2), (round_down, 3)],
    ids=["half up", "up", "down"],
)
@pytest.mark.parametrize("row", ROUNDINGS, ids=[row[0] for row in ROUNDINGS])
def test_rounding(rounded: Callable[[Decimal], Decimal], column: int, row: tuple[str, ...]) -> None:
    result = rounded(Decimal(row[0]))
    assert result == Decimal(row[column])
    assert result.as_tuple().exponent == -2


@settings(deadline=None)
@given(any_yuan)
def test_the_three_roundings_lie_around_the_amount(yuan: Decimal) -> None:
    assert round_down(yuan) <= yuan <= round_up(yuan)
    assert round_up(yuan) - round_down(yuan) in (Decimal("0.00"), Decimal("0.01"))
    assert abs(round_half_up(yuan) - yuan) <= Decimal("0.005")


@settings(deadline=None)
@given(any_yuan, any_yuan)
def test_rounding_never_changes_an_order(one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))
    for rounded in (round_half_up, round_up, round_down):
        assert rounded(less) <= rounded(more)


@settings(deadline=None)
@given(any_fen)
def test_what_is_whole_fen_is_rounded_by_nothing(fen: int) -> None:
    yuan = from_fen(fen)
    assert round_half_up(yuan) == round_up(yuan) == round_down(yuan) == yuan


@settings(deadline=None)
@given(any_fen)
def test_fen_come_back_as_they_went(fen: int) -> None:
    assert to_fen(from_fen(fen)) == fen


@settings(deadline=None)
@given(any_fen)
def test_an_amount_reads_back_as_it_was_written(fen: int) -> None:
    yuan = from_fen(fen)
    assert parse_yuan(str(yuan)) == yuan


@settings(deadline=None)
@given(st.lists(any_fen))
def test_a_total_is_exact(fen: list[int]) -> None:
    assert total(from_fen(each) for each in fen) == Decimal(sum(fen)) / 100


def test_the_total_of_nothing_has_two_decimals() -> None:
    assert str(total([])) == "0.00"


@pytest.mark.parametrize(
    ("value", "fen"),
    [
        pytest.param(Decimal("12.34"), 1234, id="yuan and fen"),
        pytest.param(Decimal("12.340"), 1234, id="a zero too much"),
        pytest.param(Decimal(5), 500, id="whole yuan"),
        pytest.param(Decimal("-0.01"), -1, id="minus one fen"),
        pytest.param(MAX_YUAN, 9_999_999_999_999, id="the most"),
        pytest.param("5.01", 501, id="text"),
        pytest.param(5, 500, id="int"),
        pytest.param(None, None, id="none"),
    ],
)
def test_the_field_stores_whole_fen(value: Decimal | str | int | None, fen: int | None) -> None:
    assert MoneyField().get_prep_value(value) == fen


@pytest.mark.parametrize(
    "value", [Decimal("0.001"), Decimal("4.999"), 0.1, Decimal("NaN")], ids=str
)
def test_the_field_stores_no_part_of_a_fen(value: Decimal | float) -> None:
    with pytest.raises(ValueError, match="whole number of fen"):
        MoneyField().get_prep_value(value)


def test_the_field_leaves_expressions_to_the_database() -> None:
    expression = F("amount") + 1
    assert MoneyField().get_prep_value(expression) is expression


@pytest.mark.parametrize(
    ("fen", "yuan"),
    [
        (0, "0.00"),
        (1, "0.01"),
        (10, "0.10"),
        (-1234, "-12.34"),
        (9_999_999_999_999, "99999999999.99"),
        (9_223_372_036_854_775_807, "92233720368547758.07"),
    ],
)
def test_the_field_gives_yuan_with_two_decimals(fen: int, yuan: str) -> None:
    assert str(MoneyField().from_db_value(fen)) == yuan


def test_the_field_gives_none_for_null() -> None:
    assert MoneyField().from_db_value(None) is None


def test_the_field_reads_text_as_people_write_it() -> None:
    assert MoneyField().to_python("5.1") == Decimal("5.10")
    assert MoneyField().to_python(None) is None
    assert MoneyField().to_python(Decimal("5.10")) == Decimal("5.10")
    with pytest.raises(ValidationError):
        MoneyField().to_python("5,10")
