"""Which halves of which days are leave, and which leave is past its allowance (LEA-1, LEA-4)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from attendance.rules.days import Half
from core.money import round_half_up
from core.months import Month
from policy.rules import PolicyBook

PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class LeaveFact:
    """An approved leave: from one half of a day through another."""

    type: str
    start_on: date
    start_half: Half
    end_on: date
    end_half: Half
    special_case: bool = False
    reason: str = ""

    @property
    def row(self) -> str:
        return f"{self.type} {self.start_on} {self.start_half}"

    @property
    def stands_outside_the_count(self) -> bool:
        """A special case, with its written explanation (LEA-1)."""
        return self.special_case and bool(self.reason.strip())

    def halves(self) -> Iterable[tuple[date, Half]]:
        """Every half of the leave, workday or not, in order."""
        day = self.start_on
        while day <= self.end_on:
            for half in sorted(self.halves_on(day)):
                yield day, half
            day += timedelta(days=1)

    def halves_on(self, day: date) -> frozenset[Half]:
        """The halves of a day that it takes."""
        return frozenset(
            half
            for half in Half
            if (self.start_on, self.start_half) <= (day, half) <= (self.end_on, self.end_half)
        )


@dataclass(frozen=True, slots=True)
class LeaveTypeFact:
    """What the company says of a leave type (LEA-4)."""

    code: str
    pay_rate: Decimal = Decimal(1)
    monthly_cap_days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LeaveHalf:
    """Half a workday of leave; `excess`: past the month's allowance, so absence (LEA-1)."""

    day: date
    half: Half
    leave: LeaveFact
    excess: bool


def leave_halves(
    leaves: Sequence[LeaveFact],
    *,
    month: Month,
    counts: Collection[date],
    types: Mapping[str, LeaveTypeFact],
    book: PolicyBook,
) -> list[LeaveHalf]:
    """The month's halves of leave, on the days that count (workdays employed), in date order.

    Each type's first halves stand, up to its allowance in the month; the rest is excess. Special
    cases stand outside the count. Over two months each month's part counts there (LEA-5).
    """
    standing: dict[str, int] = defaultdict(int)
    found = []
    for day, half, leave in sorted(
        (
            (day, half, each)
            for each in leaves
            for day, half in each.halves()
            if day in month and day in counts
        ),
        key=lambda each: (each[0], each[1], each[2].row),
    ):
        outside = leave.stands_outside_the_count
        cap = cap_on(leave.type, day, types, book)
        excess = not outside and cap is not None and standing[leave.type] + 1 > cap * 2
        standing[leave.type] += not outside and not excess
        found.append(LeaveHalf(day, half, leave, excess))
    return found


def cap_on(
    code: str, day: date, types: Mapping[str, LeaveTypeFact], book: PolicyBook
) -> Decimal | None:
    """Days a month: the policy's for personal leave (its version of that day), else the type's."""
    if code == PERSONAL:
        return book.on(day).personal_leave_days
    kind = types.get(code)
    return kind.monthly_cap_days if kind else None


def unpaid_cost(base: Decimal, halves: int, pay_rate: Decimal, workdays: int) -> Decimal:
    """What leave below full pay costs: base x (1 - rate) x days / workdays, half up (LEA-4)."""
    return round_half_up(base * (1 - pay_rate) * halves / 2 / workdays)
