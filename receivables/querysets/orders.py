"""The money for an order, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Sum

from core import clock
from core.money import ZERO, less, total
from orders.models import Order
from policy.querysets import policy_book
from receivables.models import Slip
from receivables.querysets.counted import has_arrived
from receivables.querysets.unpaid import Orders, money_of
from receivables.rules.ageing import Aged, ageing
from receivables.rules.overdue import delivery_states


@dataclass(frozen=True, slots=True)
class SlipOfOrder:
    """A slip as the page of its order shows it: who has it, what of it was counted, in yuan."""

    slip: Slip
    counted: Decimal

    @property
    def is_paid(self) -> bool:
        return self.counted >= self.slip.amount_due


@dataclass(frozen=True, slots=True)
class MoneyOfOrder:
    """`unpaid`: delivered and not covered by what was counted; by how long ago in `buckets`."""

    slips: Sequence[SlipOfOrder]
    counted: Decimal
    unpaid: Decimal
    buckets: Sequence[Aged]


def order_money(order: Order) -> MoneyOfOrder:
    """An order's slips and money as they are now. Five queries."""
    today = clock.today()
    tomorrow = today + timedelta(days=1)
    known = money_of(Orders(order.pk, order.pk), tomorrow).get(order.pk)
    states = delivery_states(known, tomorrow, policy_book()) if known else []
    counted = Sum(
        less("payments__amount", "payments__undone"),
        filter=has_arrived("payments__"),
        default=ZERO,
    )
    slips = Slip.objects.filter(order=order).select_related("person").annotate(sum=counted)
    found = [SlipOfOrder(slip, slip.sum) for slip in slips.order_by("issued_at", "id")]
    return MoneyOfOrder(
        slips=found,
        counted=total(each.counted for each in found),
        unpaid=total(each.unpaid for each in states),
        buckets=ageing(((each.delivered_on, each.unpaid) for each in states), today),
    )
