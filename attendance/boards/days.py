"""One day of one person as it was judged, and what it shows at a glance (ATT-1, ATT-4)."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from attendance.rules.days import NOTHING, Cause, Half, HoursDue, Incident, Span
from attendance.rules.today import Presence, SoFar


class Mark(StrEnum):
    """What a day shows at a glance, the gravest first."""

    ABSENT = "absent"
    MISSING = "missing"
    LATE = "late"
    EARLY = "early"
    EXCUSED = "excused"
    TRIP = "trip"
    LEAVE = "leave"
    OUTING = "outing"
    PRESENT = "present"


OF_CAUSE = {Cause.LATE: Mark.LATE, Cause.EARLY: Mark.EARLY, Cause.MISSING: Mark.MISSING}


class Phase(StrEnum):
    """When a day lies; NOT_EMPLOYED: before hiring or after leaving, so nothing is asked of it."""

    OVER = "over"
    TODAY = "today"
    AHEAD = "ahead"
    NOT_EMPLOYED = "not_employed"


class JudgedDay(NamedTuple):
    """One day of one person. `due`: None on a day off, and where leave or a trip takes all of it.

    `presence` and `so_far` are today's alone.
    """

    day: date
    phase: Phase
    is_workday: bool = False
    due: HoursDue | None = None
    punches: tuple[datetime, ...] = ()
    incidents: tuple[Incident, ...] = ()
    absent: frozenset[Half] = NOTHING
    excess: frozenset[Half] = NOTHING
    on_leave: frozenset[Half] = NOTHING
    on_trip: bool = False
    outings: tuple[Span, ...] = ()
    excused: tuple[Incident, ...] = ()
    so_far: SoFar = SoFar()
    presence: Presence | None = None

    @property
    def first(self) -> datetime | None:
        return min(self.punches, default=None)

    @property
    def last(self) -> datetime | None:
        """The last punch, where it is another than the first."""
        last = max(self.punches, default=None)
        return last if last != self.first else None

    @property
    def marks(self) -> tuple[Mark, ...]:
        found = {OF_CAUSE[each.cause] for each in self.incidents}
        for mark, stands in (
            (Mark.ABSENT, self.absent or self.excess),
            (Mark.LATE, self.so_far.late),
            (Mark.EARLY, self.so_far.early),
            (Mark.EXCUSED, self.excused),
            (Mark.TRIP, self.on_trip),
            (Mark.LEAVE, self.on_leave - self.excess),
            (Mark.OUTING, self.outings),
        ):
            if stands:
                found.add(mark)
        if not found and self.punches and self.phase != Phase.NOT_EMPLOYED:
            return (Mark.PRESENT,)
        return tuple(mark for mark in Mark if mark in found)


def without_verdict(day: JudgedDay) -> JudgedDay:
    """The punches and what was approved, of somebody whom the rules are not about."""
    stands = SoFar(day.so_far.came, day.so_far.out)
    return day._replace(incidents=(), absent=NOTHING, excess=NOTHING, excused=(), so_far=stands)
