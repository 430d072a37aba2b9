"""Money carried over the cutoff, and what excuses it (CUT-2, S9-4.4). Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum

from core import clock
from core.months import CollectionMonth
from policy.rules import PolicyBook
from policy.workdays import Workdays
from receivables.rules.custody import (
    LateHandovers,
    PaymentFact,
    is_valid_declaration,
    late_handover_deadline,
)


class Standing(StrEnum):
    """How a payment stands to a cutoff."""

    IN_TIME = "in time"
    EXCUSED = "excused"
    NOT_YET = "not yet"
    CARRIED_OVER = "carried over"


@dataclass(frozen=True, slots=True)
class CutoffRule:
    """What the judgement of a cutoff needs besides the payment. `has_come`: whether an instant
    lies no later than the one the judgement is of."""

    month: CollectionMonth
    has_come: Callable[[datetime], bool]
    late_handovers: LateHandovers
    workdays: Workdays
    book: PolicyBook

    def standing(self, payment: PaymentFact) -> Standing:
        """Judge one payment against the cutoff of the month alone (CUT-2).

        Excused, because the clause punishes intent: received on the cutoff's own day and handed
        in by the end of work that day; or under a late handover of its own day, declared before
        the cutoff, and handed in by the end of work on the next workday. Nothing is judged while
        the time it has for that runs.
        """
        if not payment.is_in_hand_at(self.month.cutoff):
            return Standing.IN_TIME
        grace = max(self._own_day_until(payment), self._late_handover_until(payment))
        if payment.handed_in_at is not None and payment.handed_in_at <= grace:
            return Standing.EXCUSED
        return Standing.CARRIED_OVER if self.has_come(grace) else Standing.NOT_YET

    def _own_day_until(self, payment: PaymentFact) -> datetime:
        day = clock.local_date(self.month.cutoff)
        if clock.local_date(payment.received_at) != day:
            return self.month.cutoff
        return clock.at(day, self.book.on(day).work_end)

    def _late_handover_until(self, payment: PaymentFact) -> datetime:
        day = clock.local_date(payment.received_at)
        declared_at = self.late_handovers.get((payment.employee_no, day))
        if (
            declared_at is None
            or declared_at >= self.month.cutoff
            or not is_valid_declaration(day, declared_at)
        ):
            return self.month.cutoff
        return late_handover_deadline(day, self.workdays, self.book)


def carried_over(
    payments: Iterable[PaymentFact], rule: CutoffRule
) -> dict[str, tuple[PaymentFact, ...]]:
    """The payments each salesperson carried over, by employee number, in order of receipt."""
    found: dict[str, list[PaymentFact]] = defaultdict(list)
    for payment in payments:
        if rule.standing(payment) is Standing.CARRIED_OVER:
            found[payment.employee_no].append(payment)
    return {
        no: tuple(sorted(group, key=lambda p: (p.received_at, p.payment_no)))
        for no, group in found.items()
    }


class Stage(Enum):
    """When whoever has money in hand is reminded of the cutoff: so long before it."""

    DAY = timedelta(hours=24)
    HOURS = timedelta(hours=4)
    HOUR = timedelta(hours=1)

    @property
    def before(self) -> timedelta:
        return self.value

    def __str__(self) -> str:
        return f"{self.value // timedelta(hours=1)}h"


def reminder_stage(cutoff: datetime, now: datetime) -> Stage | None:
    """The stage that has come last; none before the first, nor once the cutoff has passed."""
    if now > cutoff:
        return None
    come = [stage for stage in Stage if now >= cutoff - stage.before]
    return come[-1] if come else None
