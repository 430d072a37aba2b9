"""One workday judged: hours due, first in and last out, incidents and absence (ATT-1, ATT-4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from core import clock
from core.money import round_half_up
from policy.rules import Policy


class Half(StrEnum):
    AM = "am"
    PM = "pm"


class Side(StrEnum):
    IN = "in"
    OUT = "out"


class Cause(StrEnum):
    """Why a side of a day is an incident."""

    LATE = "late"
    EARLY = "early"
    MISSING = "missing"


WHOLE_DAY = frozenset(Half)
MORNING, AFTERNOON = frozenset({Half.AM}), frozenset({Half.PM})
NOTHING: frozenset[Half] = frozenset()


@dataclass(frozen=True, slots=True)
class HoursDue:
    """The hours a day asks for, and the limits that go with them (ATT-1).

    `late_after`: with the grace that follows the start. `one_under`: punches that lie less than
    that apart are one. `morning_lost_from`, `afternoon_lost_until`: a first in at or after the one,
    a last out at or before the other is half a day's absence; None where the day is not due whole.
    """

    start: datetime
    end: datetime
    midpoint: datetime
    late_after: datetime
    one_under: timedelta
    morning_lost_from: datetime | None
    afternoon_lost_until: datetime | None


@dataclass(frozen=True, slots=True)
class Incident:
    """One side of a day gone wrong, not excused (ATT-2)."""

    side: Side
    cause: Cause
    due: datetime
    punched: datetime | None


class DayVerdict(NamedTuple):
    """What a workday comes to: incidents, and halves of absence found from the punches."""

    day: date
    incidents: tuple[Incident, ...] = ()
    absent: frozenset[Half] = frozenset()
    punches: tuple[datetime, ...] = ()


def hours_due(day: date, on_leave: Collection[Half], policy: Policy) -> HoursDue | None:
    """The hours due on a workday, shrunk by half a day's leave; None when nothing is due."""
    free = frozenset(on_leave)
    if free == WHOLE_DAY:
        return None
    lunch_start, lunch_end = (clock.at(day, t) for t in (policy.lunch_start, policy.lunch_end))
    start = lunch_end if Half.AM in free else clock.at(day, policy.work_start)
    end = lunch_start if Half.PM in free else clock.at(day, policy.work_end)
    return HoursDue(
        start,
        end,
        midpoint=start + (end - start) / 2,
        late_after=start + timedelta(minutes=policy.grace_minutes),
        one_under=timedelta(minutes=policy.punch_merge_minutes),
        morning_lost_from=None if free else lunch_end,
        afternoon_lost_until=None if free else lunch_start,
    )


def first_and_last(
    punches: Sequence[datetime], due: HoursDue
) -> tuple[datetime | None, datetime | None]:
    """First in and last out of a day's punches (ATT-1), None for a missing punch.

    Punches that all lie within the merge limit (last less first under it) are one, at the time of
    the first. One alone is the first in if before the midpoint of the hours due, else the last out.
    """
    first, last = min(punches), max(punches)
    if first == last or last - first < due.one_under:
        return (first, None) if first < due.midpoint else (None, first)
    return first, last


def judge(
    day: date,
    punches: Sequence[datetime],
    on_leave: Collection[Half],
    excused: Collection[Side],
    policy: Policy,
) -> DayVerdict:
    """Judge a workday that is neither trip nor full leave (ATT-1, ATT-4; S4.3, S9-3.6)."""
    due = hours_due(day, on_leave, policy)
    if due is None:
        return DayVerdict(day)
    if not punches:
        return DayVerdict(day, absent=WHOLE_DAY - frozenset(on_leave))
    return judge_hours(day, punches, due, excused)


def judge_hours(
    day: date, punches: Sequence[datetime], due: HoursDue, excused: Collection[Side]
) -> DayVerdict:
    """Judge a day on which there are punches by the hours it asks for (ATT-1)."""
    first, last = first_and_last(punches, due)
    absent = _half_days_absent(first, last, due)
    found = (_incident_in(first, due, absent), _incident_out(last, due, absent))
    incidents = tuple([i for i in found if i and i.side not in excused])
    return DayVerdict(day, incidents, absent, tuple(sorted(punches)))


def _half_days_absent(
    first: datetime | None, last: datetime | None, due: HoursDue
) -> frozenset[Half]:
    """Where the whole day is due: in at or after 13:00, out at or before 12:00 (ATT-1)."""
    morning, afternoon = due.morning_lost_from, due.afternoon_lost_until
    if first and morning and first >= morning:
        return WHOLE_DAY if last and afternoon and last <= afternoon else MORNING
    return AFTERNOON if last and afternoon and last <= afternoon else NOTHING


def _incident_in(
    first: datetime | None, due: HoursDue, absent: Collection[Half]
) -> Incident | None:
    if first is None:
        return Incident(Side.IN, Cause.MISSING, due.start, None)
    if first <= due.late_after or Half.AM in absent:
        return None
    return Incident(Side.IN, Cause.LATE, due.start, first)


def _incident_out(
    last: datetime | None, due: HoursDue, absent: Collection[Half]
) -> Incident | None:
    if last is None:
        return Incident(Side.OUT, Cause.MISSING, due.end, None)
    if last >= due.end or Half.PM in absent:
        return None
    return Incident(Side.OUT, Cause.EARLY, due.end, last)


def absence_fine(halves: int, policy: Policy) -> Decimal:
    """The fine for one or two absent halves of one day (ATT-4), half up."""
    return round_half_up(policy.absence_fine_per_day * halves / 2)
