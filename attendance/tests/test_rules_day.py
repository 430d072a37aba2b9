"""One workday judged, at every edge: first in, last out, half days, excuses (ATT-1, ATT-4)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.rules.days import Cause, DayVerdict, Half, Incident, Side, absence_fine, judge
from core import clock
from policy.rules import DEFAULTS, Policy

DAY = date(2026, 10, 12)
NINE_TO_SIX = DEFAULTS


def at(text: str) -> datetime:
    return clock.at(DAY, time.fromisoformat(text))


def verdict(
    punches: str, *, leave: str = "", excused: str = "", policy: Policy = NINE_TO_SIX
) -> DayVerdict:
    return judge(
        DAY,
        [at(text) for text in punches.split()],
        {Half(half) for half in leave.split()},
        {Side(side) for side in excused.split()},
        policy,
    )


def told(found: DayVerdict) -> str:
    """`in late, out missing, absent am`: what a day comes to, in words."""
    said = [f"{incident.side} {incident.cause}" for incident in found.incidents]
    return ", ".join([*said, *(f"absent {half}" for half in sorted(found.absent))])


def cases(*rows: tuple[str, str]) -> Any:
    params = [pytest.param(punches, comes_to, id=punches or "none") for punches, comes_to in rows]
    return pytest.mark.parametrize(("punches", "comes_to"), params)


@cases(
    ("", "absent am, absent pm"),
    # On time, to the second.
    ("09:00 18:00", ""),
    ("08:00 20:00", ""),
    ("00:00 23:59:59", ""),
    ("08:59:59 18:00:01", ""),
    # Late and early, each side by itself.
    ("09:00:00.000001 18:00", "in late"),
    ("09:00:01 18:00", "in late"),
    ("09:00 17:59:59.999999", "out early"),
    ("09:00 17:59:59", "out early"),
    ("09:00:01 17:59:59", "in late, out early"),
    # Up to lunch's end it is late, from then on half a day.
    ("12:00 18:00", "in late"),
    ("12:59:59 18:00", "in late"),
    ("13:00 18:00", "absent am"),
    ("13:00:01 18:00", "absent am"),
    ("17:50 18:00", "absent am"),
    ("13:00 17:00", "out early, absent am"),
    # From lunch's start on it is early, before that half a day.
    ("09:00 13:00", "out early"),
    ("09:00 12:00:01", "out early"),
    ("09:00 12:00", "absent pm"),
    ("09:00 11:59:59", "absent pm"),
    ("08:00 08:30", "absent pm"),
    ("09:30 12:00", "in late, absent pm"),
    ("12:00 13:00", "in late, out early"),
    # Only the first and the last count, in any order.
    ("18:00 09:00", ""),
    ("09:00 12:00 13:00 18:00", ""),
    ("13:05 18:00 09:00 11:55", ""),
)
def test_a_whole_day(punches: str, comes_to: str) -> None:
    assert told(verdict(punches)) == comes_to


@cases(
    ("08:59", "out missing"),
    ("09:00", "out missing"),
    ("09:00:01", "in late, out missing"),
    ("12:00", "in late, out missing"),
    ("12:59:59", "in late, out missing"),
    # The midpoint of 09:00 to 18:00 is 13:30.
    ("13:00", "out missing, absent am"),
    ("13:29:59", "out missing, absent am"),
    ("13:30", "in missing, out early"),
    ("17:59:59", "in missing, out early"),
    ("18:00", "in missing"),
    ("21:00", "in missing"),
)
def test_one_punch_alone(punches: str, comes_to: str) -> None:
    assert told(verdict(punches)) == comes_to


@cases(
    ("09:00 09:00", "out missing"),
    ("09:00 09:04:59", "out missing"),
    ("09:00 09:04:59.999999", "out missing"),
    ("09:00 09:05", "absent pm"),
    ("09:00 09:02 09:04:59", "out missing"),
    # Each within 5 minutes of the next, not all of them together.
    ("09:00 09:03 09:06", "absent pm"),
    # A merged punch stands at the time of the first.
    ("08:58 09:02", "out missing"),
    ("09:01 08:58", "out missing"),
    ("17:58 18:01", "in missing, out early"),
    ("18:00 18:04", "in missing"),
    ("17:56 18:01", "absent am"),
    ("13:00 13:04:59", "out missing, absent am"),
    ("13:00 13:05", "out early, absent am"),
    ("13:28 13:32", "out missing, absent am"),
    ("13:30 13:34", "in missing, out early"),
    ("12:59 13:03", "in late, out missing"),
)
def test_punches_within_five_minutes_are_one(punches: str, comes_to: str) -> None:
    assert told(verdict(punches)) == comes_to


@cases(
    ("", "absent pm"),
    ("13:00 18:00", ""),
    ("09:00 18:00", ""),
    ("13:00:01 18:00", "in late"),
    ("17:00 18:00", "in late"),
    ("13:00 17:59:59", "out early"),
    ("13:30 17:00", "in late, out early"),
    ("13:00 13:05", "out early"),
    # Half a day's absence is for whole days alone.
    ("11:00 12:00", "out early"),
    # The midpoint of 13:00 to 18:00 is 15:30.
    ("13:00", "out missing"),
    ("15:29:59", "in late, out missing"),
    ("15:30", "in missing, out early"),
    ("18:00", "in missing"),
    ("13:00 13:04:59", "out missing"),
)
def test_a_morning_on_leave(punches: str, comes_to: str) -> None:
    assert told(verdict(punches, leave="am")) == comes_to


@cases(
    ("", "absent am"),
    ("09:00 12:00", ""),
    ("09:00 18:00", ""),
    ("09:00:01 12:00", "in late"),
    ("09:00 11:59:59", "out early"),
    ("09:30 11:00", "in late, out early"),
    # Half a day's absence is for whole days alone.
    ("13:30 14:00", "in late"),
    ("08:00 08:30", "out early"),
    # The midpoint of 09:00 to 12:00 is 10:30.
    ("09:00", "out missing"),
    ("10:29:59", "in late, out missing"),
    ("10:30", "in missing, out early"),
    ("12:00", "in missing"),
    ("12:00 12:04", "in missing"),
)
def test_an_afternoon_on_leave(punches: str, comes_to: str) -> None:
    assert told(verdict(punches, leave="pm")) == comes_to


@pytest.mark.parametrize("punches", ["", "09:00 18:00", "10:00", "13:00 13:01", "23:00"])
def test_a_day_of_full_leave_is_not_looked_at(punches: str) -> None:
    assert told(verdict(punches, leave="am pm")) == ""


@pytest.mark.parametrize(
    ("punches", "leave", "excused", "comes_to"),
    [
        pytest.param("09:30 17:00", "", "in", "out early", id="in excused, out stays"),
        pytest.param("09:30 17:00", "", "out", "in late", id="out excused, in stays"),
        pytest.param("09:30 17:00", "", "in out", "", id="both excused"),
        pytest.param("09:30 18:00", "", "out", "in late", id="the wrong side"),
        pytest.param("09:00", "", "out", "", id="missing out"),
        pytest.param("18:00", "", "in", "", id="missing in"),
        pytest.param("14:00", "", "in", "out early", id="missing in, early stays"),
        pytest.param("09:30", "", "in", "out missing", id="late, missing out stays"),
        pytest.param("13:00 18:00", "", "in", "absent am", id="half a day is not excused"),
        pytest.param("09:00 12:00", "", "out", "absent pm", id="nor is the other half"),
        pytest.param("13:00", "", "out", "absent am", id="half a day stays, missing goes"),
        pytest.param("", "", "in out", "absent am, absent pm", id="nor is a whole day"),
        pytest.param("", "am", "in out", "absent pm", id="nor half a day due"),
        pytest.param("13:30 18:00", "am", "in", "", id="late after a morning's leave"),
        pytest.param("09:00 18:00", "", "in out", "", id="nothing to excuse"),
    ],
)
def test_an_excuse_covers_its_side_alone(
    punches: str, leave: str, excused: str, comes_to: str
) -> None:
    assert told(verdict(punches, leave=leave, excused=excused)) == comes_to


@pytest.mark.parametrize(
    ("punches", "leave", "comes_to"),
    [
        pytest.param("09:10 18:00", "", "", id="the last moment of grace"),
        pytest.param("09:10:00.000001 18:00", "", "in late", id="just past it"),
        pytest.param("09:10:01 18:00", "", "in late", id="a second past it"),
        pytest.param("09:00 17:59:59", "", "out early", id="none for going"),
        pytest.param("13:10 18:00", "am", "", id="follows the start after a morning's leave"),
        pytest.param("13:10:01 18:00", "am", "in late", id="and ends there too"),
        pytest.param("09:10 12:00", "pm", "", id="the same with an afternoon's leave"),
        pytest.param("09:05", "", "out missing", id="one punch within it"),
        pytest.param("13:00 18:00", "", "absent am", id="the half-day limit does not move"),
        pytest.param("13:30", "", "in missing, out early", id="nor does the midpoint"),
    ],
)
def test_ten_minutes_of_grace(punches: str, leave: str, comes_to: str) -> None:
    assert told(verdict(punches, leave=leave, policy=Policy(grace_minutes=10))) == comes_to


def test_grace_past_the_half_day_limit_excuses_no_half_day() -> None:
    assert told(verdict("13:00 18:00", policy=Policy(grace_minutes=300))) == "absent am"
    assert told(verdict("12:59 18:00", policy=Policy(grace_minutes=300))) == ""


# 08:30 to 17:30, lunch from 11:30 to 12:30: the midpoint is 13:00.
EARLY_SHIFT = Policy(
    work_start=time(8, 30), lunch_start=time(11, 30), lunch_end=time(12, 30), work_end=time(17, 30)
)


@pytest.mark.parametrize(
    ("punches", "leave", "comes_to"),
    [
        ("08:30 17:30", "", ""),
        ("08:30:01 17:29:59", "", "in late, out early"),
        ("12:29:59 17:30", "", "in late"),
        ("12:30 17:30", "", "absent am"),
        ("08:30 11:30:01", "", "out early"),
        ("08:30 11:30", "", "absent pm"),
        ("12:59:59", "", "out missing, absent am"),
        ("13:00", "", "in missing, out early"),
        ("12:30 17:30", "am", ""),
        ("14:59:59", "am", "in late, out missing"),
        ("15:00", "am", "in missing, out early"),
        ("08:30 11:30", "pm", ""),
    ],
)
def test_the_hours_are_the_policys(punches: str, leave: str, comes_to: str) -> None:
    assert told(verdict(punches, leave=leave, policy=EARLY_SHIFT)) == comes_to


@pytest.mark.parametrize(
    ("minutes", "punches", "comes_to"),
    [
        (0, "09:00 09:00", "out missing"),
        (0, "09:00 09:00:01", "absent pm"),
        (1, "09:00 09:00:59", "out missing"),
        (1, "09:00 09:01", "absent pm"),
        (10, "09:00 09:09:59", "out missing"),
        (10, "09:00 09:10", "absent pm"),
    ],
)
def test_the_merging_is_the_policys(minutes: int, punches: str, comes_to: str) -> None:
    assert told(verdict(punches, policy=Policy(punch_merge_minutes=minutes))) == comes_to


@pytest.mark.parametrize(
    ("punches", "incidents"),
    [
        ("09:07 18:00", [Incident(Side.IN, Cause.LATE, at("09:00"), at("09:07"))]),
        ("09:00 17:30", [Incident(Side.OUT, Cause.EARLY, at("18:00"), at("17:30"))]),
        ("09:00", [Incident(Side.OUT, Cause.MISSING, at("18:00"), None)]),
        ("18:00", [Incident(Side.IN, Cause.MISSING, at("09:00"), None)]),
    ],
)
def test_an_incident_tells_what_was_due_and_what_was_punched(
    punches: str, incidents: list[Incident]
) -> None:
    assert list(verdict(punches).incidents) == incidents


def test_the_punches_are_kept_in_order() -> None:
    assert verdict("18:00 09:00 12:00").punches == (at("09:00"), at("12:00"), at("18:00"))


instants = st.integers(0, 24 * 60 * 60 - 1).map(
    lambda s: clock.start_of(DAY) + timedelta(seconds=s)
)
some_punches = st.lists(instants, min_size=1, max_size=6)
some_leave = st.sampled_from(["", "am", "pm", "am pm"]).map(lambda t: {Half(h) for h in t.split()})
some_excuses = st.sets(st.sampled_from(Side))


@settings(deadline=None)
@given(some_punches, some_leave, some_excuses, st.randoms(use_true_random=False))
def test_the_order_of_punches_does_not_matter(
    punches: list[datetime], leave: set[Half], excused: set[Side], random: Any
) -> None:
    shuffled = random.sample(punches, len(punches))
    assert judge(DAY, shuffled, leave, excused, DEFAULTS) == judge(
        DAY, punches, leave, excused, DEFAULTS
    )


@settings(deadline=None)
@given(some_punches, some_leave, some_excuses, instants)
def test_a_punch_between_the_first_and_the_last_changes_nothing(
    punches: list[datetime], leave: set[Half], excused: set[Side], extra: datetime
) -> None:
    between = min(max(extra, min(punches)), max(punches))
    one = judge(DAY, punches, leave, excused, DEFAULTS)
    other = judge(DAY, [*punches, between], leave, excused, DEFAULTS)
    assert (one.incidents, one.absent) == (other.incidents, other.absent)


@settings(deadline=None)
@given(some_punches, some_leave, some_excuses)
def test_an_excuse_takes_away_its_incidents_and_nothing_else(
    punches: list[datetime], leave: set[Half], excused: set[Side]
) -> None:
    without = judge(DAY, punches, leave, (), DEFAULTS)
    found = judge(DAY, punches, leave, excused, DEFAULTS)
    assert found.absent == without.absent
    assert found.incidents == tuple(i for i in without.incidents if i.side not in excused)


@settings(deadline=None)
@given(some_punches, some_leave)
def test_no_half_is_fined_twice(punches: list[datetime], leave: set[Half]) -> None:
    found = judge(DAY, punches, leave, (), DEFAULTS)
    sides = [i.side for i in found.incidents]
    assert len(sides) == len(set(sides))
    assert not (Half.AM in found.absent and Side.IN in sides)
    assert not (Half.PM in found.absent and Side.OUT in sides)
    assert not found.absent & leave
    # Whoever punched at all was not absent all day.
    assert len(found.absent) < 2


def badness(punches: list[datetime]) -> tuple[Decimal, int]:
    found = judge(DAY, punches, (), (), DEFAULTS)
    return absence_fine(len(found.absent), DEFAULTS), len(found.incidents)


@settings(deadline=None)
@given(instants, instants, instants)
def test_coming_earlier_is_never_worse(one: datetime, other: datetime, third: datetime) -> None:
    earlier, later, last = sorted((one, other, third))
    if last - later >= timedelta(minutes=5):
        assert badness([earlier, last]) <= badness([later, last])


@settings(deadline=None)
@given(instants, instants, instants)
def test_going_later_is_never_worse(one: datetime, other: datetime, third: datetime) -> None:
    first, sooner, later = sorted((one, other, third))
    if sooner - first >= timedelta(minutes=5):
        assert badness([first, later]) <= badness([first, sooner])


@pytest.mark.parametrize(
    ("per_day", "halves", "fine"),
    [
        ("30.00", 0, "0.00"),
        ("30.00", 1, "15.00"),
        ("30.00", 2, "30.00"),
        ("25.01", 1, "12.51"),  # 12.505, half up
        ("25.01", 2, "25.01"),
        ("0.01", 1, "0.01"),
        ("0.00", 2, "0.00"),
    ],
)
def test_the_fine_for_absence(per_day: str, halves: int, fine: str) -> None:
    policy = Policy(absence_fine_per_day=Decimal(per_day))
    assert str(absence_fine(halves, policy)) == fine
