"""The money on slips and what slips claim of their orders, read in bulk (SLIP-1, SLIP-2)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from core.money import ZERO, less
from orders.models import Delivery, Order
from receivables.models import Payment, Slip
from receivables.querysets.counted import has_arrived
from receivables.rules.slips import order_leaves


@dataclass(frozen=True, slots=True)
class OnSlip:
    """What was paid on a slip, and how much of it reached the cashier or the bank, in yuan."""

    paid: Decimal = ZERO
    counted: Decimal = ZERO


def money_on(slips: Iterable[Any]) -> dict[int, OnSlip]:
    """By slip; one without money is not there. One query."""
    net = less("amount", "undone")
    rows = (
        Payment.objects.filter(slip__in=slips)
        .order_by()
        .values_list("slip_id")
        .annotate(paid=Sum(net, default=ZERO), counted=Sum(net, filter=has_arrived(), default=ZERO))
    )
    return {slip: OnSlip(paid, counted) for slip, paid, counted in rows}


def slips_attach(rows: list[Slip]) -> list[Slip]:
    """Say on each slip what was `paid`, what is `counted`, what is `still_due`. One query."""
    found = money_on([row.pk for row in rows])
    for row in rows:
        money = found.get(row.pk, OnSlip())
        told: Any = row
        told.paid, told.counted = money.paid, money.counted
        told.still_due = row.amount_due - money.paid
        told.state = state_of(row, money)
    return rows


def state_of(slip: Slip, money: OnSlip) -> str:
    """Where a slip stands: `returned`, `covered` or `held` (CUT-1)."""
    if slip.returned_at is not None:
        return "returned"
    return "covered" if money.counted >= slip.amount_due else "held"


@dataclass(frozen=True, slots=True)
class OrderClaims:
    """An order as new slips see it, in yuan: `leaves` is the most they may ask for, `owed` what was
    delivered and is on no slip."""

    leaves: Decimal
    owed: Decimal


def claims_of(orders: Collection[int] | Any) -> dict[int, OrderClaims]:
    """By order, `orders` being ids or a query of ids. Four queries, however many there are."""
    delivered = {
        order: (gross, back)
        for order, gross, back in Delivery.objects.filter(order__in=orders)
        .order_by()
        .values_list("order_id")
        .annotate(gross=Sum("amount", default=ZERO), back=Sum("returned", default=ZERO))
    }
    claimed = _claimed(orders)
    found = {}
    for pk, amount in Order.objects.filter(pk__in=orders).values_list("pk", "amount").order_by():
        gross, back = delivered.get(pk, (ZERO, ZERO))
        taken = claimed.get(pk, ZERO)
        leaves = order_leaves(amount, delivered=gross, returned=back, claimed=taken)
        found[pk] = OrderClaims(leaves, min(gross - back - taken, leaves))
    return found


def _claimed(orders: Any) -> dict[int, Decimal]:
    """What slips take of their orders: their amounts, paid or still out; of those that came back,
    what was paid on them."""
    claimed: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    out = Slip.objects.filter(order__in=orders, returned_at=None).order_by()
    for order, due in out.values_list("order_id").annotate(due=Sum("amount_due")):
        claimed[order] += due
    back = Payment.objects.filter(slip__order__in=orders, slip__returned_at__isnull=False)
    net = Sum(less("amount", "undone"))
    for order, paid in back.order_by().values_list("slip__order_id").annotate(paid=net):
        claimed[order] += paid
    return claimed
