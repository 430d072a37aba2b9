"""A small sales department in November 2026: no holiday, 21 workdays from the 2nd to the 30th."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from accounts.models import Person
from attendance.charges.days import attendance
from attendance.charges.pool import pool
from attendance.models import Excuse, FinePayment, Leave, LeaveType, Punch, Trip
from core import clock
from core.months import Month
from payroll.assessment import context_of
from payroll.rules import Charge, Finding
from policy.models import CalendarDay, PolicyParameter
from policy.querysets import workdays

NOVEMBER = Month(2026, 11)
EVER = date(2020, 1, 1)


def instant(text: str) -> datetime:
    """`11-09 08:30:15`, on the company's clock in 2026."""
    return clock.from_local(datetime.fromisoformat(f"2026-{text}"))


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def hire(
    no: str, *, on: date = EVER, left_on: date | None = None, base_salary: str = "6300.00"
) -> Person:
    """A salesperson; 6300 yuan are 300 a workday of November."""
    return Person.objects.create(
        employee_no=no,
        name=no,
        roles="salesperson",
        channel="field",
        hired_on=on,
        left_on=left_on,
        base_salary=Decimal(base_salary),
    )


def punch(person: Person, *texts: str) -> None:
    Punch.objects.bulk_create(Punch(person=person, at=instant(text)) for text in texts)


def work(person: Person, *, month: Month = NOVEMBER, but: Iterable[str] = ()) -> None:
    """Punch 09:00 and 18:00 on every workday of the month, but on some."""
    free = {day(text) for text in but}
    days = [d for d in workdays().of(month) if d not in free]
    punch(person, *(f"{d:%m-%d} {hour}" for d in days for hour in ("09:00", "18:00")))


def explain(person: Person, on: str, side: str, status: str = "accepted") -> None:
    Excuse.objects.create(person=person, date=day(on), side=side, status=status)


def pay_cash(person: Person, on: str, side: str, *, at: datetime) -> None:
    FinePayment.objects.create(person=person, date=day(on), side=side, paid_at=at)


def take_leave(
    person: Person,
    span: str,
    kind: str = "personal",
    *,
    status: str = "approved",
    evidence: str = "record.pdf",
) -> None:
    """`11-09am..11-10pm`: from one half through another."""
    start, _, end = span.partition("..")
    end = end or start
    Leave.objects.create(
        person=person,
        type=kind,
        start_on=day(start[:-2]),
        start_half=start[-2:],
        end_on=day(end[:-2]),
        end_half=end[-2:],
        status=status,
        evidence=evidence,
    )


def travel(person: Person, first: str, last: str, *, status: str = "approved") -> None:
    Trip.objects.create(person=person, start_on=day(first), end_on=day(last), status=status)


def leave_type(code: str, rate: str, cap: str | None = None) -> None:
    LeaveType.objects.create(
        code=code,
        name=code,
        pay_rate=Decimal(rate),
        monthly_cap_days=None if cap is None else Decimal(cap),
    )


def rule_from(on: str, parameter: str, value: str) -> None:
    PolicyParameter.objects.create(effective_on=day(on), parameter=parameter, value=value)


def declare(on: str, *, workday: bool) -> None:
    CalendarDay.objects.create(date=day(on), is_workday=workday)


@dataclass(frozen=True)
class Found:
    """What a month of attendance comes to."""

    charges: tuple[Charge, ...]
    findings: tuple[Finding, ...]
    at_fault: frozenset[str]

    def of(self, *rules: str) -> dict[str, str]:
        """The charges under some rules: key to `pay→pool 5.00`."""
        return {c.key: f"{c.source}→{c.target} {c.amount}" for c in self.charges if c.rule in rules}

    @property
    def all(self) -> dict[str, str]:
        return self.of("ATT-2", "ATT-3", "ATT-4", "LEA-4")

    def __getitem__(self, key: str) -> Charge:
        return next(c for c in self.charges if c.key == key)


def assessed(month: Month = NOVEMBER, *, as_of: datetime | None = None) -> Found:
    """The steps of attendance and pool over the facts on file, once the month is over."""
    context = context_of(month=month, as_of=as_of or month.end)
    days = attendance(context)
    shares = pool(replace(context, earlier=tuple(days.charges), marks=days.marks))
    at_fault = frozenset(no for rule, no in days.marks if rule == "ATT-3")
    return Found((*days.charges, *shares.charges), tuple(days.findings), at_fault)


def a_moment_before(instant: datetime) -> datetime:
    return instant - timedelta(microseconds=1)


def a_moment_after(instant: datetime) -> datetime:
    return instant + timedelta(microseconds=1)
