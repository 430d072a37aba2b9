"""Workdays: the nation's calendar with the company's own word on top (TIME-4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.months import Month
from policy.workdays import Workdays, is_national_workday, is_provisional

NATIONAL = Workdays()
days_2026 = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31))


def days(year: int, *texts: str) -> list[date]:
    return [date.fromisoformat(f"{year}-{text}") for text in texts]


# As the State Council announced them for 2026.
HOLIDAYS = days(
    2026, "01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "02-23", "04-06",
    "05-01", "05-04", "05-05", "06-19", "09-25", "10-01", "10-02", "10-05", "10-06", "10-07",
)  # fmt: skip
MAKE_UP = days(2026, "01-04", "02-14", "02-28", "05-09", "09-20", "10-10")


@pytest.mark.parametrize("day", HOLIDAYS, ids=str)
def test_public_holidays_are_free_on_weekdays(day: date) -> None:
    assert day.weekday() < 5
    assert day not in NATIONAL


@pytest.mark.parametrize("day", MAKE_UP, ids=str)
def test_make_up_workdays_lie_on_weekends(day: date) -> None:
    assert day.weekday() >= 5
    assert day in NATIONAL


@settings(deadline=None)
@given(days_2026)
def test_every_other_day_of_2026_is_as_its_weekday(day: date) -> None:
    if day not in HOLIDAYS and day not in MAKE_UP:
        assert is_national_workday(day) is (day.weekday() < 5)


@pytest.mark.parametrize(
    ("month", "count"),
    [
        ("2026-02", 16),  # 20 weekdays - 6 + 14 and 28 February
        ("2026-09", 22),  # 22 weekdays - 1 + 20 September
        ("2026-10", 18),  # 22 weekdays - 5 + 10 October
        ("2026-11", 21),
        ("2026-12", 23),
    ],
)
def test_how_many_workdays_a_month_has(month: str, count: int) -> None:
    found = NATIONAL.of(Month.parse(month))
    assert len(found) == count
    assert found == sorted(set(found))


def test_the_workdays_of_october_2026_one_by_one() -> None:
    assert [day.day for day in NATIONAL.of(Month(2026, 10))] == [
        8, 9, 10, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "is_workday"),
    [
        pytest.param(date(2026, 10, 5), True, id="a national holiday worked"),
        pytest.param(date(2026, 10, 10), False, id="a make-up Saturday not worked"),
        pytest.param(date(2026, 10, 24), True, id="a Saturday worked"),
        pytest.param(date(2026, 10, 12), False, id="a Monday free"),
        pytest.param(date(2026, 10, 13), True, id="a workday confirmed"),
        pytest.param(date(2026, 10, 25), False, id="a Sunday confirmed"),
    ],
)
def test_the_companys_word_counts_over_the_nations(day: date, is_workday: bool) -> None:
    company = Workdays({day: is_workday})
    assert (day in company) is is_workday
    assert (day in company.of(Month(2026, 10))) is is_workday
    assert (day + timedelta(days=1) in company) is (day + timedelta(days=1) in NATIONAL)


@pytest.mark.parametrize(
    ("day", "following"),
    [
        pytest.param(date(2026, 10, 14), date(2026, 10, 15), id="in the week"),
        pytest.param(date(2026, 10, 16), date(2026, 10, 19), id="over a weekend"),
        pytest.param(date(2026, 10, 17), date(2026, 10, 19), id="from a Saturday"),
        pytest.param(date(2026, 10, 9), date(2026, 10, 10), id="to a make-up Saturday"),
        pytest.param(date(2026, 10, 10), date(2026, 10, 12), id="from a make-up Saturday"),
        pytest.param(date(2026, 9, 30), date(2026, 10, 8), id="over National Day"),
        pytest.param(date(2026, 10, 3), date(2026, 10, 8), id="from within National Day"),
        pytest.param(date(2026, 2, 14), date(2026, 2, 24), id="over Spring Festival"),
        pytest.param(date(2025, 12, 31), date(2026, 1, 4), id="over New Year to a Sunday"),
    ],
)
def test_the_next_workday(day: date, following: date) -> None:
    assert NATIONAL.next_after(day) == following


def test_the_next_workday_heeds_the_companys_word() -> None:
    company = Workdays({date(2026, 10, 8): False, date(2026, 10, 9): False})
    assert company.next_after(date(2026, 9, 30)) == date(2026, 10, 10)


def test_between_takes_both_ends() -> None:
    assert list(NATIONAL.between(date(2026, 10, 8), date(2026, 10, 8))) == [date(2026, 10, 8)]
    assert list(NATIONAL.between(date(2026, 10, 9), date(2026, 10, 8))) == []
    assert list(NATIONAL.between(date(2026, 10, 3), date(2026, 10, 4))) == []


@settings(deadline=None)
@given(days_2026, st.dictionaries(days_2026, st.booleans(), max_size=10))
def test_between_a_day_and_its_next_workday_there_is_none(day: date, own: dict[date, bool]) -> None:
    company = Workdays(own)
    following = company.next_after(day)
    assert following in company
    assert following > day
    gap = (following - day).days
    assert not any(day + timedelta(days=n) in company for n in range(1, gap))


@pytest.mark.parametrize(
    ("year", "provisional"), [(2024, False), (2025, False), (2026, False), (2027, True)]
)
def test_a_year_is_provisional_until_its_make_up_days_are_known(
    year: int, provisional: bool
) -> None:
    assert is_provisional(year) is provisional


def test_a_provisional_year_still_has_its_statutory_holidays() -> None:
    assert date(2027, 10, 1) not in NATIONAL
    assert date(2027, 3, 1) in NATIONAL
