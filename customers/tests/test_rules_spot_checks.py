"""A sample that anybody can draw again, and when "none" is no verdict (VIS-3)."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.rules.spot_checks import (
    NoCall,
    NoVerdict,
    covered,
    drawn,
    why_no_result,
    why_not_none,
)

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


def d(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("quiet", "why"),
    [
        pytest.param([], None, id="never marked"),
        pytest.param([(d("10-03"), None)], NoVerdict.QUIET, id="since the first day"),
        pytest.param([(d("10-04"), None)], None, id="a day too late"),
        pytest.param([(d("09-01"), d("11-02"))], NoVerdict.QUIET, id="lifted that very day"),
        pytest.param([(d("09-01"), d("11-01"))], None, id="lifted the day before"),
        pytest.param([(d("09-01"), d("10-02"))], None, id="over when the interval begins"),
        pytest.param(
            [(d("10-20"), None), (d("09-01"), d("10-19"))], NoVerdict.QUIET, id="one after another"
        ),
        pytest.param([(d("10-21"), None), (d("09-01"), d("10-19"))], None, id="a day between"),
        pytest.param(
            [(d("09-01"), d("10-25")), (d("10-05"), d("10-06")), (d("10-10"), None)],
            NoVerdict.QUIET,
            id="one within another",
        ),
    ],
)
def test_who_was_not_to_be_disturbed_has_no_record(quiet, why):
    assert why_not_none([], OLD, CHECKED, 30, quiet) is why


def test_a_record_and_a_new_file_are_said_first():
    quiet = [(OLD, None)]
    assert why_not_none([CHECKED], OLD, CHECKED, 30, quiet) is NoVerdict.RECORD
    assert why_not_none([], CHECKED, CHECKED, 30, quiet) is NoVerdict.TOO_NEW


spans = st.lists(st.tuples(st.integers(0, 12), st.none() | st.integers(0, 12)), max_size=5)


@given(spans, st.integers(0, 12), st.integers(0, 12))
def test_what_is_covered_is_covered_day_by_day(drawn_spans, first, length):
    """Against asking each day by itself."""

    def day(n: int) -> date:
        return OLD + timedelta(days=n)

    last = first + length
    ordered = [(a, b if b is None else max(a, b)) for a, b in drawn_spans]
    each = all(
        any(a <= n and (b is None or n <= b) for a, b in ordered) for n in range(first, last + 1)
    )
    as_days = [(day(a), None if b is None else day(b)) for a, b in ordered]
    assert covered(as_days, day(first), day(last)) is each


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
