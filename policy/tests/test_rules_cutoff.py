"""Where collection months end, and that they follow each other without a gap (TIME-3, TIME-5)."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock
from core.months import Month
from policy.rules import PolicyBook
from policy.workdays import collection_month, cutoff_of

Change = tuple[date, str, str]

DEFAULT = PolicyBook.of([])
OCTOBER = Month(2026, 10)


def shanghai(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return clock.at(date(year, month, day), time(hour, minute))


def test_the_cutoff_is_sixteen_oclock_in_shanghai() -> None:
    assert cutoff_of(OCTOBER, DEFAULT) == datetime(2026, 10, 28, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "month"),
    [
        pytest.param(datetime(2026, 10, 28, 7, 59, 59, 0, UTC), "2026-10", id="15:59:59"),
        pytest.param(datetime(2026, 10, 28, 8, 0, 0, 0, UTC), "2026-10", id="16:00:00"),
        pytest.param(datetime(2026, 10, 28, 8, 0, 0, 1, UTC), "2026-11", id="16:00:00.000001"),
        pytest.param(datetime(2026, 9, 28, 8, 0, 0, 0, UTC), "2026-09", id="the cutoff before"),
        pytest.param(datetime(2026, 9, 28, 8, 0, 0, 1, UTC), "2026-10", id="right after it"),
        pytest.param(datetime(2026, 12, 31, 16, 0, 0, 0, UTC), "2027-01", id="new year"),
    ],
)
def test_which_collection_month_an_instant_is_in(instant: datetime, month: str) -> None:
    around = [Month.parse(month).previous(), Month.parse(month), Month.parse(month).next()]
    holding = [str(m) for m in around if instant in collection_month(m, DEFAULT)]
    assert holding == [month]


@pytest.mark.parametrize(
    ("cutoff_day", "month", "day"),
    [
        ("28", "2026-02", 28),
        ("28", "2024-02", 28),
        ("29", "2026-02", 28),
        ("29", "2024-02", 29),
        ("30", "2026-02", 28),
        ("30", "2024-02", 29),
        ("31", "2026-02", 28),
        ("31", "2024-02", 29),
        ("31", "2026-04", 30),
        ("31", "2026-12", 31),
        ("30", "2026-04", 30),
        ("30", "2026-12", 30),
        ("1", "2026-02", 1),
    ],
)
def test_a_cutoff_day_past_the_month_means_its_last(cutoff_day: str, month: str, day: int) -> None:
    book = PolicyBook.of([(date(2020, 1, 1), "cutoff_day", cutoff_day)])
    found = cutoff_of(Month.parse(month), book)
    year, number = map(int, month.split("-"))
    assert found == shanghai(year, number, day, 16)


@pytest.mark.parametrize("month", ["2026-06", "2026-11", "2027-02"])
def test_a_cutoff_on_a_weekend_stays_where_it_is(month: str) -> None:
    year, number = map(int, month.split("-"))
    assert date(year, number, 28).weekday() >= 5
    assert cutoff_of(Month.parse(month), DEFAULT) == shanghai(year, number, 28, 16)


@pytest.mark.parametrize(
    ("changes", "cutoff"),
    [
        pytest.param(
            [(date(2026, 10, 1), "cutoff_day", "25")],
            shanghai(2026, 10, 25, 16),
            id="a new day from the 1st counts at once",
        ),
        pytest.param(
            [(date(2026, 10, 2), "cutoff_day", "25")],
            shanghai(2026, 10, 28, 16),
            id="a new day from the 2nd counts from the next month",
        ),
        pytest.param(
            [(date(2026, 10, 28), "cutoff_day", "31")],
            shanghai(2026, 10, 28, 16),
            id="a new day on the cutoff's own day moves nothing",
        ),
        pytest.param(
            [(date(2026, 10, 15), "cutoff_time", "18:00")],
            shanghai(2026, 10, 28, 16),
            id="a new hour in mid-month counts from the next month",
        ),
        pytest.param(
            [(date(2026, 10, 1), "cutoff_time", "18:30")],
            shanghai(2026, 10, 28, 18, 30),
            id="a new hour from the 1st counts at once",
        ),
        pytest.param(
            [(date(2026, 11, 1), "cutoff_day", "25")],
            shanghai(2026, 10, 28, 16),
            id="next month's new day is next month's",
        ),
        pytest.param(
            [(date(2026, 10, 1), "cutoff_time", "00:00")],
            shanghai(2026, 10, 28, 0),
            id="midnight is the day's beginning",
        ),
    ],
)
def test_a_new_policy_moves_only_boundaries_to_come(
    changes: list[Change], cutoff: datetime
) -> None:
    assert cutoff_of(OCTOBER, PolicyBook.of(changes)) == cutoff


def test_a_shifted_month_begins_where_the_old_one_ended() -> None:
    book = PolicyBook.of([(date(2026, 10, 2), "cutoff_day", "10")])
    november = collection_month(Month(2026, 11), book)
    assert november.after == shanghai(2026, 10, 28, 16)
    assert november.cutoff == shanghai(2026, 11, 10, 16)


changes = st.lists(
    st.tuples(
        st.dates(min_value=date(2023, 11, 1), max_value=date(2025, 3, 31)),
        st.one_of(
            st.tuples(st.just("cutoff_day"), st.integers(1, 31).map(str)),
            st.tuples(st.just("cutoff_time"), st.times().map(lambda t: f"{t:%H:%M:%S}")),
        ),
    ).map(lambda each: (each[0], *each[1])),
    max_size=6,
)


def a_year_of_months() -> list[Month]:
    months = [Month(2023, 12)]
    while len(months) < 16:
        months.append(months[-1].next())
    return months


@settings(deadline=None)
@given(changes)
def test_months_follow_each_other_without_a_gap(changes: list[Change]) -> None:
    book = PolicyBook.of(changes)
    months = [collection_month(m, book) for m in a_year_of_months()]
    for one, following in pairwise(months):
        assert one.after < one.cutoff == following.after < following.cutoff
        assert clock.local_date(one.cutoff) in one.month


@settings(deadline=None)
@given(changes, st.datetimes(datetime(2024, 1, 1), datetime(2025, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_instant_is_in_one_collection_month(changes: list[Change], instant: datetime) -> None:
    book = PolicyBook.of(changes)
    assert sum(instant in collection_month(m, book) for m in a_year_of_months()) == 1


@settings(deadline=None)
@given(changes, st.integers(0, 14), st.integers(1, 31))
def test_a_change_after_a_boundary_never_moves_it(
    changes: list[Change], index: int, cutoff_day: int
) -> None:
    month = a_year_of_months()[index]
    cutoff = cutoff_of(month, PolicyBook.of(changes))
    later = (clock.local_date(cutoff) + timedelta(days=1), "cutoff_day", str(cutoff_day))
    before_it = [c for c in changes if c[0] < later[0]]
    assert cutoff_of(month, PolicyBook.of(before_it)) == cutoff
    # Whatever is decided from the month's 2nd on leaves its boundary alone.
    if later[0] > month.first_day:
        assert cutoff_of(month, PolicyBook.of([*before_it, later])) == cutoff
