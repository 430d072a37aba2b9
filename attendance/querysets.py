"""A month's attendance facts, read in bulk: a constant number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from attendance.explained import Outages, outages_of, outings_of
from attendance.models import (
    Excuse,
    FinePayment,
    Leave,
    LeaveType,
    PoolOpening,
    Punch,
    Status,
    Trip,
)
from attendance.rules.days import Half, Side, Span
from attendance.rules.leave import LeaveFact, LeaveTypeFact
from core.db import Instant
from core.months import Month
from payroll.context import CloseContext

NO = "person__employee_no"


@dataclass(frozen=True)
class AttendanceFacts:
    """Everything about a month's attendance, by employee number."""

    punches: Mapping[tuple[str, date], list[datetime]]
    excused: Mapping[tuple[str, date], set[Side]]
    trips: Mapping[str, set[date]]
    leaves: Mapping[str, list[LeaveFact]]
    leave_types: Mapping[str, LeaveTypeFact]
    paid_at: Mapping[tuple[str, date, Side], datetime]
    outings: Mapping[tuple[str, date], list[Span]]
    outages: Outages


def attendance_facts(
    context: CloseContext,
    *,
    punches: Iterable[tuple[str, datetime]] | None = None,
    with_payments: bool = True,
) -> AttendanceFacts:
    """A month's facts. Whoever has read the `punches` already, by employee number, or does not
    look at the cash, need not read them."""
    return AttendanceFacts(
        punches=_punches(context, punches),
        excused=_excused(context),
        trips=_trips(context),
        leaves=_leaves(context),
        leave_types=leave_types(),
        paid_at=_paid(context) if with_payments else {},
        outings=outings_of(context),
        outages=outages_of(context),
    )


def _punches(
    context: CloseContext, known: Iterable[tuple[str, datetime]] | None
) -> dict[tuple[str, date], list[datetime]]:
    found: dict[tuple[str, date], list[datetime]] = defaultdict(list)
    for employee_no, at in _read_punches(context) if known is None else known:
        found[employee_no, context.day_of(at)].append(at)
    return found


def _read_punches(context: CloseContext) -> Iterable[tuple[str, datetime]]:
    month = context.month
    rows = context.among(Punch.objects.filter(at__gte=month.start, at__lt=month.end))
    return rows.values_list(NO, Instant("at"))


def _excused(context: CloseContext) -> dict[tuple[str, date], set[Side]]:
    found: dict[tuple[str, date], set[Side]] = defaultdict(set)
    rows = context.among(
        Excuse.objects.filter(
            status=Excuse.State.ACCEPTED,
            date__range=(context.month.first_day, context.month.last_day),
        )
    )
    for employee_no, day, side in rows.values_list(NO, "date", "side"):
        found[employee_no, day].add(Side(side))
    return found


def _trips(context: CloseContext) -> dict[str, set[date]]:
    found: dict[str, set[date]] = defaultdict(set)
    month = context.month
    rows = context.among(
        Trip.objects.filter(
            status=Status.APPROVED, start_on__lte=month.last_day, end_on__gte=month.first_day
        )
    )
    for employee_no, first, last in rows.values_list(NO, "start_on", "end_on"):
        day = max(first, month.first_day)
        while day <= min(last, month.last_day):
            found[employee_no].add(day)
            day += timedelta(days=1)
    return found


def _leaves(context: CloseContext) -> dict[str, list[LeaveFact]]:
    found: dict[str, list[LeaveFact]] = defaultdict(list)
    month = context.month
    rows = context.among(
        Leave.objects.filter(
            status=Status.APPROVED, start_on__lte=month.last_day, end_on__gte=month.first_day
        )
    )
    for employee_no, *values in rows.values_list(
        NO, "type", "start_on", "start_half", "end_on", "end_half", "special_case", "reason"
    ):
        kind, start_on, start_half, end_on, end_half, special_case, reason = values
        found[employee_no].append(
            LeaveFact(
                kind, start_on, Half(start_half), end_on, Half(end_half), special_case, reason
            )
        )
    return found


def leave_types() -> dict[str, LeaveTypeFact]:
    return {
        code: LeaveTypeFact(code, rate, cap)
        for code, rate, cap in LeaveType.objects.values_list("code", "pay_rate", "monthly_cap_days")
    }


def _paid(context: CloseContext) -> dict[tuple[str, date, Side], datetime]:
    month = context.month
    rows = context.among(FinePayment.objects.filter(date__range=(month.first_day, month.last_day)))
    told = rows.values_list(NO, "date", "side", Instant("paid_at"), Instant("given_back_at"))
    return {
        (employee_no, day, Side(side)): at
        for employee_no, day, side, at, back in told
        if back is None or not context.has_come(back)
    }


def pool_opening(through: Month) -> PoolOpening | None:
    """What the company last said the pool carries into a month, up to that one."""
    return PoolOpening.objects.filter(month__lte=through).order_by("-month").first()
