"""Who was at work when, and what went wrong with it."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from salesforce.demo.cast import ABSENT, HALF_ABSENT, WHOLE, LeaveRequest, TripRequest
from salesforce.demo.leave import Span, away_on_leave, leaves_of, trip_workdays, trips_of
from salesforce.demo.people import Person
from salesforce.demo.stage import Stage

WORK_START, LUNCH_START, LUNCH_END, WORK_END = time(9), time(12), time(13), time(18)
SLACK = (0.0, 0.03, 0.06, 0.09)
"""How often people are late, by turns; leaving early and forgotten punches follow from it."""


@dataclass(frozen=True)
class Shift:
    """One day's work: first and last punch (None: forgotten), and the sides that went wrong."""

    day: date
    came: datetime | None
    went: datetime | None
    wrong: tuple[str, ...] = ()
    whole: bool = True


@dataclass
class Attendance:
    leaves: list[tuple[LeaveRequest, Span]]
    trips: list[tuple[TripRequest, Span]]
    on_trip: dict[str, set[date]]
    shifts: dict[str, dict[date, Shift]] = field(default_factory=lambda: defaultdict(dict))

    def office_days(self, who: str) -> list[date]:
        """Days worked from morning to evening at the office, with both punches."""
        return [
            day
            for day, shift in self.shifts[who].items()
            if shift.whole and shift.came and shift.went
        ]

    def field_days(self, who: str) -> list[date]:
        """Days on which customers can be seen: at work the whole day, or on a trip."""
        at_work = {day for day, shift in self.shifts[who].items() if shift.whole}
        return sorted(at_work | self.on_trip[who])

    def came(self, who: str, day: date) -> datetime:
        return self.shifts[who][day].came or datetime.combine(day, WORK_START)

    def office_day_from(self, who: str, day: date) -> date | None:
        days = self.office_days(who)
        n = bisect_left(days, day)
        return days[n] if n < len(days) else None


def attendance_of(stage: Stage, sellers: list[Person]) -> Attendance:
    leaves, trips = leaves_of(stage), trips_of(stage)
    attendance = Attendance(leaves, trips, trip_workdays(trips))
    away = away_on_leave(leaves)
    absent = {(who, stage.workday(*slot)) for who, slots in ABSENT.items() for slot in slots}
    for number, person in enumerate(sellers):
        rng = stage.random(f"shifts/{person.no}")
        for day in filter(person.employed, stage.workdays_begun()):
            off = away[person.no][day]
            away_all_day = (
                off == set(WHOLE)
                or day in attendance.on_trip[person.no]
                or (person.no, day) in absent
            )
            if not away_all_day:
                shift = _shift(stage, rng, person.no, day, off, SLACK[number % len(SLACK)])
                attendance.shifts[person.no][day] = shift
    return attendance


def _shift(stage: Stage, rng: Random, who: str, day: date, off: set[str], slack: float) -> Shift:
    slot, half = HALF_ABSENT.get(who, ((0, 0), ""))
    if half and day == stage.workday(*slot):
        return _half_worked(rng, day, half)
    starts = datetime.combine(day, LUNCH_END if "am" in off else WORK_START)
    ends = datetime.combine(day, LUNCH_START if "pm" in off else WORK_END)
    came, went = starts - minutes(rng, 2, 27), ends + minutes(rng, 2, 70)
    if off:
        return Shift(day, came, went, whole=False)
    return _with_a_slip(rng, Shift(day, came, went), slack)


def _half_worked(rng: Random, day: date, half: str) -> Shift:
    """Half a day's absence: came after lunch, or went before it."""
    came = datetime.combine(day, LUNCH_END if half == "am" else WORK_START)
    went = datetime.combine(day, LUNCH_START if half == "pm" else WORK_END)
    late = minutes(rng, 10, 30)
    return (
        Shift(day, came + late, went + late, whole=False)
        if half == "am"
        else Shift(day, came - late, went - late, whole=False)
    )


def _with_a_slip(rng: Random, shift: Shift, slack: float) -> Shift:
    """The same shift, or one that was late, ended early, or lacks a punch."""
    roll = rng.random()
    late = datetime.combine(shift.day, WORK_START) + minutes(rng, 1, 24)
    early = datetime.combine(shift.day, WORK_END) - minutes(rng, 5, 35)
    if roll < slack:
        return Shift(shift.day, late, shift.went, ("in",))
    if roll < slack * 1.5:
        return Shift(shift.day, shift.came, early, ("out",))
    if roll < slack * 1.6:
        return Shift(shift.day, late, early, ("in", "out"))
    if roll < slack * 1.8:
        return Shift(shift.day, shift.came, None, ("out",))
    if roll < slack * 1.9:
        return Shift(shift.day, None, shift.went, ("in",))
    return shift


def minutes(rng: Random, low: int, high: int) -> timedelta:
    return timedelta(minutes=rng.randint(low, high), seconds=rng.randint(0, 59))
