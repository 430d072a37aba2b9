"""A day with outings and outages, at every edge (ATT-6; adr/0021)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.rules.days import Cause, DayVerdict, Half, Incident, Side, Span, judge
from core import clock
from policy.rules import DEFAULTS, Policy

DAY = date(2026, 10, 12)


def at(text: str) -> datetime:
    return clock.at(DAY, time.fromisoformat(text))


def spans(text: str) -> list[Span]:
    """`09:00-11:00 14:00-15:00`."""
    return [Span(*map(at, each.split("-"))) for each in text.split()]


def verdict(
    punches: str = "",
    *,
    outings: str = "",
    outages: str = "",
    leave: str = "",
    excused: str = "",
    policy: Policy = DEFAULTS,
) -> DayVerdict:
    return judge(
        DAY,
        [at(text) for text in punches.split()],
        {Half(half) for half in leave.split()},
        {Side(side) for side in excused.split()},
        policy,
        outings=spans(outings),
        outages=spans(outages),
    )


def told(found: DayVerdict) -> str:
    said = [f"{incident.side} {incident.cause}" for incident in found.incidents]
    return ", ".join([*said, *(f"absent {half}" for half in sorted(found.absent))])


@pytest.mark.parametrize(
    ("punches", "outings", "comes_to"),
    [
        # Straight to a customer, then in; straight from one home.
        ("18:01", "09:00-11:00", ""),
        ("09:00", "16:00-18:00", ""),
        ("11:05 18:00", "09:00-11:00", ""),
        ("09:00 15:30", "16:00-18:00", ""),
        ("", "09:00-18:00", ""),
        ("", "09:00-11:00 14:00-18:00", ""),
        # Nothing is said of what lies between.
        ("", "09:00-09:01 17:59-18:00", ""),
        # Alone it leaves the other half an absence.
        ("", "09:00-11:00", "absent pm"),
        ("", "14:00-18:00", "absent am"),
        ("", "11:00-14:00", "in late, out early"),
        ("", "13:00-14:00", "out early, absent am"),
        ("", "10:00-12:00", "in late, absent pm"),
        # On the second.
        ("18:00", "09:00:00.000001-11:00", "in late"),
        ("18:00", "12:59:59-13:00", "in late"),
        ("18:00", "13:00-14:00", "in missing"),
        ("09:00", "14:00-17:59:59", "out early"),
        ("", "09:00-12:00", "absent pm"),
        ("", "09:00-12:00:01", "out early"),
        # Where the punches alone come to less, they stand.
        ("09:00", "09:00-11:00", "out missing"),
        ("09:01", "09:00-11:00", "in late, out missing"),
        ("08:55", "09:30-11:30", "out missing"),
        ("18:00", "14:00-16:00", "in missing"),
        ("09:00 18:00", "10:00-11:00", ""),
        # Punches within five minutes are one by themselves, not beside an outing.
        ("17:58 18:01", "09:00-11:00", ""),
        ("17:54 17:57", "09:00-11:00", "out early"),
        # Before and after the hours it is presence as a punch is.
        ("18:00", "07:00-08:30", ""),
        ("09:00", "19:00-20:00", ""),
    ],
)
def test_an_outing_stands_beside_the_punches(punches: str, outings: str, comes_to: str) -> None:
    assert told(verdict(punches, outings=outings)) == comes_to


@pytest.mark.parametrize(
    ("leave", "punches", "outings", "excused", "comes_to"),
    [
        ("am", "18:00", "13:00-14:00", "", ""),
        ("am", "", "13:00-18:00", "", ""),
        ("am", "", "13:00:01-18:00", "", "in late"),
        # In the half that is free it is presence too, as a punch there.
        ("am", "", "09:00-11:00", "", "out early"),
        ("pm", "", "09:00-12:00", "", ""),
        ("pm", "12:00", "09:30-10:00", "", "in late"),
        ("am pm", "", "09:00-11:00", "", ""),
        ("", "17:00", "09:30-11:00", "in", "out early"),
        ("", "17:00", "09:30-11:00", "in out", ""),
        # The missing punch is explained: the outing would only bring half a day's absence.
        ("", "09:00", "09:00-11:00", "out", ""),
        ("", "", "09:00-11:00", "out", "absent pm"),
    ],
)
def test_an_outing_with_leave_and_explanations(
    leave: str, punches: str, outings: str, excused: str, comes_to: str
) -> None:
    assert told(verdict(punches, outings=outings, leave=leave, excused=excused)) == comes_to


@pytest.mark.parametrize(
    ("punches", "outings", "incident"),
    [
        (
            "18:00",
            "10:00-11:00",
            Incident(Side.IN, Cause.LATE, at("09:00"), at("10:00"), spans("10:00-11:00")[0]),
        ),
        (
            "09:00 13:00",
            "14:00-15:00 16:00-17:00",
            Incident(Side.OUT, Cause.EARLY, at("18:00"), at("17:00"), spans("16:00-17:00")[0]),
        ),
        # By the punch, where one says the same or more.
        ("09:30 18:00", "10:00-11:00", Incident(Side.IN, Cause.LATE, at("09:00"), at("09:30"))),
        ("10:00 18:00", "10:00-11:00", Incident(Side.IN, Cause.LATE, at("09:00"), at("10:00"))),
    ],
)
def test_an_incident_names_the_outing_it_was_judged_by(
    punches: str, outings: str, incident: Incident
) -> None:
    assert list(verdict(punches, outings=outings).incidents) == [incident]


@pytest.mark.parametrize("punches", ["", "09:00", "18:00", "09:00 18:00"])
def test_outings_are_kept_apart_from_punches(punches: str) -> None:
    found = verdict(punches, outings="14:00-15:00 09:00-11:00")
    assert found.punches == tuple(at(text) for text in punches.split())
    assert list(found.outings) == spans("09:00-11:00 14:00-15:00")


@pytest.mark.parametrize(
    ("punches", "outages", "comes_to"),
    [
        # It holds the instant that side is due at; both its ends belong to it.
        ("09:30 18:00", "08:00-09:00", ""),
        ("09:30 18:00", "09:00-10:00", ""),
        ("09:30 18:00", "08:00-08:59:59.999999", "in late"),
        ("09:30 18:00", "09:00:00.000001-10:00", "in late"),
        ("09:00 17:30", "18:00-19:00", ""),
        ("09:00 17:30", "17:00-18:00", ""),
        ("09:00 17:30", "17:00-17:59:59.999999", "out early"),
        ("09:00 17:30", "18:00:00.000001-19:00", "out early"),
        # Its side alone.
        ("09:30 17:30", "08:00-10:00", "out early"),
        ("09:30 17:30", "17:00-19:00", "in late"),
        ("09:30 17:30", "08:00-19:00", ""),
        ("09:30 17:30", "08:00-09:00 18:00-18:01", ""),
        ("09:00", "17:00-19:00", ""),
        ("18:00", "08:00-10:00", ""),
        ("09:00", "08:00-10:00", "out missing"),
        # No punch at all: no absence where both are touched.
        ("", "08:00-19:00", ""),
        ("", "09:00-18:00", ""),
        ("", "08:00-10:00 17:00-19:00", ""),
        ("", "08:00-10:00", "absent am, absent pm"),
        ("", "17:00-19:00", "absent am, absent pm"),
        ("", "09:00:00.000001-18:00", "absent am, absent pm"),
        ("", "10:00-17:00", "absent am, absent pm"),
        # Half a day that the punches show stays.
        ("13:00 18:00", "08:00-10:00", "absent am"),
        ("09:00 12:00", "08:00-19:00", "absent pm"),
        ("13:00", "08:00-19:00", "absent am"),
    ],
)
def test_an_outage_excuses_the_sides_it_touches(punches: str, outages: str, comes_to: str) -> None:
    assert told(verdict(punches, outages=outages)) == comes_to


@pytest.mark.parametrize(
    ("leave", "punches", "outages", "comes_to"),
    [
        ("am", "13:30 18:00", "12:50-13:00", ""),
        ("am", "13:30 18:00", "08:00-10:00", "in late"),
        ("pm", "09:00 11:30", "11:50-12:10", ""),
        ("pm", "09:00 11:30", "17:00-19:00", "out early"),
        ("am", "", "13:00-18:00", ""),
        ("am", "", "08:00-13:00", "absent pm"),
        ("pm", "", "09:00-12:00", ""),
        ("pm", "", "09:00-11:59", "absent am"),
        ("am pm", "", "08:00-19:00", ""),
    ],
)
def test_an_outage_and_half_a_day_of_leave(
    leave: str, punches: str, outages: str, comes_to: str
) -> None:
    assert told(verdict(punches, leave=leave, outages=outages)) == comes_to


def test_the_hours_an_outage_touches_are_the_policys() -> None:
    early = Policy(work_start=time(8, 30), work_end=time(17, 30))
    assert told(verdict("08:40 17:30", outages="08:00-08:30", policy=early)) == ""
    assert told(verdict("08:40 17:30", outages="08:31-09:00", policy=early)) == "in late"
    # Grace moves from when on somebody is late, not when the side is due.
    graced = Policy(grace_minutes=10)
    assert told(verdict("09:20 18:00", outages="09:05-09:15", policy=graced)) == "in late"


def test_an_outing_and_an_outage_on_one_day() -> None:
    assert told(verdict(outings="09:00-11:00", outages="08:00-19:00")) == ""
    assert told(verdict(outings="09:00-11:00", outages="17:00-19:00")) == "absent pm"
    assert told(verdict(outings="09:30-11:00", punches="17:00", outages="08:00-19:00")) == ""


moments = st.integers(0, 24 * 60 * 60 - 2).map(lambda s: clock.start_of(DAY) + timedelta(seconds=s))
some_spans = st.lists(
    st.tuples(moments, moments).filter(lambda t: t[0] != t[1]).map(lambda t: Span(*sorted(t))),
    max_size=3,
)
some_punches = st.lists(moments, max_size=4)
some_leave = st.sampled_from(["", "am", "pm", "am pm"]).map(lambda t: {Half(h) for h in t.split()})
some_excuses = st.sets(st.sampled_from(Side))
days = (some_punches, some_leave, some_excuses, some_spans, some_spans)


def came_to(
    punches: Sequence[datetime],
    leave: set[Half],
    excused: set[Side],
    outings: Sequence[Span],
    outages: Sequence[Span],
) -> DayVerdict:
    return judge(DAY, punches, leave, excused, DEFAULTS, outings=outings, outages=outages)


@settings(deadline=None)
@given(*days, some_spans, some_spans)
def test_neither_an_outing_nor_an_outage_ever_adds_a_fine(
    punches, leave, excused, outings, outages, more_outings, more_outages
) -> None:
    before = came_to(punches, leave, excused, outings, outages)
    assert (
        came_to(punches, leave, excused, [*outings, *more_outings], outages).badness
        <= before.badness
    )
    assert (
        came_to(punches, leave, excused, outings, [*outages, *more_outages]).badness
        <= before.badness
    )


@settings(deadline=None)
@given(*days)
def test_twice_the_same_is_once(punches, leave, excused, outings, outages) -> None:
    once = came_to(punches, leave, excused, outings, outages)
    twice = came_to(punches, leave, excused, [*outings, *outings], [*outages, *outages])
    assert (once.incidents, once.absent) == (twice.incidents, twice.absent)


@settings(deadline=None)
@given(*days)
def test_what_was_taken_back_leaves_the_day_as_it_was(
    punches, leave, excused, outings, outages
) -> None:
    plain = judge(DAY, punches, leave, excused, DEFAULTS)
    assert came_to(punches, leave, excused, [], []) == plain
    # Excess leave and leave itself are no business of theirs.
    assert not came_to(punches, leave, excused, outings, outages).absent & leave
