"""Who sees which orders, deliveries, disputes and transfers (ORG-1), and reads of many at once."""

from collections import defaultdict
from datetime import datetime
from typing import Any, Self

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from accounts.querysets import OwnedQuerySet, led_ids
from core.db import Instant
from core.money import ZERO, MoneyField, less
from orders.rules import TransferFact

SEE_ALL_ORDERS = ("manager", "leader", "finance", "cashier")


class OrderQuerySet(OwnedQuerySet):
    SEEN_BY = SEE_ALL_ORDERS

    def with_delivered(self) -> Self:
        """Each with what was delivered for it less what came back, in yuan (`delivered`)."""
        from orders.models import Delivery

        sums = (
            Delivery.objects.filter(order=OuterRef("pk"))
            .order_by()
            .values("order")
            .annotate(sum=Sum(less("amount", "returned")))
            .values("sum")
        )
        return self.annotate(delivered=yuan_of(sums))


def yuan_of(sums: QuerySet[Any]) -> Coalesce:
    """A sum of another table's rows, 0.00 for none, beside each row."""
    field = MoneyField()
    return Coalesce(Subquery(sums, output_field=field), Value(ZERO, field), output_field=field)


class DeliveryQuerySet(OwnedQuerySet):
    PERSON = "order__person"
    SEEN_BY = SEE_ALL_ORDERS


class DisputeQuerySet(OwnedQuerySet):
    PERSON = "order__person"
    SEEN_BY = SEE_ALL_ORDERS

    def open(self) -> Self:
        return self.filter(state="open")


class MarginRequestQuerySet(OwnedQuerySet):
    PERSON = "order__person"
    SEEN_BY = SEE_ALL_ORDERS

    def open(self) -> Self:
        return self.filter(state="asked")


class TransferQuerySet(OwnedQuerySet):
    PERSON = "order__person"
    SEEN_BY = SEE_ALL_ORDERS

    def visible_to(self, user: Any) -> Self:
        """Of orders one sees; and those that name oneself or whom one leads: who gave an order
        away keeps seeing that, and who is to get it sees it before it is theirs."""
        if user.is_superuser or user.has_role(*self.SEEN_BY):
            return self
        if user.person_id is None:
            return self.none()
        ids = {user.person_id, *led_ids(user)}
        named = Q(from_person__in=ids) | Q(to_person__in=ids)
        return self.filter(named | Q(order__person__in=ids))

    def open(self) -> Self:
        return self.filter(state="asked")

    def approved_after(self, instant: datetime) -> Self:
        return self.filter(state="approved", decided_at__gt=instant)


Sellers = dict[int, list[TransferFact]]


def transfer_facts(transfers: "QuerySet[Any]") -> Sellers:
    """Approved transfers by order, in the order of time (`orders.rules.seller_at`). One query."""
    found: Sellers = defaultdict(list)
    rows = transfers.order_by(F("decided_at"), F("id")).values_list(
        "order_id", Instant("decided_at"), "from_person__employee_no"
    )
    for order, at, before in rows:
        found[order].append(TransferFact(at, before))
    return dict(found)
