"""What may be undone of a payment, and what follows for its order (SLIP-6). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.money import ZERO
from receivables.rules.overdue import DeliveryState


class Unfit(StrEnum):
    """Why something cannot be undone."""

    NOT_A_CHEQUE = "not a cheque"
    NOT_ARRIVED = "not arrived"
    NOTHING_LEFT = "nothing left"
    TOO_MUCH = "too much"
    NOT_WHOLE = "not whole"
    TOO_EARLY = "too early"
    IN_FUTURE = "in the future"


@dataclass(frozen=True, slots=True)
class PaidMoney:
    """A payment, as an undoing looks at it; `arrived_on` None: still in the salesperson's hand."""

    left: Decimal
    is_cheque: bool
    received_on: date
    arrived_on: date | None


def unfit(
    money: PaidMoney, *, bounced: bool, amount: Decimal, on: date, today: date
) -> Unfit | None:
    """Why a payment cannot be undone so, or None.

    A cheque bounces as a whole, in the cashier's hands or before; money is given back out of what
    has arrived, in parts or whole. Nothing is undone before it came, nor ahead of its day.
    """
    if money.left <= 0:
        return Unfit.NOTHING_LEFT
    if bounced and not money.is_cheque:
        return Unfit.NOT_A_CHEQUE
    if not bounced and money.arrived_on is None:
        return Unfit.NOT_ARRIVED
    if not 0 < amount <= money.left:
        return Unfit.TOO_MUCH
    if bounced and amount != money.left:
        return Unfit.NOT_WHOLE
    if on < (money.received_on if bounced else money.arrived_on or money.received_on):
        return Unfit.TOO_EARLY
    return Unfit.IN_FUTURE if on > today else None


@dataclass(frozen=True, slots=True)
class OrderStanding:
    """An order's money, as what follows from an undoing is told by it; in yuan."""

    counted: Decimal
    invoiced: Decimal
    deliveries: tuple[DeliveryState, ...] = ()
    slip_due: Decimal = ZERO

    @property
    def over_invoiced(self) -> Decimal:
        """What stands on invoices beyond the money counted (SLIP-5)."""
        return max(ZERO, self.invoiced - self.counted)


def owed_anew(
    before: Iterable[DeliveryState], after: Sequence[DeliveryState]
) -> list[tuple[DeliveryState, Decimal]]:
    """Deliveries of which more is unpaid afterwards, each with what was unpaid of it before."""
    was = {state.delivered_on: state.unpaid for state in before}
    return [
        (state, was.get(state.delivered_on, ZERO))
        for state in after
        if state.unpaid > was.get(state.delivered_on, ZERO)
    ]


def owed_no_more(
    before: Sequence[DeliveryState], after: Iterable[DeliveryState]
) -> list[tuple[DeliveryState, Decimal]]:
    """Deliveries of which less is unpaid afterwards, each with what is unpaid of it then."""
    will = {state.delivered_on: state.unpaid for state in after}
    return [
        (state, will.get(state.delivered_on, ZERO))
        for state in before
        if state.unpaid > will.get(state.delivered_on, ZERO)
    ]
