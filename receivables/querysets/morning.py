"""What the morning sitting suggests: deliveries not paid and on no slip (SLIP-1, DUE-1)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Min, Subquery

from orders.models import Order
from receivables.models import UnpaidDelivery
from receivables.querysets.claims import OrderClaims, claims_of
from receivables.querysets.named import named


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An order of which something was delivered that is neither paid nor on a slip, in yuan."""

    order_id: int
    delivered_on: date
    claims: OrderClaims

    @property
    def amount(self) -> Decimal:
        return self.claims.owed


def suggestions(words: str = "") -> list[Suggestion]:
    """By salesperson and customer, the oldest delivery first; of those whose order, customer or
    salesperson `words` name. Five queries: as many rows as are owed, not as there are orders.
    """
    wanted = named(words, person="order__person", order="order__")
    open_rows = UnpaidDelivery.objects.open().filter(wanted).order_by()
    claims = claims_of(Subquery(open_rows.values("order_id").distinct()))
    rows = (
        open_rows.values_list("order_id")
        .annotate(since=Min("delivered_on"))
        .order_by("order__person__employee_no", "order__customer__name", "since", "order_id")
    )
    return [
        Suggestion(order, since, claims[order])
        for order, since in rows.values_list("order_id", "since")
        if order in claims and claims[order].owed > 0
    ]


def orders_named(words: str, *, most: int) -> list[Order]:
    """Orders whose number, customer or salesperson is named so, a few of them."""
    if not words.strip():
        return []
    found = Order.objects.filter(named(words, person="person", order=""))
    return list(found.select_related("customer", "person").order_by("order_no")[:most])
