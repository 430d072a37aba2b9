"""What leave will cost, told before it is sent: the rules of the close, with it and without it
(LEA-1, LEA-4, LEA-5)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from attendance.rules.days import absence_fine
from attendance.rules.leave import (
    LeaveFact,
    LeaveHalf,
    LeaveTypeFact,
    cap_on,
    leave_halves,
    unpaid_cost,
)
from core.money import ZERO
from core.months import Month
from payroll.rules import PersonFacts
from policy.rules import PolicyBook
from policy.workdays import Workdays


@dataclass(frozen=True, slots=True)
class LeaveGround:
    """What somebody's leave is reckoned with. `trips`: the days of approved trips. `is_charged`:
    whether they have a statement that anything can be taken from (PAY-2).
    """

    person: PersonFacts
    workdays: Workdays
    types: Mapping[str, LeaveTypeFact]
    book: PolicyBook
    trips: Collection[date] = field(default=frozenset())
    is_charged: bool = True

    def counts(self, month: Month) -> frozenset[date]:
        """The days on which leave counts: workdays on which they are employed (LEA-5)."""
        return frozenset(d for d in self.workdays.of(month) if self.person.employed_on(d))


@dataclass(frozen=True, slots=True)
class MonthCost:
    """What one request adds to a month. Days in halves, yuan.

    `left`: of the month's allowance (`cap`), before the request; None without one. `excess`: the
    days more that count as absence, `fine`: what they cost (ATT-4). `unpaid`: what pay below the
    full rate costs (LEA-4).
    """

    month: Month
    days: Decimal
    cap: Decimal | None
    left: Decimal | None
    excess: Decimal
    fine: Decimal
    unpaid: Decimal

    @property
    def costs(self) -> Decimal:
        return self.fine + self.unpaid


def months_of(leave: LeaveFact) -> Iterator[Month]:
    """Every month a leave touches, in order."""
    month, last = Month.of(leave.start_on), Month.of(leave.end_on)
    while month <= last:
        yield month
        month = month.next()


def leave_costs(
    request: LeaveFact, others: Sequence[LeaveFact], ground: LeaveGround
) -> list[MonthCost]:
    """What a request adds to each month it touches, beside all others approved or asked for.

    A month without a workday of it is left out. Several requests count together (LEA-1).
    """
    costs = (_month_cost(request, others, month, ground) for month in months_of(request))
    return [cost for cost in costs if cost.days]


def _month_cost(
    request: LeaveFact, others: Sequence[LeaveFact], month: Month, ground: LeaveGround
) -> MonthCost:
    before = _halves(others, month, ground)
    after = _halves([*others, request], month, ground)
    own = [each for each in after if each.leave is request]
    cap = cap_on(request.type, own[0].day, ground.types, ground.book) if own else None
    was, now = _excess(before, request.type), _excess(after, request.type)
    fine_before, unpaid_before = _bill(before, month, ground)
    fine, unpaid = _bill(after, month, ground)
    return MonthCost(
        month=month,
        days=Decimal(len(own)) / 2,
        cap=cap,
        left=None if cap is None else max(cap - _standing(before, request.type), Decimal(0)),
        excess=Decimal(now - was) / 2,
        fine=fine - fine_before,
        unpaid=unpaid - unpaid_before,
    )


def days_standing(
    kind: str, leaves: Sequence[LeaveFact], month: Month, ground: LeaveGround
) -> Decimal:
    """The days of a type that use up a month's allowance."""
    return _standing(_halves(leaves, month, ground), kind)


def days_counted(leave: LeaveFact, ground: LeaveGround) -> Decimal:
    """How many workdays a leave takes, over all its months (LEA-5)."""
    halves = (len(_halves([leave], month, ground)) for month in months_of(leave))
    return Decimal(sum(halves)) / 2


def _halves(leaves: Sequence[LeaveFact], month: Month, ground: LeaveGround) -> list[LeaveHalf]:
    return leave_halves(
        leaves, month=month, counts=ground.counts(month), types=ground.types, book=ground.book
    )


def _standing(halves: Sequence[LeaveHalf], kind: str) -> Decimal:
    counted = [
        each
        for each in halves
        if each.leave.type == kind and not each.excess and not each.leave.stands_outside_the_count
    ]
    return Decimal(len(counted)) / 2


def _excess(halves: Sequence[LeaveHalf], kind: str) -> int:
    return sum(each.excess for each in halves if each.leave.type == kind)


def _bill(
    halves: Sequence[LeaveHalf], month: Month, ground: LeaveGround
) -> tuple[Decimal, Decimal]:
    """The fines for what is past the allowance, and what lower pay costs, as the close has them.

    On a day of trip nothing is looked at, though its leave uses the allowance.
    """
    if not ground.is_charged:
        return ZERO, ZERO
    absent: dict[date, int] = defaultdict(int)
    taken: dict[str, int] = defaultdict(int)
    for each in halves:
        if each.day in ground.trips:
            continue
        if each.excess:
            absent[each.day] += 1
        else:
            taken[each.leave.type] += 1
    fine = sum((absence_fine(n, ground.book.on(day)) for day, n in absent.items()), ZERO)
    return fine, sum((_unpaid(kind, n, month, ground) for kind, n in taken.items()), ZERO)


def _unpaid(kind: str, halves: int, month: Month, ground: LeaveGround) -> Decimal:
    said = ground.types.get(kind)
    if said is None or said.pay_rate >= 1:
        return ZERO
    workdays = len(ground.workdays.of(month))
    return unpaid_cost(ground.person.base_salary, halves, said.pay_rate, workdays)
