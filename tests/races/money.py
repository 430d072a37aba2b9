"""Money in somebody's hand, and money counted for an order, for those who race for it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from accounts.models import Person
from core import clock
from customers.models import Customer
from orders.models import Order
from receivables.models import Payment, Slip

CUTOFF = clock.from_local(datetime(2026, 10, 28, 16, 0))  # noqa: DTZ001  # its clock
AMOUNT = Decimal("100.00")
COUNTED = Decimal("1000.00")


def slip_of(person: Person, due: str = "10000000.00") -> Slip:
    customer, _made = Customer.objects.get_or_create(
        customer_no="RACE", defaults={"name": "RACE", "created_on": date(2025, 1, 1)}
    )
    order, _made = Order.objects.get_or_create(
        order_no=f"RACE-{person.employee_no}",
        defaults={"customer": customer, "person": person, "amount": Decimal(due)},
    )
    slip, _made = Slip.objects.get_or_create(
        slip_no=f"RACE-{person.employee_no}",
        defaults={
            "order": order,
            "person": person,
            "issued_at": CUTOFF - timedelta(days=20),
            "amount_due": Decimal(due),
        },
    )
    return slip


def in_hand(person: Person, no: object) -> Payment:
    return Payment.objects.create(
        payment_no=f"RACE-{no}",
        slip=slip_of(person),
        amount=AMOUNT,
        method="cash",
        received_at=CUTOFF - timedelta(hours=3),
    )


def paid_order(name: str) -> Order:
    """An order with exactly so much counted."""
    like = Order.objects.order_by("pk").first()
    assert like is not None
    made = Order.objects.create(
        order_no=name, customer=like.customer, person=like.person, amount=COUNTED
    )
    slip = Slip.objects.create(
        slip_no=f"S-{name}",
        order=made,
        person=like.person,
        issued_at=clock.now(),
        amount_due=COUNTED,
    )
    now = clock.now()
    Payment.objects.create(
        payment_no=f"P-{name}", slip=slip, amount=COUNTED, method="cash",
        received_at=now, handed_in_at=now,
    )  # fmt: skip
    return made
