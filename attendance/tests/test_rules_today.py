"""A day before it is over (ATT-1): who came late did, what may still come is not missing."""

from datetime import date, datetime

import pytest

from attendance.rules.days import Half, Side, Span, hours_due
from attendance.rules.today import Presence, SoFar, presence, sides_answered, so_far
from core import clock
from policy.rules import Policy

DAY = date(2026, 11, 9)
POLICY = Policy()


def at(text: str) -> datetime:
    return clock.from_local(datetime.fromisoformat(f"2026-11-09 {text}"))


def due(*on_leave: Half):
    return hours_due(DAY, on_leave, POLICY)


def stands(punches: str, *on_leave: Half, excused: tuple[Side, ...] = ()) -> tuple[str, str, str]:
    found = so_far([at(each) for each in punches.split()], due(*on_leave), excused)
    said = " ".join(name for name in ("late", "early") if getattr(found, name))
    times = (f"{clock.local(each):%H:%M}" if each else "" for each in (found.came, found.out))
    return (*times, said)


@pytest.mark.parametrize(
    ("punches", "on_leave", "expected"),
    [
        ("", (), ("", "", "")),
        ("08:59", (), ("08:59", "", "")),
        ("09:00", (), ("09:00", "", "")),
        ("09:00:01", (), ("09:00", "", "late")),
        # Out for lunch is not gone home.
        ("08:59 12:01", (), ("08:59", "", "")),
        ("08:59 13:29:59", (), ("08:59", "", "")),
        ("08:59 13:30", (), ("08:59", "13:30", "early")),
        ("08:59 17:59:59", (), ("08:59", "17:59", "early")),
        ("08:59 18:00", (), ("08:59", "18:00", "")),
        ("09:10 18:00", (), ("09:10", "18:00", "late")),
        # Within the merge limit it is one punch, at whatever hour.
        ("14:00 14:04:59", (), ("14:00", "", "late")),
        ("14:00 14:05", (), ("14:00", "14:05", "late early")),
        ("12:58", (Half.AM,), ("12:58", "", "")),
        ("13:01", (Half.AM,), ("13:01", "", "late")),
        ("08:59 12:00", (Half.PM,), ("08:59", "12:00", "")),
        ("08:59 11:00", (Half.PM,), ("08:59", "11:00", "early")),
    ],
)
def test_a_day_so_far(punches, on_leave, expected):
    assert stands(punches, *on_leave) == expected


def test_an_excuse_takes_its_side_out():
    assert stands("09:10 17:00", excused=(Side.IN,)) == ("09:10", "17:00", "early")
    assert stands("09:10 17:00", excused=(Side.IN, Side.OUT)) == ("09:10", "17:00", "")


@pytest.mark.parametrize(
    ("outings", "outages", "expected"),
    [
        ("", "", ""),
        ("09:00-11:00", "", "in"),
        ("09:00:01-11:00", "", ""),
        ("15:00-18:00", "", "out"),
        ("15:00-17:59:59", "", ""),
        ("08:00-18:00", "", "in out"),
        ("", "08:30-09:00", "in"),
        ("", "09:00:01-17:59", ""),
        ("", "18:00-18:30", "out"),
        ("09:00-11:00", "17:00-19:00", "in out"),
    ],
)
def test_an_outing_or_an_outage_answers_for_a_side(outings, outages, expected):
    def spans(text):
        return [Span(*map(at, each.split("-"))) for each in text.split()]

    found = sides_answered(due(), spans(outings), spans(outages))
    assert " ".join(sorted(found)) == expected


def test_where_nothing_is_due_nobody_is_late():
    assert so_far([at("10:00")], None, ()) == SoFar(at("10:00"))


@pytest.mark.parametrize(
    ("punches", "on_leave", "is_out", "now", "expected"),
    [
        ("", (), False, "08:00", Presence.NOT_HERE),
        ("", (), False, "10:00", Presence.NOT_HERE),
        ("08:59", (), False, "10:00", Presence.IN),
        ("09:01", (), False, "10:00", Presence.LATE),
        ("08:59 18:01", (), False, "18:30", Presence.OUT),
        ("08:59", (), True, "10:00", Presence.OUTING),
        ("", (), True, "10:00", Presence.OUTING),
        ("", (Half.AM, Half.PM), False, "10:00", Presence.LEAVE),
        ("", (Half.AM,), False, "12:59", Presence.LEAVE),
        ("", (Half.AM,), False, "13:00", Presence.NOT_HERE),
        ("", (Half.PM,), False, "11:59", Presence.NOT_HERE),
        ("", (Half.PM,), False, "12:00", Presence.LEAVE),
        ("12:50", (Half.AM,), False, "12:59", Presence.IN),
    ],
)
def test_who_is_where(punches, on_leave, is_out, now, expected):
    hours = due(*on_leave)
    found = so_far([at(each) for each in punches.split()], hours, ())
    assert presence(found, hours, on_leave=on_leave, is_out=is_out, now=at(now)) == expected


def test_a_day_off_misses_nobody():
    assert presence(SoFar(), None, on_leave=(), is_out=False, now=at("10:00")) == Presence.OFF
    came = SoFar(at("10:00"))
    assert presence(came, None, on_leave=(), is_out=False, now=at("11:00")) == Presence.IN
