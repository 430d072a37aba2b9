"""Leave and trips: requests in all states, and the half days people are away for them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from salesforce.demo.cast import (
    LEAVES,
    LEAVES_ASKED_FOR,
    TRIPS,
    TRIPS_ASKED_FOR,
    LeaveRequest,
    Slot,
    TripRequest,
)
from salesforce.demo.rows import Row, stamp, yes_no
from salesforce.demo.stage import Stage

Away = dict[str, dict[date, set[str]]]


@dataclass(frozen=True)
class Span:
    """A request's days: the first, the last, and the workdays in it."""

    start: date
    end: date
    workdays: tuple[date, ...]

    @classmethod
    def of(cls, stage: Stage, start: Slot, days: int) -> "Span":
        workdays = tuple(stage.workday(start[0], start[1] + n) for n in range(days))
        return cls(workdays[0], workdays[-1], workdays)

    def over(self, stage: Stage) -> bool:
        return self.end <= stage.today


def leaves_of(stage: Stage) -> list[tuple[LeaveRequest, Span]]:
    spans = ((leave, Span.of(stage, leave.start, leave.days)) for leave in LEAVES)
    return [(leave, span) for leave, span in spans if span.over(stage)]


def trips_of(stage: Stage) -> list[tuple[TripRequest, Span]]:
    spans = ((trip, Span.of(stage, trip.start, trip.days)) for trip in TRIPS)
    return [(trip, span) for trip, span in spans if span.over(stage)]


def away_on_leave(leaves: Iterable[tuple[LeaveRequest, Span]]) -> Away:
    """The halves of workdays that approved leave takes."""
    away: Away = defaultdict(lambda: defaultdict(set))
    for leave, span in leaves:
        if leave.status == "approved":
            for day in span.workdays:
                away[leave.who][day] |= set(_halves(leave, span, day))
    return away


def _halves(leave: LeaveRequest, span: Span, day: date) -> Iterator[str]:
    if not (day == span.start and leave.halves[0] == "pm"):
        yield "am"
    if not (day == span.end and leave.halves[1] == "am"):
        yield "pm"


def trip_workdays(trips: Iterable[tuple[TripRequest, Span]]) -> dict[str, set[date]]:
    days: dict[str, set[date]] = defaultdict(set)
    for trip, span in trips:
        if trip.status == "approved":
            days[trip.who] |= set(span.workdays)
    return days


def leave_table(stage: Stage, leaves: Iterable[tuple[LeaveRequest, Span]]) -> list[Row]:
    decided = [_leave_row(leave, span.start, span.end) for leave, span in leaves]
    day = _last_workday(stage)
    asked_for = [
        LeaveRequest(who, (2, 0), 1, kind, reason, status="pending")
        for who, kind, reason in LEAVES_ASKED_FOR
    ]
    return decided + [_leave_row(leave, day, day) for leave in asked_for]


def _leave_row(leave: LeaveRequest, start: date, end: date) -> Row:
    return {
        "employee_no": leave.who,
        "type": leave.type,
        "start_on": start.isoformat(),
        "start_half": leave.halves[0],
        "end_on": end.isoformat(),
        "end_half": leave.halves[1],
        "status": leave.status,
        "special_case": yes_no(leave.special),
        "reason": leave.reason,
        "evidence": leave.evidence,
    }


def _last_workday(stage: Stage) -> date:
    return max(day for day in stage.workdays if day <= stage.today)


def trips_table(stage: Stage, trips: Iterable[tuple[TripRequest, Span]]) -> list[Row]:
    day = _last_workday(stage)
    return [
        *(
            _trip_row(trip.who, span.start, span.end, trip.purpose, trip.status)
            for trip, span in trips
        ),
        *(_trip_row(who, day, day, purpose, "pending") for who, purpose in TRIPS_ASKED_FOR),
    ]


def _trip_row(who: str, start: date, end: date, purpose: str, status: str) -> Row:
    return {
        "employee_no": who,
        "start_on": start.isoformat(),
        "end_on": end.isoformat(),
        "purpose": purpose,
        "status": status,
    }


def trip_reports_table(trips: Iterable[tuple[TripRequest, Span]]) -> list[Row]:
    """A report for each day of a trip that weekends may prolong; one is late, one missing."""
    return [
        {
            "employee_no": trip.who,
            "date": day.isoformat(),
            "reported_at": stamp(datetime.combine(day, time.fromisoformat(at))),
        }
        for trip, span in trips
        if trip.status == "approved"
        for day, at in _reports(trip, span)
        if at
    ]


def _reports(trip: TripRequest, span: Span) -> Iterator[tuple[date, str]]:
    for n in range((span.end - span.start).days + 1):
        day = span.start + timedelta(days=n)
        yield day, trip.reports[n % len(trip.reports)]
