"""A workday that has not ended, as it stands (ATT-1). Nothing is charged before it is over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from attendance.rules.days import Half, HoursDue, Side, Span, sides_touched


class Presence(StrEnum):
    """Where somebody is, as far as punches and what was approved say."""

    NOT_HERE = "not_here"
    LATE = "late"
    IN = "in"
    OUT = "out"
    OUTING = "outing"
    TRIP = "trip"
    LEAVE = "leave"
    OFF = "off"


HERE = frozenset({Presence.LATE, Presence.IN})


@dataclass(frozen=True, slots=True)
class SoFar:
    """A day's punches so far. `out` is None while nobody has punched for going out."""

    came: datetime | None = None
    out: datetime | None = None
    late: bool = False
    early: bool = False


def so_far(punches: Sequence[datetime], due: HoursDue | None, excused: Collection[Side]) -> SoFar:
    """Who came when, late or not; who has left, early or not, unless they come back.

    Punches within the merge limit are one. The last one is for going out once it lies past the
    midpoint of the hours due: before it somebody has only been out for a while.
    """
    if not punches:
        return SoFar()
    came, last = min(punches), max(punches)
    if due is None:
        return SoFar(came, last if last != came else None)
    left = last - came >= due.one_under and last >= due.midpoint
    return SoFar(
        came,
        last if left else None,
        late=came > due.late_after and Side.IN not in excused,
        early=left and last < due.end and Side.OUT not in excused,
    )


def sides_answered(
    due: HoursDue, outings: Sequence[Span], outages: Sequence[Span]
) -> frozenset[Side]:
    """The sides that an approved outing reaches, or that nobody could punch for (ATT-6)."""
    reached = set(sides_touched(due, outages))
    if any(outing.start <= due.late_after for outing in outings):
        reached.add(Side.IN)
    if any(outing.end >= due.end for outing in outings):
        reached.add(Side.OUT)
    return frozenset(reached)


def presence(
    so_far: SoFar,
    due: HoursDue | None,
    *,
    on_leave: Collection[Half],
    is_out: bool,
    now: datetime,
) -> Presence:
    """Where somebody is on a day that is no trip's. `is_out`: at a customer, as was approved."""
    if is_out:
        return Presence.OUTING
    if due is None and on_leave:
        return Presence.LEAVE
    if so_far.out:
        return Presence.OUT
    if so_far.came:
        return Presence.LATE if so_far.late else Presence.IN
    if due is None:
        return Presence.OFF
    is_free = (Half.AM in on_leave and now < due.start) or (Half.PM in on_leave and now >= due.end)
    return Presence.LEAVE if is_free else Presence.NOT_HERE
