"""The days of some people's month, judged as the close judges them (ATT-1, ATT-4, LEA-1).

The one reading behind calendar, grid and today's board. A day that is over is as its close has it;
today is as it stands; of days to come only what was approved is known.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Person
from attendance.boards.days import JudgedDay, Phase, without_verdict
from attendance.charges.days import judge_person
from attendance.models import Punch
from attendance.querysets import AttendanceFacts, attendance_facts
from attendance.rules.days import DayVerdict, Incident, Side, hours_due, judge_hours
from attendance.rules.leave import LeaveHalf
from attendance.rules.today import Presence, presence, sides_answered, so_far
from core import clock
from core.db import read_snapshot
from core.months import Month
from payroll.context import CloseContext
from payroll.groups import Chosen
from payroll.rules import PersonFacts
from policy.querysets import policy_book, workdays


@dataclass(frozen=True)
class _Read:
    """What was read about some people's month, and the instant at which it is looked at."""

    context: CloseContext
    facts: AttendanceFacts
    workdays: frozenset[date]
    now: datetime


@dataclass(frozen=True)
class JudgedMonth:
    """A month of some people, by employee number and day, in the order they were asked for."""

    month: Month
    workdays: frozenset[date]
    of: Mapping[str, Mapping[date, JudgedDay]]


def judged_month(
    people: Sequence[Person],
    month: Month,
    *,
    now: datetime,
    days: Sequence[date] | None = None,
    punches: Iterable[tuple[str, datetime]] | None = None,
) -> JudgedMonth:
    """Judge a month of these people as of an instant: eight queries, however many they are.

    `days`: of the month those that are looked at. `punches`: those of these days, by employee
    number, where they have been read already.
    """
    with read_snapshot():
        read = _read(people, month, now, punches)
    looked_at = list(month.days()) if days is None else days
    return JudgedMonth(
        month,
        read.workdays,
        {each.employee_no: _judged(each, looked_at, read) for each in read.context.people},
    )


def _read(
    people: Sequence[Person],
    month: Month,
    now: datetime,
    punches: Iterable[tuple[str, datetime]] | None,
) -> _Read:
    context = CloseContext(
        month=month,
        # All of the month's leave; what has not come yet is told apart day by day.
        as_of=month.end,
        people=[
            PersonFacts(p.employee_no, p.channel, p.hired_on, p.left_on, p.base_salary)
            for p in people
        ],
        book=policy_book(),
        workdays=workdays(),
        first_month=month,
        group=Chosen(frozenset(p.pk for p in people)),
    )
    return _Read(
        context,
        attendance_facts(context, punches=punches, with_payments=False),
        frozenset(context.month_workdays),
        now,
    )


def _judged(person: PersonFacts, days: Sequence[date], read: _Read) -> dict[date, JudgedDay]:
    found = judge_person(person, read.facts, read.context)
    verdicts = {verdict.day: verdict for verdict in found.verdicts}
    leave: dict[date, list[LeaveHalf]] = defaultdict(list)
    for each in found.leave:
        leave[each.day].append(each)
    return {day: _day(person, day, verdicts.get(day), leave.get(day, []), read) for day in days}


def _day(
    person: PersonFacts,
    day: date,
    verdict: DayVerdict | None,
    leave: Sequence[LeaveHalf],
    read: _Read,
) -> JudgedDay:
    key = (person.employee_no, day)
    punches = tuple(sorted(read.facts.punches.get(key, ())))
    if not person.employed_on(day):
        return JudgedDay(day, Phase.NOT_EMPLOYED, punches=punches)
    on_leave = frozenset(each.half for each in leave)
    on_trip = day in read.facts.trips.get(person.employee_no, ())
    is_workday = day in read.workdays
    asked = is_workday and not on_trip
    found = JudgedDay(
        day,
        _phase(day, read.now),
        is_workday,
        due=hours_due(day, on_leave, read.context.book.on(day)) if asked else None,
        punches=punches,
        excess=frozenset(each.half for each in leave if each.excess),
        on_leave=on_leave,
        on_trip=on_trip,
        outings=tuple(sorted(read.facts.outings.get(key, ()))),
    )
    if found.phase == Phase.OVER and verdict is not None:
        return _as_closed(found, verdict, person.employee_no, read)
    return _as_it_stands(found, person.employee_no, read) if found.phase == Phase.TODAY else found


def _phase(day: date, now: datetime) -> Phase:
    if clock.end_of(day) <= now:
        return Phase.OVER
    return Phase.TODAY if clock.start_of(day) <= now else Phase.AHEAD


def _as_closed(found: JudgedDay, verdict: DayVerdict, employee_no: str, read: _Read) -> JudgedDay:
    """A day that is over: its verdict, and what excuses and outages took out of it."""
    excused: tuple[Incident, ...] = ()
    facts = read.facts
    key = (employee_no, found.day)
    forgiven = facts.excused.get(key) or facts.outages.touching(*key)
    if forgiven and found.due is not None and found.punches:
        all_told = judge_hours(found.day, found.punches, found.due, (), outings=found.outings)
        sides = {each.side for each in verdict.incidents}
        excused = tuple(each for each in all_told.incidents if each.side not in sides)
    return found._replace(incidents=verdict.incidents, absent=verdict.absent, excused=excused)


def _as_it_stands(found: JudgedDay, employee_no: str, read: _Read) -> JudgedDay:
    """Today: who came late has, but a punch that may still come is not missing."""
    excused: set[Side] = set(read.facts.excused.get((employee_no, found.day), ()))
    if found.due is not None:
        outages = read.facts.outages.touching(employee_no, found.day)
        excused |= sides_answered(found.due, found.outings, outages)
    stands = so_far(found.punches, found.due, excused)
    if found.on_trip:
        return found._replace(so_far=stands, presence=Presence.TRIP)
    where = presence(
        stands,
        found.due,
        on_leave=found.on_leave,
        is_out=any(each.start <= read.now < each.end for each in found.outings),
        now=read.now,
    )
    return found._replace(so_far=stands, presence=where)


def month_of(person: Person, month: Month, *, now: datetime) -> Mapping[date, JudgedDay]:
    """One person's month by day. The rules on lateness and absence are for salespeople (ATT):
    of others it has the punches and what was approved, and no verdict."""
    return _as_concerned(person, judged_month([person], month, now=now))


def day_of(person: Person, day: date, punches: Iterable[Punch], *, now: datetime) -> JudgedDay:
    """One day of one person, whose punches on it have been read; as `month_of` has it."""
    found = judged_month(
        [person],
        Month.of(day),
        now=now,
        days=[day],
        punches=[(person.employee_no, punch.at) for punch in punches],
    )
    return _as_concerned(person, found)[day]


def _as_concerned(person: Person, found: JudgedMonth) -> Mapping[date, JudgedDay]:
    days = found.of[person.employee_no]
    if person.has_role("salesperson"):
        return days
    return {on: without_verdict(day) for on, day in days.items()}
