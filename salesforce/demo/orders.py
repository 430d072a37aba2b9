"""Orders and deliveries, and the plan by which the money for each delivery is asked for."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from salesforce.demo.attendance import Attendance
from salesforce.demo.customers import Customer
from salesforce.demo.people import Person
from salesforce.demo.rows import Row, Tables, day_or_empty, yuan
from salesforce.demo.stage import Stage

SOLD_BEFORE_DAYS = 15
UNSIGNED = 0.06
# Yuan, from and to, and how often.
SIZES = (
    ((3_000, 12_000), 30),
    ((12_000, 40_000), 42),
    ((40_000, 110_000), 23),
    ((110_000, 240_000), 5),
)


@dataclass(frozen=True)
class Part:
    """What a customer pays on one day; handed in the same day unless another is named."""

    on: date
    amount: int
    method: str
    handed_in_on: date | None = None


@dataclass(frozen=True)
class SlipPlan:
    """One slip: handed out on a day for an amount due, what comes in on it, or its return."""

    on: date
    due: int
    parts: tuple[Part, ...] = ()
    returned_on: date | None = None


@dataclass(eq=False)
class Order:
    """A sale, signed on its day or still without signature. `slips` holds a plan of its own."""

    customer: Customer
    who: str
    amount: int
    on: date
    signed: bool = True
    deliveries: list[tuple[date, int]] = field(default_factory=list)
    slips: list[SlipPlan] | None = None
    no: str = ""


def usual_orders(
    stage: Stage, sellers: list[Person], customers: list[Customer], attendance: Attendance
) -> list[Order]:
    return [
        _order(stage, rng, customers, person, day)
        for person in sellers
        for rng in [stage.random(f"orders/{person.no}")]
        for day in _selling_days(stage, rng, person, attendance)
    ]


def _selling_days(stage: Stage, rng: Random, person: Person, attendance: Attendance) -> list[date]:
    """A sale every six days or so; in the demo's months on days at work."""
    days: list[date] = []
    since = max(
        stage.first_day - timedelta(days=SOLD_BEFORE_DAYS), person.hired_on + timedelta(days=3)
    )
    while True:
        day: date | None = stage.workday_from(since + timedelta(days=rng.randint(3, 8)), 0)
        if day and day >= stage.first_day:
            day = attendance.office_day_from(person.no, day)
        if day is None:
            return days
        days.append(day)
        since = day


def _order(
    stage: Stage, rng: Random, customers: list[Customer], person: Person, day: date
) -> Order:
    [(low, high)] = rng.choices([size for size, _often in SIZES], [often for _size, often in SIZES])
    known = known_customers(customers, person.no, day)
    order = Order(
        rng.choice(known),
        person.no,
        rng.randint(low * 100, high * 100),
        day,
        signed=day < stage.first_day or rng.random() >= UNSIGNED,
    )
    if order.signed:
        order.deliveries = _deliveries(stage, rng, order)
    return order


def _deliveries(stage: Stage, rng: Random, order: Order) -> list[tuple[date, int]]:
    first = stage.workday_from(order.on, rng.randint(0, 4))
    if rng.random() < 0.75:
        return [(first, order.amount)]
    part = order.amount * rng.randint(3, 7) // 10
    return [(first, part), (stage.workday_from(first, rng.randint(2, 6)), order.amount - part)]


def known_customers(customers: list[Customer], owner: str, day: date) -> list[Customer]:
    """The files a salesperson has by that day and cares for."""
    return [c for c in customers if c.owner == owner and c.created_on <= day and not c.asleep]


def numbered(orders: list[Order]) -> list[Order]:
    """In the order of their days, numbered."""
    ordered = sorted(orders, key=lambda order: (order.on, order.who, order.amount))
    for n, order in enumerate(ordered, 1):
        order.no = f"D{n:05}"
    return ordered


def orders_tables(orders: list[Order]) -> Tables:
    return {
        "orders": [_row(order) for order in orders],
        "deliveries": [row for order in orders for row in _delivery_rows(order)],
    }


def _row(order: Order) -> Row:
    return {
        "order_no": order.no,
        "customer_no": order.customer.no,
        "employee_no": order.who,
        "amount": yuan(order.amount),
        "signed_on": day_or_empty(order.on if order.signed else None),
    }


def _delivery_rows(order: Order) -> list[Row]:
    return [
        {"order_no": order.no, "delivered_on": day.isoformat(), "amount": yuan(amount)}
        for day, amount in order.deliveries
    ]
