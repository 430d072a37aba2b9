"""Orders with a story: money that reached the cashier late, and one poached from a colleague."""

from salesforce.demo.customers import Customer
from salesforce.demo.handovers import Handover
from salesforce.demo.orders import Order, Part, SlipPlan, known_customers
from salesforce.demo.stage import Stage

POACHER, POACHED = "Y010", "Y011"
POACHED_AMOUNT = 3_680_000


def told_orders(stage: Stage, customers: list[Customer], handovers: list[Handover]) -> list[Order]:
    return [
        poached_order(stage, customers),
        *(order_of_handover(stage, customers, handover) for handover in handovers),
    ]


def poached_order(stage: Stage, customers: list[Customer]) -> Order:
    """Signed with a colleague's customer (DIS-3)."""
    day = stage.workday(0, 8)
    return Order(
        known_customers(customers, POACHED, day)[0],
        POACHER,
        POACHED_AMOUNT,
        day,
        deliveries=[(stage.workday_from(day, 2), POACHED_AMOUNT)],
    )


def order_of_handover(stage: Stage, customers: list[Customer], handover: Handover) -> Order:
    """A sale paid in cash that reaches the cashier on another day."""
    amount = 860_000 if handover.declared else 1_235_000
    signed_on = stage.workday_from(handover.received_on, -6)
    part = Part(handover.received_on, amount, "cash", handover.handed_in_on)
    return Order(
        known_customers(customers, handover.who, signed_on)[0],
        handover.who,
        amount,
        signed_on,
        deliveries=[(stage.workday_from(signed_on, 2), amount)],
        slips=[SlipPlan(handover.received_on, amount, (part,))],
    )
