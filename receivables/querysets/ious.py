"""IOUs and the deliveries they are for: what is missing, which originals are to come (IOU-1)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from core import clock
from core.money import ZERO, MoneyField
from orders.models import Delivery
from policy.querysets import policy_book, workdays
from policy.rules import PolicyBook
from policy.workdays import Workdays
from receivables.querysets.unpaid import Orders, money_of
from receivables.rules.ious import IouState, iou_due, last_day_due, unpaid_on


def unpaid_now(delivery: Delivery) -> Decimal:
    """What is unpaid of a delivery by now, with what came in today, in yuan. Four queries."""
    order, today = delivery.order_id, clock.today()
    money = money_of(Orders(order, order), today + timedelta(days=1)).get(order)
    return unpaid_on(money, delivery.delivered_on, today, policy_book()) if money else ZERO


def with_iou(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Unpaid deliveries with `iou_amount`, what their IOUs come to, and `iou_state`: where the IOU
    stands, as if it were due now."""
    from receivables.models import Iou

    of_it = Iou.objects.filter(
        delivery__order=OuterRef("order"), delivery__delivered_on=OuterRef("delivered_on")
    ).order_by()
    to_come = of_it.filter(original_at=None)
    sums = of_it.values("delivery").annotate(sum=Sum("amount")).values("sum")
    covered = Coalesce(Subquery(sums), Value(ZERO, output_field=MoneyField()))
    return rows.annotate(iou_amount=covered).annotate(
        iou_state=Case(
            When(unpaid=ZERO, then=Value(IouState.NOT_NEEDED.value)),
            When(iou_amount__lt=F("unpaid"), then=Value(IouState.MISSING.value)),
            When(Exists(to_come), then=Value(IouState.ORIGINAL_MISSING.value)),
            default=Value(IouState.COMPLETE.value),
        )
    )


@dataclass(frozen=True)
class Terms:
    """By when IOUs are due, as calendar and policy have it."""

    calendar: Workdays
    book: PolicyBook

    def due(self, delivered_on: date) -> datetime:
        return iou_due(delivered_on, self.calendar, self.book)

    def last_due(self) -> date:
        """The latest day of delivery whose IOU is overdue by now."""
        return last_day_due(clock.now(), self.calendar, self.book)


def terms_now() -> Terms:
    """Two queries."""
    return Terms(workdays(), policy_book())


def ious_missing(rows: "QuerySet[Any]", terms: Terms) -> "QuerySet[Any]":
    """Of unpaid deliveries those whose IOU, or its original, was due and is not there (IOU-1)."""
    overdue = rows.open().filter(delivered_on__lte=terms.last_due())  # type: ignore[attr-defined]
    return with_iou(overdue).filter(
        iou_state__in=(IouState.MISSING.value, IouState.ORIGINAL_MISSING.value)
    )


def ious_to_bring(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Of unpaid deliveries those without an IOU, due already or not."""
    return with_iou(rows.open()).filter(  # type: ignore[attr-defined]
        iou_state=IouState.MISSING.value
    )


def originals_to_come(ious: "QuerySet[Any]") -> "QuerySet[Any]":
    """Of IOUs those whose original finance waits for: what is paid by now needs none."""
    from receivables.models import UnpaidDelivery

    owed = UnpaidDelivery.objects.open().filter(
        order=OuterRef("delivery__order"), delivered_on=OuterRef("delivery__delivered_on")
    )
    # What is delivered today is looked at tomorrow morning.
    still = Exists(owed) | Q(delivery__delivered_on__gte=clock.today())
    return ious.filter(still, original_at=None)
