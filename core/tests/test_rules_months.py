"""Months as values: the calendar month (TIME-2) and the collection month (TIME-3)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from core.months import CollectionMonth, Month, MonthField

any_day = st.dates(min_value=date(1900, 2, 1), max_value=date(2198, 12, 31))


@pytest.mark.parametrize(
    ("text", "last_day"),
    [
        pytest.param("2026-01", 31, id="January"),
        pytest.param("2026-02", 28, id="February"),
        pytest.param("2024-02", 29, id="February of a leap year"),
        pytest.param("2000-02", 29, id="February of a century divisible by 400"),
        pytest.param("2100-02", 28, id="February of any other century"),
        pytest.param("2026-04", 30, id="April"),
        pytest.param("2026-12", 31, id="December"),
    ],
)
def test_a_month_runs_from_its_first_to_its_last_day(text: str, last_day: int) -> None:
    month = Month.parse(text)
    year, number = map(int, text.split("-"))
    assert month.first_day == date(year, number, 1)
    assert month.last_day == date(year, number, last_day)
    assert [day.day for day in month.days()] == list(range(1, last_day + 1))


@pytest.mark.parametrize(
    ("month", "following"),
    [
        ("2026-10", "2026-11"),
        ("2026-12", "2027-01"),
        ("2024-02", "2024-03"),
        ("1999-12", "2000-01"),
    ],
)
def test_months_follow_each_other(month: str, following: str) -> None:
    assert Month.parse(month).next() == Month.parse(following)
    assert Month.parse(following).previous() == Month.parse(month)


def test_a_month_is_cut_on_the_companys_clock() -> None:
    october = Month(2026, 10)
    # Shanghai is 8 hours ahead of UTC.
    assert october.start == datetime(2026, 9, 30, 16, tzinfo=UTC)
    assert october.end == datetime(2026, 10, 31, 16, tzinfo=UTC)


def test_december_ends_in_the_next_year() -> None:
    assert Month(2026, 12).end == datetime(2026, 12, 31, 16, tzinfo=UTC) == Month(2027, 1).start


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2026, 10, 31), True),
        (date(2026, 11, 1), False),
        (date(2025, 10, 15), False),
    ],
    ids=str,
)
def test_which_days_a_month_holds(day: date, inside: bool) -> None:
    assert (day in Month(2026, 10)) is inside


def test_months_sort_over_years() -> None:
    texts = ["2027-01", "2026-02", "2026-12", "2025-12"]
    assert [str(m) for m in sorted(map(Month.parse, texts))] == [
        "2025-12",
        "2026-02",
        "2026-12",
        "2027-01",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-1",
        "2026-00",
        "2026-13",
        "2026-10-01",
        "2026/10",
        "26-10",
        "1899-12",
        "0000-01",
        " 2026-10",
        "2026-10\n",
        "２０２６-10",
        "12026-10",
        "-2026-10",
    ],
    ids=repr,
)
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Month.parse(text)
    assert refused.value.code == "month"


@settings(deadline=None)
@given(any_day)
def test_every_day_lies_in_its_month_alone(day: date) -> None:
    month = Month.of(day)
    assert day in month
    assert day not in month.next()
    assert day not in month.previous()


@settings(deadline=None)
@given(any_day)
def test_going_on_and_back_comes_home(day: date) -> None:
    month = Month.of(day)
    assert month.next().previous() == month
    assert month.previous() < month < month.next()
    assert month.end == month.next().start
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize(
    ("off", "inside"),
    [
        pytest.param(timedelta(microseconds=-1), True, id="just before the cutoff"),
        pytest.param(timedelta(), True, id="the cutoff's very instant"),
        pytest.param(timedelta(microseconds=1), False, id="one microsecond later"),
    ],
)
def test_the_cutoffs_instant_still_belongs_to_its_collection_month(
    off: timedelta, inside: bool
) -> None:
    september = datetime(2026, 9, 28, 8, tzinfo=UTC)
    october = datetime(2026, 10, 28, 8, tzinfo=UTC)
    month = CollectionMonth(Month(2026, 10), after=september, cutoff=october)
    assert (october + off in month) is inside
    # The one before it ended by the same rule: no instant is in both or in neither.
    assert (september + off in month) is not inside


def test_the_field_keeps_text_and_gives_months() -> None:
    field = MonthField()
    assert field.get_prep_value(Month(2026, 9)) == "2026-09"
    assert field.get_prep_value(None) is None
    assert field.from_db_value("2026-09") == Month(2026, 9)
    assert field.from_db_value(None) is None
    assert field.to_python("2026-09") == Month(2026, 9)
    assert field.to_python(Month(2026, 9)) == Month(2026, 9)
    assert field.to_python(None) is None
    with pytest.raises(ValidationError):
        field.to_python("September")
