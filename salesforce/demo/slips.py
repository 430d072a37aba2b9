"""Slips numbered as they were issued, and the payments on them as they were received."""

from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from salesforce.demo.attendance import Attendance, minutes
from salesforce.demo.collecting import Collecting
from salesforce.demo.handovers import Handover
from salesforce.demo.orders import Order, Part, SlipPlan
from salesforce.demo.rows import Row, Tables, stamp, yuan
from salesforce.demo.stage import Stage

FIRST_CALL, COUNTER_OPENS = time(9, 50), time(16, 35)
IN_HAND_NOW = 3


@dataclass(eq=False)
class Slip:
    order: Order
    plan: SlipPlan
    issued_at: datetime
    rng: Random
    no: str = ""


@dataclass(frozen=True)
class Payment:
    slip: Slip
    part: Part
    received_at: datetime
    handed_in_at: datetime | None


def slips_tables(
    stage: Stage, orders: list[Order], attendance: Attendance, handovers: list[Handover]
) -> Tables:
    slips = _issued(stage, orders, attendance, Collecting(stage, attendance, handovers))
    payments = sorted(
        (_payment(slip, part) for slip in slips for part in slip.plan.parts),
        key=lambda payment: (payment.received_at, payment.slip.no),
    )
    in_hand = _in_hand(stage, slips, payments)
    return {
        "slips": [_slip_row(slip) for slip in slips],
        "payments": [
            _payment_row(n, payment, in_hand=payment in in_hand)
            for n, payment in enumerate(payments, 1)
        ],
    }


def _issued(
    stage: Stage, orders: list[Order], attendance: Attendance, collecting: Collecting
) -> list[Slip]:
    """Every slip, handed out a little after its salesperson came in."""
    slips = [
        Slip(order, plan, attendance.came(order.who, plan.on) + minutes(rng, 3, 12), rng)
        for order in orders
        for rng in [stage.random(f"slips/{order.no}")]
        for plan in collecting.plans(rng, order)
    ]
    slips.sort(key=lambda slip: (slip.issued_at, slip.order.no))
    for n, slip in enumerate(slips, 1):
        slip.no = f"S{n:06}"
    return slips


def _payment(slip: Slip, part: Part) -> Payment:
    rng = slip.rng
    since = slip.issued_at if part.on == slip.plan.on else datetime.combine(part.on, FIRST_CALL)
    handed_in_at = _at_the_counter(rng, part.handed_in_on or part.on)
    return Payment(
        slip,
        part,
        since + minutes(rng, 40, 360),
        None if part.method == "transfer" else handed_in_at,
    )


def _at_the_counter(rng: Random, day: date) -> datetime:
    """Before the end of work, and before anybody leaves early."""
    return datetime.combine(day, COUNTER_OPENS) + minutes(rng, 0, 40)


def _in_hand(stage: Stage, slips: list[Slip], payments: list[Payment]) -> list[Payment]:
    """The last money received by each of a few, who were given no slip since: still in hand."""
    last_slip = {slip.order.who: slip.issued_at for slip in slips if slip.issued_at <= stage.now}
    latest = {
        payment.slip.order.who: payment
        for payment in payments
        if payment.handed_in_at
        and payment.received_at <= stage.now
        and payment.received_at > last_slip[payment.slip.order.who]
    }
    return sorted(latest.values(), key=lambda payment: payment.received_at)[-IN_HAND_NOW:]


def _slip_row(slip: Slip) -> Row:
    returned_on = slip.plan.returned_on
    return {
        "slip_no": slip.no,
        "order_no": slip.order.no,
        "employee_no": slip.order.who,
        "issued_at": stamp(slip.issued_at),
        "amount_due": yuan(slip.plan.due),
        "returned_at": stamp(_at_the_counter(slip.rng, returned_on) if returned_on else None),
    }


def _payment_row(number: int, payment: Payment, *, in_hand: bool) -> Row:
    return {
        "payment_no": f"R{number:06}",
        "slip_no": payment.slip.no,
        "amount": yuan(payment.part.amount),
        "method": payment.part.method,
        "received_at": stamp(payment.received_at),
        "handed_in_at": stamp(None if in_hand else payment.handed_in_at),
    }
