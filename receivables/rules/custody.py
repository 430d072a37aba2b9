"""Who has the money and the slips at an instant (SLIP-1, SLIP-2, SLIP-4, CUT-1). Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from core import clock
from core.money import ZERO
from core.months import CollectionMonth
from policy.rules import PolicyBook
from policy.workdays import Workdays


class PaymentFact(NamedTuple):
    """Money received on a slip; `handed_in_at` None: still in hand. A transfer is never in hand.

    `employee_no` holds the slip and the money; `sold_by` is the order's salesperson when it
    counted, to whom the commission goes (CUS-4, adr/0018).
    """

    payment_no: str
    employee_no: str
    slip_no: str
    amount: Decimal
    is_transfer: bool
    received_at: datetime
    handed_in_at: datetime | None
    sold_by: str = ""

    @property
    def counted_at(self) -> datetime | None:
        """When it counts: handed in, or for a transfer received (CUT-1)."""
        return self.received_at if self.is_transfer else self.handed_in_at

    def is_counted_by(self, instant: datetime) -> bool:
        return self.counted_at is not None and self.counted_at <= instant

    def is_in_hand_at(self, instant: datetime) -> bool:
        """Received at or before an instant, and not handed in by it."""
        return self.received_at <= instant and not self.is_counted_by(instant)


@dataclass(frozen=True, slots=True)
class SlipFact:
    """A slip as the cutoff sees it."""

    slip_no: str
    employee_no: str
    issued_at: datetime
    returned_at: datetime | None
    amount_due: Decimal

    def is_held_at(self, instant: datetime, counted: Decimal) -> bool:
        """Held from its issue until returned or covered by the money handed in (CUT-1)."""
        returned = self.returned_at is not None and self.returned_at <= instant
        return self.issued_at <= instant and not returned and counted < self.amount_due


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One salesperson at the cutoff, in yuan and slips (CUT-1)."""

    handed_in: Decimal = ZERO
    in_hand: Decimal = ZERO
    slips_held: int = 0


def handed_in_totals(payments: Iterable[PaymentFact], month: CollectionMonth) -> dict[str, Decimal]:
    """Money that counts in a collection month, by employee number (CUT-1)."""
    return _totals(payments, month, of=attrgetter("employee_no"))


def sold_totals(payments: Iterable[PaymentFact], month: CollectionMonth) -> dict[str, Decimal]:
    """The same money by the salesperson whose order it paid (COMM-1, CUS-4)."""
    return _totals(payments, month, of=attrgetter("sold_by"))


def _totals(
    payments: Iterable[PaymentFact], month: CollectionMonth, *, of: Callable[[PaymentFact], str]
) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for payment in payments:
        counted_at = payment.counted_at
        if counted_at is not None and counted_at in month:
            totals[of(payment)] += payment.amount
    return dict(totals)


def snapshots(
    payments: Iterable[PaymentFact],
    slips: Iterable[tuple[SlipFact, Decimal]],
    month: CollectionMonth,
) -> dict[str, Snapshot]:
    """Everybody's snapshot at the cutoff; who has nothing at all is left out (CUT-1).

    `slips` come with the money counted for each by the cutoff.
    """
    money = list(payments)
    handed_in = handed_in_totals(money, month)
    in_hand: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for payment in money:
        if payment.is_in_hand_at(month.cutoff):
            in_hand[payment.employee_no] += payment.amount
    held: dict[str, int] = defaultdict(int)
    for slip, counted in slips:
        if slip.is_held_at(month.cutoff, counted):
            held[slip.employee_no] += 1
    return {
        no: Snapshot(handed_in.get(no, ZERO), in_hand.get(no, ZERO), held.get(no, 0))
        for no in {*handed_in, *in_hand, *held}
    }


def late_handover_deadline(day: date, workdays: Workdays, book: PolicyBook) -> datetime:
    """By when the money of a day under a late handover is due: end of the next workday (SLIP-4)."""
    following = workdays.next_after(day)
    return clock.at(following, book.on(following).work_end)


def is_valid_declaration(day: date, declared_at: datetime) -> bool:
    """A late handover is declared on its own day (SLIP-4)."""
    return clock.local_date(declared_at) == day


LateHandovers = Mapping[tuple[str, date], datetime]
"""When (employee no., day) was declared late."""
