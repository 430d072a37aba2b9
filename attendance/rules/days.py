"""One workday judged: hours due, first in and last out, incidents, absence (ATT-1, ATT-4, ATT-6).

What an outing and an outage do to it stands in `docs/adr/0021-what-explains-a-day.md`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
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


def fine_key(employee_no: str, day: date, side: str) -> str:
    """What the fine of one side of a day is called wherever it is asked for (ATT-2)."""
    return f"ATT-2/{employee_no}/{day}/{side}"


WHOLE_DAY = frozenset(Half)
MORNING, AFTERNOON = frozenset({Half.AM}), frozenset({Half.PM})
NOTHING: frozenset[Half] = frozenset()
BOTH_SIDES = frozenset(Side)


class Span(NamedTuple):
    """From an instant through another, that one included: an outing, or an outage.

    `whom`: the customer of an outing.
    """

    start: datetime
    end: datetime
    whom: str = ""

    def covers(self, instant: datetime) -> bool:
        return self.start <= instant <= self.end


@dataclass(frozen=True, slots=True)
class HoursDue:
    """The hours a day asks for, and the limits that go with them (ATT-1).

    `halves`: those they are of. `late_after`: with the grace that follows the start. `one_under`:
    punches that lie less than that apart are one. `morning_lost_from`, `afternoon_lost_until`: a
    first in at or after the one, a last out at or before the other is half a day's absence; None
    where the day is not due whole.
    """

    start: datetime
    end: datetime
    halves: frozenset[Half]
    midpoint: datetime
    late_after: datetime
    one_under: timedelta
    morning_lost_from: datetime | None
    afternoon_lost_until: datetime | None


@dataclass(frozen=True, slots=True)
class Incident:
    """One side of a day gone wrong, not excused (ATT-2).

    `punched`: what it was judged by, None where there is nothing; `outing`: where that is the end
    of an outing and no punch.
    """

    side: Side
    cause: Cause
    due: datetime
    punched: datetime | None
    outing: Span | None = None


class DayVerdict(NamedTuple):
    """What a workday comes to: incidents, and halves of absence found from the punches."""

    day: date
    incidents: tuple[Incident, ...] = ()
    absent: frozenset[Half] = frozenset()
    punches: tuple[datetime, ...] = ()
    outings: tuple[Span, ...] = ()

    @property
    def badness(self) -> tuple[int, int]:
        """Absent halves, then incidents: the less of it, the better."""
        return len(self.absent), len(self.incidents)


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
        halves=WHOLE_DAY - free,
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
    *,
    outings: Sequence[Span] = (),
    outages: Sequence[Span] = (),
) -> DayVerdict:
    """Judge a workday that is neither trip nor full leave (ATT-1, ATT-4, ATT-6; S4.3, S9-3.6)."""
    due = hours_due(day, on_leave, policy)
    if due is None:
        return DayVerdict(day)
    return judge_hours(day, punches, due, excused, outings=outings, outages=outages)


def judge_hours(
    day: date,
    punches: Sequence[datetime],
    due: HoursDue,
    excused: Collection[Side],
    *,
    outings: Sequence[Span] = (),
    outages: Sequence[Span] = (),
) -> DayVerdict:
    """Judge a day by the hours it asks for (ATT-1).

    `outings` are approved, `outages` stand and are those that touched whoever's day it is (ATT-6).
    An outing makes no day worse: where the punches alone come to less, they stand.
    """
    touched = sides_touched(due, outages)
    found = _by_punches(day, punches, due, {*excused, *touched}, untold=touched == BOTH_SIDES)
    if not outings:
        return found
    with_outings = _by_presence(day, punches, outings, due, {*excused, *touched})
    if with_outings.badness <= found.badness:
        return with_outings
    return found._replace(outings=tuple(sorted(outings)))


def sides_touched(due: HoursDue, outages: Iterable[Span]) -> frozenset[Side]:
    """The sides that were due at an instant at which nobody could punch (ATT-6)."""
    instants = ((Side.IN, due.start), (Side.OUT, due.end))
    return frozenset(
        side for outage in outages for side, instant in instants if outage.covers(instant)
    )


def _by_punches(
    day: date,
    punches: Sequence[datetime],
    due: HoursDue,
    excused: Collection[Side],
    *,
    untold: bool,
) -> DayVerdict:
    """`untold`: at neither end of the day could anybody punch: without any it is no absence."""
    if not punches:
        return DayVerdict(day, absent=NOTHING if untold else due.halves)
    first, last = first_and_last(punches, due)
    absent = _half_days_absent(first, last, due)
    found = (_incident_in(first, due, absent), _incident_out(last, due, absent))
    incidents = tuple([i for i in found if i and i.side not in excused])
    return DayVerdict(day, incidents, absent, tuple(sorted(punches)))


def _by_presence(
    day: date,
    punches: Sequence[datetime],
    outings: Sequence[Span],
    due: HoursDue,
    excused: Collection[Side],
) -> DayVerdict:
    """The ends of outings stand beside the punches: no side is missing, and nothing is merged."""
    first = min([*punches, *(outing.start for outing in outings)])
    last = max([*punches, *(outing.end for outing in outings)])
    absent = _half_days_absent(first, last, due)
    found = (
        _told_by(_incident_in(first, due, absent), punches, outings),
        _told_by(_incident_out(last, due, absent), punches, outings),
    )
    incidents = tuple([i for i in found if i and i.side not in excused])
    return DayVerdict(day, incidents, absent, tuple(sorted(punches)), tuple(sorted(outings)))


def _told_by(
    incident: Incident | None, punches: Sequence[datetime], outings: Sequence[Span]
) -> Incident | None:
    """The incident, naming the outing it was judged by where no punch says the same."""
    if incident is None or incident.punched in punches:
        return incident
    return replace(incident, outing=next(o for o in sorted(outings) if incident.punched in o))


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
