"""Unpaid deliveries, who may see whose (ORG-1), and the facts they follow from, read in bulk."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.db.models import Case, Count, F, Max, Q, Sum, When

from accounts.querysets import seen_by
from core import clock
from core.db import CompanyDay
from core.models import JobRun
from core.money import ZERO, less
from orders.models import Delivery
from receivables.rules.overdue import DeliveryState, Movement, OrderMoney

if TYPE_CHECKING:
    from receivables.models import UnpaidDelivery  # noqa: F401  # named in quotes below

SEE_ALL_MONEY = ("manager", "leader", "finance", "cashier")
AT_A_TIME = 1_000
COUNTED_AT = Case(When(method="transfer", then=F("received_at")), default=F("handed_in_at"))
"""When a payment counts (CUT-1): a transfer when received, all else when handed in."""


class UnpaidDeliveryQuerySet(models.QuerySet["UnpaidDelivery"]):
    def open(self) -> "UnpaidDeliveryQuerySet":
        """What is still owed."""
        return self.filter(settled_on=None)

    def visible_to(self, user: Any) -> "UnpaidDeliveryQuerySet":
        """One's own orders, a supervisor's people's; manager, leader, finance and cashier all."""
        return seen_by(self, user, everything=SEE_ALL_MONEY, person="order__person")

    def sums(self) -> dict[str, Any]:
        """How many they are, what is unpaid of them, how many are escalated, as of which day."""
        return self.aggregate(
            deliveries=Count("id"),
            owed=Sum("unpaid", default=ZERO),
            escalated=Count("escalated_on"),
            escalated_owed=Sum("unpaid", filter=Q(escalated_on__isnull=False), default=ZERO),
            as_of=Max("reminded_on"),
        )


def were_looked_at() -> bool:
    """Whether the daily job has ever been through."""
    from receivables.models import UnpaidDelivery

    done = JobRun.objects.filter(kind="unpaid", state=JobRun.State.DONE)
    return done.exists() or UnpaidDelivery.objects.exists()


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders with ids from `first` to `last`."""

    first: int
    last: int

    def of(self, rows: Any, order: str = "order_id") -> Any:
        return rows.filter(**{f"{order}__gte": self.first, f"{order}__lte": self.last})

    def halves(self) -> "tuple[Orders, Orders]":
        middle = (self.first + self.last) // 2
        return Orders(self.first, middle), Orders(middle + 1, self.last)


@dataclass(frozen=True, slots=True)
class OwedSince:
    """The orders of which something was unpaid on some morning from `first` on, as far as the
    daily job knows."""

    first: date

    def of(self, rows: Any, order: str = "order_id") -> Any:
        from receivables.models import UnpaidDelivery

        still = Q(settled_on=None) | Q(settled_on__gte=self.first)
        owed = UnpaidDelivery.objects.filter(still).order_by().values("order_id")
        return rows.filter(**{f"{order}__in": owed})


def orders_with_deliveries() -> list[Orders]:
    """All orders there was ever something delivered for, some at a time. Two queries."""
    from receivables.models import UnpaidDelivery

    of_facts, of_rows = (
        model.objects.order_by().values_list(F("order_id") / AT_A_TIME, flat=True).distinct()
        for model in (Delivery, UnpaidDelivery)
    )
    numbers = {int(number) for number in (*of_facts, *of_rows)}
    return [Orders(n * AT_A_TIME, n * AT_A_TIME + AT_A_TIME - 1) for n in sorted(numbers)]


def money_of(orders: Orders | OwedSince, before: date) -> dict[int, OrderMoney]:
    """What was delivered and handed in for orders before a day, by order. Three queries."""
    delivered: dict[int, list[Movement]] = defaultdict(list)
    rows = orders.of(Delivery.objects.filter(delivered_on__lt=before)).order_by()
    for order, day, amount in rows.values_list(
        "order_id", "delivered_on", less("amount", "returned")
    ):
        delivered[order].append((day, amount))
    handed_in, dead_on = _handed_in(orders, before), _dead_on(orders, before)
    return {
        order: OrderMoney(movements, handed_in.get(order, ()), dead_on.get(order, ()))
        for order, movements in delivered.items()
    }


def _handed_in(orders: Orders | OwedSince, before: date) -> dict[int, list[Movement]]:
    """The money that counts (SLIP-2): a transfer when received, all else when handed in."""
    from receivables.models import Payment

    found: dict[int, list[Movement]] = defaultdict(list)
    rows = (
        orders.of(Payment.objects.order_by(), "slip__order_id")
        .annotate(counted_at=COUNTED_AT)
        .filter(counted_at__lt=clock.start_of(before))
    )
    for order, day, amount in rows.values_list(
        "slip__order_id", CompanyDay("counted_at"), less("amount", "undone")
    ):
        found[order].append((day, amount))
    return found


def _dead_on(orders: Orders | OwedSince, before: date) -> dict[int, list[date]]:
    from receivables.models import BadDebt

    found: dict[int, list[date]] = defaultdict(list)
    dead = BadDebt.objects.filter(outcome=BadDebt.Outcome.DEAD, outcome_on__lt=before)
    for order, day in orders.of(dead).order_by().values_list("order_id", "outcome_on"):
        found[order].append(day)
    return found


class Standing(NamedTuple):
    """A row as it stands: what it says, and the last day that was reminded of it."""

    says: DeliveryState
    reminded_on: date | None

    @property
    def is_open(self) -> bool:
        return self.says.settled_on is None

    def was_seen_after(self, day: date) -> bool:
        """Whether a later day has looked at it already."""
        settled_on = self.says.settled_on
        return (self.reminded_on or date.min) > day or (settled_on or date.min) >= day


def standing_of(orders: Orders) -> dict[tuple[int, date], Standing]:
    """The rows there are of these orders, by order and day. One query."""
    from receivables.models import UnpaidDelivery

    rows = orders.of(UnpaidDelivery.objects.order_by())
    return {
        (order, state[0]): Standing(DeliveryState(*state), reminded_on)
        for order, reminded_on, *state in rows.values_list(
            "order_id",
            "reminded_on",
            "delivered_on",
            "amount",
            "unpaid",
            "escalated_on",
            "settled_on",
        )
    }
