"""A month's days into charges and findings: ATT-2, ATT-4, ATT-5, LEA-4."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext_noop

from attendance.charges.evidence import (
    absence_evidence,
    incident_evidence,
    outing_list,
    punch_list,
)
from attendance.querysets import AttendanceFacts, attendance_facts
from attendance.rules.days import (
    DayVerdict,
    Half,
    HoursDue,
    Incident,
    absence_fine,
    fine_key,
    hours_due,
    judge_hours,
)
from attendance.rules.leave import LeaveHalf, leave_halves, unpaid_cost
from payroll.context import CloseContext
from payroll.rules import Account, Arithmetic, Charge, Evidence, Finding, PersonFacts, StepResult


@dataclass
class PersonMonth:
    """A salesperson's month of attendance, judged."""

    person: PersonFacts
    verdicts: list[DayVerdict] = field(default_factory=list)
    leave: list[LeaveHalf] = field(default_factory=list)

    @cached_property
    def absences(self) -> dict[date, dict[Half, str]]:
        """Absent halves by day, each with what it rests on: nothing at all, or excess leave."""
        found: dict[date, dict[Half, str]] = defaultdict(dict)
        for verdict in self.verdicts:
            for half in verdict.absent:
                found[verdict.day][half] = ""
        for each in self.leave:
            if each.excess:
                found[each.day][each.half] = each.leave.row
        return dict(found)

    @cached_property
    def by_day(self) -> dict[date, DayVerdict]:
        return {verdict.day: verdict for verdict in self.verdicts}

    @property
    def at_fault(self) -> bool:
        """Whether any late, early or absent day in it is unexcused (ATT-3)."""
        return bool(self.absences) or any(v.incidents for v in self.verdicts)


def attendance(context: CloseContext) -> StepResult:
    """Late and early fines, absence, its finding, and leave below full pay."""
    facts = attendance_facts(context)
    months = [
        judge_person(person, facts, context)
        for person in context.people
        if person.employed_in(context.month)
    ]
    charges: list[Charge] = []
    findings: list[Finding] = []
    for month in months:
        charges += _fines(month, facts, context)
        charges += _absences(month, context)
        charges += _unpaid_leave(month, facts, context)
        findings += _dismissal_finding(month, context)
    marks = frozenset(("ATT-3", m.person.employee_no) for m in months if m.at_fault)
    return StepResult(charges=charges, findings=findings, marks=marks)


def judge_person(person: PersonFacts, facts: AttendanceFacts, context: CloseContext) -> PersonMonth:
    """Judge every workday of the month that is over and on which the person was employed."""
    employee_no = person.employee_no
    days = [d for d in context.month_workdays if person.employed_on(d)]
    trips = facts.trips.get(employee_no, set())
    leave = leave_halves(
        facts.leaves.get(employee_no, []),
        month=context.month,
        counts=frozenset(days),
        types=facts.leave_types,
        book=context.book,
    )
    on_leave: dict[date, set[Half]] = defaultdict(set)
    for each in leave:
        on_leave[each.day].add(each.half)
    over = context.reckon(days_over)
    return PersonMonth(
        person,
        verdicts=[
            _verdict(employee_no, d, on_leave.get(d, ()), facts, context)
            for d in days
            if d in over and d not in trips
        ],
        # On a day of approved trip nothing is looked at, though its leave used the allowance.
        leave=[each for each in leave if each.day not in trips and each.day in over],
    )


def days_over(context: CloseContext) -> dict[date, HoursDue | None]:
    """The month's workdays that have ended, with the hours due from whoever has no leave."""
    return {
        day: hours_due(day, (), context.book.on(day))
        for day in context.month_workdays
        if context.has_ended(day)
    }


def _verdict(
    employee_no: str,
    day: date,
    on_leave: Collection[Half],
    facts: AttendanceFacts,
    context: CloseContext,
) -> DayVerdict:
    punches = facts.punches.get((employee_no, day), ())
    excused = facts.excused.get((employee_no, day), ())
    outings = facts.outings.get((employee_no, day), ())
    outages = facts.outages.touching(employee_no, day)
    due = context.reckon(days_over)[day]
    if on_leave:
        due = hours_due(day, on_leave, context.book.on(day))
    if due is None:
        return DayVerdict(day)
    return judge_hours(day, punches, due, excused, outings=outings, outages=outages)


def _fines(month: PersonMonth, facts: AttendanceFacts, context: CloseContext) -> Iterator[Charge]:
    for verdict in month.verdicts:
        for incident in verdict.incidents:
            paid_at = facts.paid_at.get((month.person.employee_no, verdict.day, incident.side))
            known = paid_at is not None and context.has_come(paid_at)
            fine = context.book.on(verdict.day).late_fine
            if fine:
                yield _fine(month.person.employee_no, verdict, incident, fine, in_cash=known)


def _fine(
    employee_no: str, verdict: DayVerdict, incident: Incident, fine: Decimal, *, in_cash: bool
) -> Charge:
    """5 yuan an unexcused incident, into the pool: in cash, or else from pay (ATT-2)."""
    return Charge(
        key=fine_key(employee_no, verdict.day, incident.side),
        employee_no=employee_no,
        rule="ATT-2",
        source=Account.CASH if in_cash else Account.PAY,
        target=Account.POOL,
        amount=fine,
        policy_on=verdict.day,
        arithmetic=Arithmetic(
            gettext_noop("one incident, paid in cash: {fine}")
            if in_cash
            else gettext_noop("one incident, taken from pay: {fine}"),
            {"fine": str(fine)},
        ),
        evidence=(
            incident_evidence(employee_no, verdict.day, incident),
            punch_list(employee_no, verdict),
            *outing_list(employee_no, verdict),
        ),
    )


def _absences(month: PersonMonth, context: CloseContext) -> Iterator[Charge]:
    """30 yuan an absent day, 15 a half, whatever the absence rests on (ATT-4)."""
    employee_no = month.person.employee_no
    for day, halves in sorted(month.absences.items()):
        policy = context.book.on(day)
        fine = absence_fine(len(halves), policy)
        if not fine:
            continue
        yield Charge(
            key=f"ATT-4/{employee_no}/{day}",
            employee_no=employee_no,
            rule="ATT-4",
            source=Account.PAY,
            target=Account.COMPANY,
            amount=fine,
            policy_on=day,
            arithmetic=Arithmetic(
                gettext_noop("{per_day} a day × {days} = {fine}"),
                {
                    "per_day": str(policy.absence_fine_per_day),
                    "fine": str(fine),
                    "days": "1" if len(halves) == 2 else "0.5",
                },
            ),
            evidence=(
                *(
                    absence_evidence(employee_no, day, half, leave)
                    for half, leave in sorted(halves.items())
                ),
                *outing_list(employee_no, month.by_day.get(day)),
            ),
        )


def _dismissal_finding(month: PersonMonth, context: CloseContext) -> Iterator[Finding]:
    """More than 15 absent days in a month: a finding for personnel and the manager (ATT-5)."""
    halves = sum(len(h) for h in month.absences.values())
    days = Decimal(halves) / 2
    if days > context.last_version.absence_dismissal_days:
        employee_no = month.person.employee_no
        yield Finding(
            key=f"ATT-5/{employee_no}/{context.month}",
            employee_no=employee_no,
            rule="ATT-5",
            days=days,
        )


def _unpaid_leave(
    month: PersonMonth, facts: AttendanceFacts, context: CloseContext
) -> Iterator[Charge]:
    """Leave below full pay costs its share of base salary; excess leave is absence alone."""
    halves: dict[str, list[LeaveHalf]] = defaultdict(list)
    for each in month.leave:
        kind = facts.leave_types.get(each.leave.type)
        if kind and kind.pay_rate < 1 and not each.excess:
            halves[each.leave.type].append(each)
    for code, taken in sorted(halves.items()):
        yield from _unpaid_charge(month.person, facts.leave_types[code].pay_rate, taken, context)


def _unpaid_charge(
    person: PersonFacts, pay_rate: Decimal, taken: list[LeaveHalf], context: CloseContext
) -> Iterator[Charge]:
    code = taken[0].leave.type
    workdays = len(context.month_workdays)
    cost = unpaid_cost(person.base_salary, len(taken), pay_rate, workdays)
    if not cost:
        return
    yield Charge(
        key=f"LEA-4/{person.employee_no}/{context.month}/{code}",
        employee_no=person.employee_no,
        rule="LEA-4",
        source=Account.PAY,
        target=Account.COMPANY,
        amount=cost,
        policy_on=context.month.last_day,
        arithmetic=Arithmetic(
            gettext_noop("{salary} × (1 − {rate}) × {days} ÷ {workdays} workdays = {cost}"),
            {
                "salary": str(person.base_salary),
                "rate": f"{pay_rate.normalize():f}",
                "days": f"{(Decimal(len(taken)) / 2).normalize():f}",
                "workdays": str(workdays),
                "cost": str(cost),
            },
        ),
        evidence=tuple(
            Evidence("leave", f"{person.employee_no} {row}")
            for row in dict.fromkeys(each.leave.row for each in taken)
        ),
    )
