"""One clock, the company's (TIME-1); it can be set, and lets go of what it was set to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock

NOON = datetime(2026, 10, 12, 4, tzinfo=UTC)


def test_now_is_aware_and_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_clock_can_be_set_and_runs_on_afterwards() -> None:
    with clock.set_to(NOON):
        assert clock.now() == NOON
        assert clock.today() == date(2026, 10, 12)
    assert clock.now() != NOON


def test_a_setting_inside_a_setting() -> None:
    with clock.set_to(NOON):
        with clock.set_to(NOON + timedelta(days=1)):
            assert clock.today() == date(2026, 10, 13)
        assert clock.today() == date(2026, 10, 12)
        with clock.set_to(None):
            assert clock.now() != NOON


def test_a_failure_lets_the_clock_go() -> None:
    with pytest.raises(RuntimeError), clock.set_to(NOON):
        raise RuntimeError
    assert clock.now() != NOON


def test_other_threads_keep_their_own_time() -> None:
    with clock.set_to(NOON), ThreadPoolExecutor(1) as pool:
        assert pool.submit(clock.now).result() != NOON


def test_any_zone_is_taken_and_utc_given() -> None:
    with clock.set_to(datetime(2026, 10, 12, 0, tzinfo=timezone(timedelta(hours=-4)))):
        assert clock.now() == NOON
        assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        pytest.param(datetime(2026, 10, 31, 15, 59, 59, 999999, UTC), date(2026, 10, 31), id="end"),
        pytest.param(datetime(2026, 10, 31, 16, tzinfo=UTC), date(2026, 11, 1), id="midnight"),
        pytest.param(datetime(2026, 12, 31, 16, tzinfo=UTC), date(2027, 1, 1), id="new year"),
        pytest.param(datetime(2024, 2, 28, 20, tzinfo=UTC), date(2024, 2, 29), id="leap day"),
    ],
)
def test_the_companys_date_changes_at_sixteen_utc(instant: datetime, day: date) -> None:
    assert clock.local_date(instant) == day


def test_a_day_from_its_first_instant_to_the_first_after_it() -> None:
    day = date(2026, 10, 12)
    assert clock.start_of(day) == datetime(2026, 10, 11, 16, tzinfo=UTC)
    assert clock.end_of(day) == datetime(2026, 10, 12, 16, tzinfo=UTC)
    assert clock.at(day, time(9)) == datetime(2026, 10, 12, 1, tzinfo=UTC)
    assert clock.at(day, time(7, 59, 59)) == datetime(2026, 10, 11, 23, 59, 59, tzinfo=UTC)


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_a_wall_clock_reading_comes_back(naive: datetime) -> None:
    instant = clock.from_local(naive)
    assert instant.tzinfo is UTC
    assert clock.local(instant).replace(tzinfo=None) == naive
    assert clock.at(naive.date(), naive.time()) == instant
    assert clock.start_of(naive.date()) <= instant < clock.end_of(naive.date())
