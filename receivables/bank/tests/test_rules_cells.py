"""Amounts, days and tables as banks write them; what is a guess is refused."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from receivables.bank.rules.cells import amount_of, booked_of, comes_in
from receivables.bank.rules.statement import (
    Keys,
    Line,
    Wrong,
    guessed,
    header_of,
    lines_of,
    mapping_refused,
    signature,
)
from receivables.bank.tests.conftest import HEADER


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("1234.5", "1234.50"),
        ("1,234.56", "1234.56"),
        ("12,345,678.90", "12345678.90"),
        ("￥1,000.00", "1000.00"),
        ("+5", "5.00"),
        ("-1,234.00", "-1234.00"),
        ("0.00", "0.00"),
        ("", None),
        ("--", None),
    ],
)
def test_amounts(cell, yuan):
    assert amount_of(cell) == (None if yuan is None else Decimal(yuan))


@pytest.mark.parametrize(
    "cell",
    ["1.234,56", "12,34", "1,2345", "1e5", "１２３", "NaN", "Infinity", "1.234", "1 234", "abc",
     "1" * 12, ",123", "1,234,", "(5.00)", "1e999", "\x00", "12.3.4", "¥"],
)  # fmt: skip
def test_amounts_that_are_guesses(cell):
    with pytest.raises(ValidationError):
        amount_of(cell)


@pytest.mark.parametrize(
    ("day", "time", "booked", "has_time"),
    [
        ("2026-10-12", "", "2026-10-12 00:00:00", False),
        ("2026/10/12", "", "2026-10-12 00:00:00", False),
        ("2026/1/5", "", "2026-01-05 00:00:00", False),
        ("20261012", "151203", "2026-10-12 15:12:03", True),
        ("20261012151203", "", "2026-10-12 15:12:03", True),
        ("2026-10-12 15:12", "", "2026-10-12 15:12:00", True),
        ("2026-10-12T15:12:03", "", "2026-10-12 15:12:03", True),
        ("2026年10月12日", "9:05:00", "2026-10-12 09:05:00", True),
        ("2026-10-12 00:00:00", "08:30:00", "2026-10-12 08:30:00", True),
    ],
)
def test_days(day, time, booked, has_time):
    assert booked_of(day, time) == (datetime.fromisoformat(booked), has_time)


@pytest.mark.parametrize(
    ("day", "time"),
    [("12/10/2026", ""), ("2026-13-01", ""), ("2026-02-30", ""), ("46307", ""), ("26-10-12", ""),
     ("2026-10/12", ""), ("", ""), ("２０２６-10-12", ""), ("20261012", "91203"),
     ("20261012", "25:00"), ("99991231", ""), ("2026-10-12", "abc")],
)  # fmt: skip
def test_days_that_are_guesses(day, time):
    with pytest.raises(ValidationError):
        booked_of(day, time)


def test_directions():
    assert comes_in("贷")
    assert comes_in(" 收入 ")
    assert not comes_in("借")
    with pytest.raises(ValidationError):
        comes_in("?")


ICBC = [
    ["中国工商银行账户明细", "", ""],
    ["账号：3901", "户名：宁波销售", "起止日期：20261001-20261031"],
    HEADER.split(","),
    ["20261012", "151203", "", "1,000.00", "宁波恒达五金", "6222", "货款", "A1"],
    ["20261012", "160000", "50.00", "", "电信", "", "话费", "A2"],
    ["", "", "", "", "", "", "", ""],
    ["合计", "", "50.00", "1,000.00", "", "", "", ""],
]  # fmt: skip


def numbered(rows):
    return list(enumerate(rows, 1))


def test_the_header_is_found_below_the_bank_s_titles():
    number, headers = header_of(numbered(ICBC))
    assert number == 3
    assert guessed(headers) == {
        "date": 0, "time": 1, "debit": 2, "credit": 3, "payer": 4, "account": 5, "memo": 6,
        "serial": 7,
    }  # fmt: skip


def test_lines_below_the_header_without_sums_and_empty_rows():
    number, headers = header_of(numbered(ICBC))
    came, went = lines_of(numbered(ICBC), number, guessed(headers))
    assert (came.amount, came.comes_in, came.payer) == (Decimal("1000.00"), True, "宁波恒达五金")
    assert (went.amount, went.comes_in, went.number) == (Decimal("50.00"), False, 5)


def test_unknown_headers_are_asked_about():
    rows = [["x", "y", "z"], ["1", "2", "3"]]
    assert header_of(numbered(rows)) == (1, ["x", "y", "z"])
    assert header_of(numbered([["a"], ["b", "c"]])) is None
    assert len(mapping_refused({}, 3)) == 3
    assert mapping_refused({"date": 0, "amount": 1, "payer": 2}, 3) == []
    assert mapping_refused({"date": 0, "amount": 1, "payer": 7}, 3)
    assert mapping_refused({"date": 0, "amount": 0, "payer": 1}, 3)
    assert mapping_refused({"date": 0, "amount": 1, "credit": 2, "payer": 3}, 4)


def test_what_cannot_be_kept_is_not_told_either():
    rows = [["日期\x00", "金额", "户名"], ["2026-\x0010-12", "5", "x"], ["20261012", "\x00", "x"]]
    number, headers = header_of(numbered(rows))
    assert headers == ["日期\ufffd", "金额", "户名"]
    wrong = list(lines_of(numbered(rows), number, {"date": 0, "amount": 1, "payer": 2}))
    assert [type(each) for each in wrong] == [Wrong, Wrong]
    assert not any("\x00" in each.reason for each in wrong)


def test_a_table_is_known_again_by_its_headers():
    assert signature(["交易日期", "金额 "]) == signature(["交易日期 ", "金额", ""])
    assert signature(["交易日期", "金额"]) != signature(["金额", "交易日期"])


def read(cells, **mapping):
    (line,) = lines_of([(2, cells)], 1, mapping)
    return line


@pytest.mark.parametrize(
    ("cells", "mapping"),
    [
        (["20261012", "", "", "x"], {"credit": 1, "debit": 2}),
        (["20261012", "5", "5", "x"], {"credit": 1, "debit": 2}),
        (["20261012", "0.00", "0.00", "x"], {"credit": 1, "debit": 2}),
        (["20261012", "0", "", "x"], {"amount": 1}),
        (["20261012", "-5", "贷", "x"], {"amount": 1, "direction": 2}),
        (["20261012", "5", "?", "x"], {"amount": 1, "direction": 2}),
        (["", "5", "", "x"], {"amount": 1}),
        (["20261012", "5", "", "x\x00"], {"amount": 1}),
        (["20261012", "5", "", "x" * 201], {"amount": 1}),
    ],
)
def test_lines_that_cannot_be_read_say_why(cells, mapping):
    line = read(cells, date=0, payer=3, **mapping)
    assert isinstance(line, Wrong)
    assert line.number == 2
    assert line.reason


@pytest.mark.parametrize(
    ("cells", "mapping", "came_in"),
    [
        (["20261012", "5", "借", "x"], {"amount": 1, "direction": 2}, False),
        (["20261012", "-5", "", "x"], {"amount": 1}, False),
        (["20261012", "5", "", "x"], {"amount": 1}, True),
        # A correction: what had come in goes back.
        (["20261012", "-5", "", "x"], {"credit": 1, "debit": 2}, False),
    ],
)
def test_in_and_out(cells, mapping, came_in):
    line = read(cells, date=0, payer=3, **mapping)
    assert isinstance(line, Line)
    assert line.amount == Decimal("5.00")
    assert line.comes_in is came_in


def test_a_line_has_one_key_in_every_file():
    line = read(["20261012", "5", "S1", "x"], date=0, amount=1, serial=2, payer=3)
    again = read(["20261012", "5", "S1", "y"], date=0, amount=1, serial=2, payer=3)
    other = read(["20261012", "6", "S1", "x"], date=0, amount=1, serial=2, payer=3)
    keys = Keys()
    assert keys.of(line) == keys.of(again) == Keys().of(line)
    assert keys.of(other) != keys.of(line)


def test_equal_lines_without_a_serial_number_are_counted():
    line = read(["20261012", "5", "", "x"], date=0, amount=1, payer=3)
    one, other = Keys(), Keys()
    first, second = one.of(line), one.of(line)
    assert first != second
    assert [other.of(line), other.of(line)] == [first, second]
