"""One workday judged: hours due, first in and last out, incidents and absence (ATT-1, ATT-4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class HoursDue:
    """The hours a day asks for (ATT-1). `whole`: no half of it is on leave."""

    start: datetime
    end: datetime
    whole: bool

    @property
    def midpoint(self) -> datetime:
        return self.start + (self.end - self.start) / 2


@dataclass(frozen=True, slots=True)
class Incident:
    """One side of a day gone wrong, not excused (ATT-2)."""

    side: Side
    cause: Cause
    due: datetime
    punched: datetime | None


@dataclass(frozen=True, slots=True)
class DayVerdict:
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
    start, end = policy.work_start, policy.work_end
    if Half.AM in free:
        start = policy.lunch_end
    if Half.PM in free:
        end = policy.lunch_start
    return HoursDue(clock.at(day, start), clock.at(day, end), whole=not free)


def first_and_last(
    punches: Sequence[datetime], due: HoursDue, policy: Policy
) -> tuple[datetime | None, datetime | None]:
    """First in and last out of a day's punches (ATT-1), None for a missing punch.

    Punches that all lie within the merge limit (last less first under it) are one, at the time of
    the first. One alone is the first in if before the midpoint of the hours due, else the last out.
    """
    first, last = min(punches), max(punches)
    if last - first < timedelta(minutes=policy.punch_merge_minutes) or first == last:
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
    first, last = first_and_last(punches, due, policy)
    absent = _half_days_absent(day, first, last, due, policy)
    found = (_incident_in(first, due, absent, policy), _incident_out(last, due, absent))
    incidents = tuple(i for i in found if i and i.side not in excused)
    return DayVerdict(day, incidents, absent, tuple(sorted(punches)))


def _half_days_absent(
    day: date, first: datetime | None, last: datetime | None, due: HoursDue, policy: Policy
) -> frozenset[Half]:
    """Where the whole day is due: in at or after 13:00, out at or before 12:00 (ATT-1)."""
    absent = set()
    if due.whole and first and first >= clock.at(day, policy.lunch_end):
        absent.add(Half.AM)
    if due.whole and last and last <= clock.at(day, policy.lunch_start):
        absent.add(Half.PM)
    return frozenset(absent)


def _incident_in(
    first: datetime | None, due: HoursDue, absent: Collection[Half], policy: Policy
) -> Incident | None:
    if first is None:
        return Incident(Side.IN, Cause.MISSING, due.start, None)
    if Half.AM in absent or first <= due.start + timedelta(minutes=policy.grace_minutes):
        return None
    return Incident(Side.IN, Cause.LATE, due.start, first)


def _incident_out(
    last: datetime | None, due: HoursDue, absent: Collection[Half]
) -> Incident | None:
    if last is None:
        return Incident(Side.OUT, Cause.MISSING, due.end, None)
    if Half.PM in absent or last >= due.end:
        return None
    return Incident(Side.OUT, Cause.EARLY, due.end, last)


def absence_fine(halves: int, policy: Policy) -> Decimal:
    """The fine for one or two absent halves of one day (ATT-4), half up."""
    return round_half_up(policy.absence_fine_per_day * halves / 2)
