"""Days of a month as they stand now, for the pages: judged as the close judges them (ATT-1).

Read is what a day is judged by, and nothing of pay.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import Person
from attendance.charges.days import PersonMonth, judge_person
from attendance.models import Excuse
from attendance.querysets import AttendanceFacts, attendance_facts
from attendance.rules.days import (
    Cause,
    DayVerdict,
    HoursDue,
    Incident,
    Side,
    Span,
    hours_due,
    judge_hours,
)
from core import clock
from core.months import Month
from payroll.context import CloseContext
from payroll.groups import Group
from payroll.rules import PersonFacts
from policy.querysets import policy_book, workdays

# An explanation that does not stand any more is asked again.
OPEN_AGAIN = (Excuse.State.REJECTED, Excuse.State.WITHDRAWN)


@dataclass(frozen=True)
class Judged:
    """The days of a month of one or of many, as of now."""

    context: CloseContext
    facts: AttendanceFacts
    months: Mapping[str, PersonMonth]


@dataclass(frozen=True, slots=True)
class Standing:
    """A side gone wrong that is not excused: whose, when, what it costs, whether it was paid."""

    employee_no: str
    day: date
    incident: Incident
    fine: Decimal
    paid_at: datetime | None

    @property
    def side(self) -> Side:
        return self.incident.side


@dataclass(frozen=True, slots=True)
class SideShown:
    """A side of a day of somebody's, with what was said about it, if anything."""

    day: date
    incident: Incident
    excuse: Excuse | None

    @property
    def can_be_explained(self) -> bool:
        return self.excuse is None or self.excuse.status in OPEN_AGAIN


@dataclass(frozen=True)
class DayShown:
    """One day, for whoever explains it or decides: what was due, what is there, what is missing."""

    day: date
    due: HoursDue | None
    punches: Sequence[datetime]
    outings: Sequence[Span]
    incidents: Sequence[Incident]
    absent: Sequence[str]
    on_trip: bool

    @property
    def times(self) -> str:
        """The punches, as they are read aloud."""
        return ", ".join(f"{clock.local(at):%H:%M:%S}" for at in self.punches)

    @property
    def out(self) -> str:
        """The outings likewise."""
        spans = ((clock.local(each.start), clock.local(each.end)) for each in self.outings)
        return ", ".join(f"{start:%H:%M} – {end:%H:%M}" for start, end in spans)


def facts_of(person: Person) -> PersonFacts:
    return PersonFacts(
        person.employee_no, person.channel, person.hired_on, person.left_on, person.base_salary
    )


def judged(
    month: Month,
    people: Iterable[Person],
    *,
    alone: Person | None = None,
    with_payments: bool = True,
) -> Judged:
    """The month of some people; `alone`: of this one only, and nobody else is read. Whoever does
    not look at the cash need not read it (`with_payments`)."""
    context = CloseContext(
        month=month,
        as_of=clock.now(),
        people=[facts_of(person) for person in people],
        book=policy_book(),
        workdays=workdays(),
        first_month=month,
        group=Group(alone.pk, alone.pk) if alone else None,
    )
    facts = attendance_facts(context, with_payments=with_payments)
    months = {
        each.employee_no: judge_person(each, facts, context)
        for each in context.people
        if each.employed_in(month)
    }
    return Judged(context, facts, months)


def standing(found: Judged) -> list[Standing]:
    """Every incident that is not excused, the latest day first; of today who came late."""
    rows = [
        _standing(found, employee_no, verdict.day, incident)
        for employee_no, month in found.months.items()
        for verdict in (*month.verdicts, *_today(found, month))
        for incident in verdict.incidents
    ]
    return sorted(rows, key=lambda row: (-row.day.toordinal(), row.employee_no, row.side))


def _standing(found: Judged, employee_no: str, day: date, incident: Incident) -> Standing:
    return Standing(
        employee_no,
        day,
        incident,
        found.context.book.on(day).late_fine,
        found.facts.paid_at.get((employee_no, day, incident.side)),
    )


def _today(found: Judged, month: PersonMonth) -> list[DayVerdict]:
    """Who came late today is late, though the day goes on; nothing else of it is said yet."""
    today = clock.today()
    if today not in found.context.month_workdays or not month.person.employed_on(today):
        return []
    no = month.person.employee_no
    if today in found.facts.trips.get(no, ()):
        return []
    verdict = _verdict(found, no, today, month, excused=found.facts.excused.get((no, today), ()))
    late = tuple(i for i in verdict.incidents if i.cause is Cause.LATE) if verdict else ()
    return [DayVerdict(today, late)] if late else []


def _verdict(
    found: Judged, employee_no: str, day: date, month: PersonMonth, *, excused: Iterable[Side] = ()
) -> DayVerdict | None:
    """A day judged as it stands, over or not, by these excuses alone; None: nothing was due."""
    due = _due(found, day, month)
    if due is None:
        return None
    return judge_hours(
        day,
        found.facts.punches.get((employee_no, day), ()),
        due,
        frozenset(excused),
        outings=found.facts.outings.get((employee_no, day), ()),
        outages=found.facts.outages.touching(employee_no, day),
    )


def _due(found: Judged, day: date, month: PersonMonth) -> HoursDue | None:
    context = found.context
    if day not in context.month_workdays or not month.person.employed_on(day):
        return None
    on_leave = {each.half for each in month.leave if each.day == day}
    return hours_due(day, on_leave, context.book.on(day))


def sides_of(person: Person, month: Month) -> list[SideShown]:
    """Her incidents of a month, explained or not, the latest first."""
    found = judged(month, [person], alone=person, with_payments=False)
    bare = replace(found.facts, excused={})
    mine = judge_person(facts_of(person), bare, found.context)
    excuses = {
        (row.date, row.side): row
        for row in Excuse.objects.filter(
            person=person, date__range=(month.first_day, month.last_day)
        )
    }
    verdicts = [*mine.verdicts, *_today(Judged(found.context, bare, found.months), mine)]
    return [
        SideShown(verdict.day, incident, excuses.get((verdict.day, incident.side)))
        for verdict in sorted(verdicts, key=lambda v: v.day, reverse=True)
        for incident in verdict.incidents
    ]


def day_shown(person: Person, day: date) -> DayShown:
    """What is known of a day of somebody's; what is missing stands though it be explained."""
    month = Month.of(day)
    found = judged(month, [person], alone=person, with_payments=False)
    no = person.employee_no
    mine = found.months.get(no) or PersonMonth(facts_of(person))
    on_trip = day in found.facts.trips.get(no, ())
    verdict = None if on_trip else _verdict(found, no, day, mine)
    return DayShown(
        day=day,
        due=_due(found, day, mine),
        punches=sorted(found.facts.punches.get((no, day), ())),
        outings=sorted(found.facts.outings.get((no, day), ())),
        incidents=verdict.incidents if verdict else (),
        absent=sorted(verdict.absent) if verdict else (),
        on_trip=on_trip,
    )


def touched_by(span: Span, team: str, people: Sequence[Person]) -> list[tuple[Person, date, Any]]:
    """Whom an outage would excuse, and of what: each incident, and each day without a punch."""
    found: list[tuple[Person, date, Any]] = []
    for month in _months(span):
        found += _touched_in(month, span, team, people)
    return found


def _months(span: Span) -> list[Month]:
    month, last = Month.of(clock.local_date(span.start)), Month.of(clock.local_date(span.end))
    months = [month]
    while month < last:
        month = month.next()
        months.append(month)
    return months


def _touched_in(
    month: Month, span: Span, team: str, people: Sequence[Person]
) -> list[tuple[Person, date, Any]]:
    before = judged(month, people)
    outages = before.facts.outages.with_one(span, team, before.context)
    after = Judged(before.context, replace(before.facts, outages=outages), before.months)
    by_no = {person.employee_no: person for person in people}
    found: list[tuple[Person, date, Any]] = []
    for facts in before.context.people:
        if facts.employee_no not in before.months:
            continue
        now = before.months[facts.employee_no].by_day
        then = judge_person(facts, after.facts, after.context).by_day
        for day, verdict in now.items():
            gone = set(verdict.incidents) - set(then[day].incidents)
            lost = verdict.absent - then[day].absent
            found += [(by_no[facts.employee_no], day, each) for each in (*gone, *lost)]
    return found
