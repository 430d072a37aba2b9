"""A sample that anybody can draw again, and when "none" is no verdict (VIS-3)."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.rules.spot_checks import NoCall, NoVerdict, drawn, why_no_result, why_not_none

NUMBERS = [f"K{n:03}" for n in range(40)]


def test_the_same_seed_draws_the_same():
    first = drawn("seed", NUMBERS, 3)
    assert first == drawn("seed", reversed(NUMBERS), 3)
    # By another tool: printf 'seed/K001' | sha256sum
    assert first == ["K035", "K022", "K033"]
    assert drawn("another", NUMBERS, 3) != first


def test_nobody_is_drawn_more_often_than_others():
    times = Counter(no for n in range(2_000) for no in drawn(str(n), NUMBERS[:10], 3))
    assert set(times) == set(NUMBERS[:10])
    assert all(500 <= each <= 700 for each in times.values())


@given(st.text(max_size=8), st.lists(st.text(max_size=4)), st.integers(0, 12))
def test_a_sample_is_no_larger_than_asked_and_of_those_there_are(seed, numbers, size):
    found = drawn(seed, numbers, size)
    assert len(found) == len(set(found)) == min(size, len(set(numbers)))
    assert set(found) <= set(numbers)


OLD = date(2024, 1, 1)
CHECKED = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("visited", "created_on", "why"),
    [
        pytest.param([], OLD, None, id="nothing at all"),
        pytest.param([date(2026, 10, 3)], OLD, NoVerdict.RECORD, id="the thirtieth day before"),
        pytest.param([date(2026, 10, 2)], OLD, None, id="a day too early"),
        pytest.param([CHECKED], OLD, NoVerdict.RECORD, id="that very day"),
        pytest.param([date(2026, 11, 3)], OLD, None, id="afterwards"),
        pytest.param([], date(2026, 10, 3), None, id="the file is thirty days old"),
        pytest.param([], date(2026, 10, 4), NoVerdict.TOO_NEW, id="the file is younger"),
    ],
)
def test_when_none_is_no_verdict(visited, created_on, why):
    assert why_not_none(visited, created_on, CHECKED, 30) is why


def hour(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-02T{text}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("phone", "who", "at", "quiet", "reachable", "why"),
    [
        ("confirmed", "王总", "09:00", None, True, None),
        ("denied", "王总", "09:00", None, False, None),
        ("confirmed", " ", "09:00", None, True, NoCall.WHO),
        ("confirmed", "王总", None, None, True, NoCall.WHO),
        ("denied", "王总", "00:00", None, True, None),
        ("denied", "王总", "12:00", None, True, None),
        ("denied", "王总", "12:01", None, True, NoCall.AHEAD),
        ("denied", "王总", "10:00", "10:00", False, None),
        ("denied", "王总", "10:01", "10:00", False, NoCall.QUIET),
        ("unreached", "", None, None, True, None),
        ("unreached", "", None, "10:00", False, NoCall.QUIET),
        ("not_called", "", None, None, True, NoCall.COULD_BE),
        ("not_called", "", None, None, False, None),
        ("not_called", "", None, "10:00", True, None),
    ],
)
def test_what_came_of_the_telephone(phone, who, at, quiet, reachable, why):
    found = why_no_result(
        phone,
        who,
        hour(at) if at else None,
        quiet_since=hour(quiet) if quiet else None,
        can_be_called=reachable,
        since=hour("00:00"),
        now=hour("12:00"),
    )
    assert found is why


def test_a_call_before_the_day_of_inspection_is_none_of_it():
    before = {"quiet_since": None, "can_be_called": True, "now": hour("12:00")}
    assert why_no_result("denied", "x", hour("08:59"), since=hour("09:00"), **before) is (
        NoCall.BEFORE
    )
