"""Which version of the policy counts on a day: the latest one in force (POL-1)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.rules import DEFAULTS, PolicyBook

BOOK = PolicyBook.of(
    [
        # Given out of order, as rows of a table may be.
        (date(2026, 10, 16), "late_fine", "10"),
        (date(2026, 1, 1), "late_fine", "6"),
        (date(2026, 1, 1), "grace_minutes", "5"),
        (date(2026, 11, 1), "grace_minutes", "0"),
    ]
)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "late_fine", "grace_minutes"),
    [
        pytest.param(date(1990, 1, 1), 5, 0, id="long before the first version"),
        pytest.param(date(2025, 12, 31), 5, 0, id="the day before the first"),
        pytest.param(date(2026, 1, 1), 6, 5, id="the first day of the first"),
        pytest.param(date(2026, 10, 15), 6, 5, id="the day before the middle of a month"),
        pytest.param(date(2026, 10, 16), 10, 5, id="a change in mid-month"),
        pytest.param(date(2026, 10, 31), 10, 5, id="the last day of that month"),
        pytest.param(date(2026, 11, 1), 10, 0, id="one parameter changes, the other stays"),
        pytest.param(date(2099, 1, 1), 10, 0, id="long after the last"),
    ],
)
def test_the_version_in_force(day: date, late_fine: int, grace_minutes: int) -> None:
    policy = BOOK.on(day)
    assert (policy.late_fine, policy.grace_minutes) == (Decimal(late_fine), grace_minutes)


def test_without_changes_the_defaults_count() -> None:
    assert PolicyBook.of([]).on(date(2026, 10, 1)) == DEFAULTS


def test_a_version_knows_since_when_it_counts() -> None:
    assert BOOK.on(date(2025, 12, 31)).effective_on is None
    assert BOOK.on(date(2026, 10, 31)).effective_on == date(2026, 10, 16)


def test_what_a_version_does_not_say_stays_as_it_was() -> None:
    assert BOOK.on(date(2026, 1, 1)) == replace(
        DEFAULTS, effective_on=date(2026, 1, 1), late_fine=Decimal(6), grace_minutes=5
    )


def test_a_wrong_value_makes_no_book() -> None:
    with pytest.raises(ValidationError):
        PolicyBook.of([(date(2026, 1, 1), "late_fine", "free")])


@settings(deadline=None)
@given(st.dictionaries(days, st.integers(0, 99), max_size=6), days)
def test_a_day_has_the_value_of_the_latest_change_up_to_it(
    changes: dict[date, int], day: date
) -> None:
    book = PolicyBook.of((on, "grace_minutes", str(n)) for on, n in changes.items())
    expected = 0
    for on in sorted(changes):
        if on <= day:
            expected = changes[on]
    assert book.on(day).grace_minutes == expected


@settings(deadline=None)
@given(st.dictionaries(days, st.integers(0, 99), max_size=6), days)
def test_a_later_change_never_moves_an_earlier_day(changes: dict[date, int], day: date) -> None:
    rows = [(on, "grace_minutes", str(n)) for on, n in changes.items()]
    later = (day + timedelta(days=1), "grace_minutes", "77")
    before = PolicyBook.of(rows).on(day)
    assert PolicyBook.of([*(r for r in rows if r[0] != later[0]), later]).on(day) == before
