"""What follows from an undoing (SLIP-6), told before it is confirmed.

It is done, looked at and taken back: what is told is what comes.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum

from accounts.models import Person
from core import clock
from core.money import ZERO
from core.months import Month
from orders.models import Delivery, Order
from payroll.foretelling import PayChange, pay_changes
from policy.querysets import policy_book
from receivables.models import BadDebt, Invoice, Payment, Slip
from receivables.querysets.counted import counted_for
from receivables.querysets.months import collection_month_of
from receivables.querysets.unpaid import Orders, money_of
from receivables.rules.overdue import delivery_states
from receivables.rules.slips import still_due
from receivables.rules.undoing import OrderStanding


@dataclass(frozen=True, slots=True)
class Foretold:
    """An order before and after, and what changes on whose pay of which month."""

    before: OrderStanding
    after: OrderStanding
    pay: list[PayChange]
    months: list[Month]


def undoing_foretell(
    *, payment: Payment, change: Callable[[], Any], also: datetime | None = None
) -> Foretold:
    """What follows if `change` undoes or corrects the payment; `also`: the instant it is moved to.

    What it raises is raised; nothing is written.
    """
    slip = Slip.objects.select_related("order__person", "person").get(pk=payment.slip_id)
    return _foretell(
        order=slip.order,
        slip=slip,
        people={slip.person, slip.order.person},
        months=months_of(payment, also),
        change=change,
    )


def return_foretell(*, delivery: Delivery, change: Callable[[], Any]) -> Foretold:
    """What follows if `change` takes goods of the delivery back."""
    order = Order.objects.select_related("person").get(pk=delivery.order_id)
    return _foretell(
        order=order, slip=None, people={order.person}, months=dead_months(order), change=change
    )


def months_of(payment: Payment, also: datetime | None = None) -> list[Month]:
    """The months whose pay may hang on a payment: those it was received in and counted in, and
    those in which a debt of its order died."""
    book = policy_book()
    instants = {payment.received_at, payment.handed_in_at, also}
    found = {collection_month_of(at, book) for at in instants if at is not None}
    return sorted({*found, *dead_months(payment.slip.order)})


def dead_months(order: Order) -> list[Month]:
    """The months in which a debt of an order died (RES-6)."""
    dead = BadDebt.objects.filter(order=order, outcome=BadDebt.Outcome.DEAD)
    days = dead.values_list("outcome_on", flat=True)
    return sorted({Month.of(day) for day in days if day is not None})


def _foretell(
    *,
    order: Order,
    slip: Slip | None,
    people: Collection[Person],
    months: Collection[Month],
    change: Callable[[], Any],
) -> Foretold:
    now = clock.now()
    seen: list[OrderStanding] = []

    def change_and_look() -> None:
        change()
        seen.append(_standing(order, slip, now))

    with transaction.atomic():
        before = _standing(order, slip, now)
        pay = pay_changes(people=people, months=months, as_of=now, change=change_and_look)
    return Foretold(before, seen[0], pay, list(months))


def _standing(order: Order, slip: Slip | None, now: datetime) -> OrderStanding:
    """The order's money as tomorrow's morning will find it: with all that came today."""
    tomorrow = clock.local_date(now) + timedelta(days=1)
    money = money_of(Orders(order.pk, order.pk), tomorrow).get(order.pk)
    invoices = Invoice.objects.filter(order=order, cancelled_at=None)
    standing = OrderStanding(
        counted=counted_for([order.pk])[order.pk],
        invoiced=invoices.aggregate(sum=Sum("amount", default=ZERO))["sum"],
        deliveries=tuple(delivery_states(money, tomorrow, policy_book())) if money else (),
    )
    if slip is None:
        return standing
    paid = (payment.net for payment in slip.payments.all())
    return replace(standing, slip_due=still_due(slip.amount_due, paid))
