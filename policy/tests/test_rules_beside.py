"""Versions beside each other: what differs, since when, what would be with a draft."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.labels import parameter_text
from policy.rules import DEFAULTS, PolicyBook, parameter_names, parse_parameter, shift_refusal
from policy.versions import Change, book_throughout, book_with, difference, history

ROWS = [
    (date(2026, 1, 1), "late_fine", "6"),
    (date(2026, 10, 16), "late_fine", "10"),
    (date(2026, 10, 16), "reserve_on", "no"),
    (date(2026, 12, 1), "late_fine", "10.00"),
]
BOOK = PolicyBook.of(ROWS)


def test_only_what_differs_is_told_in_the_order_of_the_policy():
    before, after = BOOK.on(date(2026, 10, 15)), BOOK.on(date(2026, 10, 16))
    assert difference(before, after) == [
        Change("late_fine", "6.00", "10.00"),
        Change("reserve_on", "yes", "no"),
    ]
    assert difference(after, after) == []


def test_a_figures_history_tells_changes_alone():
    assert history("late_fine", BOOK) == [
        (None, Decimal(5)),
        (date(2026, 1, 1), Decimal(6)),
        (date(2026, 10, 16), Decimal(10)),
    ]
    assert history("meal_rate", BOOK) == [(None, Decimal("0.60"))]


def test_a_draft_counts_from_its_day_and_replaces_what_stands_on_it():
    book = book_with(ROWS, {"late_fine": "7"}, date(2026, 10, 16))
    assert book.on(date(2026, 10, 15)).late_fine == 6
    assert book.on(date(2026, 10, 16)).late_fine == 7
    assert book.on(date(2026, 10, 16)).reserve_on is False
    assert book.on(date(2026, 12, 1)).late_fine == 10


def test_throughout_a_month_nothing_later_overrules_the_draft_and_the_rest_stays():
    book = book_throughout(ROWS, {"late_fine": "7"}, date(2026, 10, 1))
    assert {book.on(date(2026, 10, n)).late_fine for n in range(1, 32)} == {7}
    assert book.on(date(2026, 9, 30)).late_fine == 6
    assert book.on(date(2026, 10, 15)).reserve_on is True
    assert book.on(date(2026, 10, 16)).reserve_on is False


@pytest.mark.parametrize("name", parameter_names())
def test_a_value_written_down_reads_as_itself(name):
    value = getattr(DEFAULTS, name)
    assert parse_parameter(name, parameter_text(value)) == value


@settings(deadline=None)
@given(st.times())
def test_a_time_of_day_keeps_its_seconds(moment):
    kept = moment.replace(microsecond=0, tzinfo=None)
    assert parse_parameter("cutoff_time", parameter_text(kept)) == kept


@pytest.mark.parametrize(
    ("hours", "is_a_day"),
    [
        ((9, 12, 13, 18), True),
        ((9, 12, 12, 18), True),
        ((12, 12, 13, 18), False),
        ((9, 13, 12, 18), False),
        ((9, 12, 18, 18), False),
    ],
)
def test_a_working_day_goes_forward(hours, is_a_day):
    names = ("work_start", "lunch_start", "lunch_end", "work_end")
    rows = [(date(2026, 1, 1), n, f"{time(h):%H:%M}") for n, h in zip(names, hours, strict=True)]
    assert (shift_refusal(PolicyBook.of(rows).versions[-1]) is None) is is_a_day
