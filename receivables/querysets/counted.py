"""What the cashier has counted for orders, and what was invoiced of it (SLIP-5), in bulk."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest

from core import clock
from core.money import ZERO, MoneyField, less
from orders.models import Order


def counted_for(orders: Iterable[int]) -> dict[int, Decimal]:
    """The money counted for orders, by their ids, in yuan; one query.

    Payments less what was undone: handed in, or for a transfer arrived. While cash is missing in a
    handover that holds money of the order, all that is missing is taken off, never below nothing:
    which order's money it was is not known until it is settled.
    """
    wanted = list(orders)
    found = dict.fromkeys(wanted, ZERO)
    rows = with_counted(Order.objects.filter(pk__in=wanted)).order_by()
    found.update(rows.values_list("pk", "counted"))
    return found


def with_counted(orders: "QuerySet[Any]") -> "QuerySet[Any]":
    """Orders with `counted`: the money counted for each."""
    came_in = Coalesce(Subquery(_came_in()), _nothing())
    missing = Coalesce(Subquery(_missing()), _nothing())
    return orders.annotate(
        counted=Greatest(came_in + missing, _nothing(), output_field=MoneyField())
    )


def with_invoicing(orders: "QuerySet[Any]") -> "QuerySet[Any]":
    """Orders with `counted`, `invoiced` and `to_invoice`, which lies below nothing where more was
    invoiced than is counted."""
    return (
        with_counted(orders)
        .annotate(invoiced=Coalesce(Subquery(_invoiced()), _nothing()))
        .annotate(to_invoice=less("counted", "invoiced"))
    )


def over_invoiced() -> "QuerySet[Any]":
    """Orders with invoices over more money than is counted for them now (SLIP-5, SLIP-6)."""
    from receivables.models import Invoice

    named = Invoice.objects.standing().order_by().values("order")
    return with_invoicing(Order.objects.filter(pk__in=named)).filter(to_invoice__lt=ZERO)


def invoiced_for(order: Order) -> Decimal:
    """What the standing invoices of an order come to, in yuan."""
    from receivables.models import Invoice

    rows = Invoice.objects.standing().filter(order=order)
    return rows.aggregate(sum=Sum("amount", default=ZERO))["sum"]


def has_arrived(payment: str = "") -> Q:
    """Whether a payment counts by now (SLIP-2); `payment` is the way to it."""
    now = clock.now()
    transfer = Q(**{f"{payment}method": "transfer", f"{payment}received_at__lte": now})
    return transfer | ~Q(**{f"{payment}method": "transfer"}) & Q(
        **{f"{payment}handed_in_at__lte": now}
    )


def _came_in() -> "QuerySet[Any]":
    from receivables.models import Payment

    rows = Payment.objects.filter(has_arrived(), slip__order=OuterRef("pk")).order_by()
    return rows.values("slip__order").annotate(sum=Sum(less("amount", "undone"))).values("sum")


def _missing() -> "QuerySet[Any]":
    """Cash missing in handovers that hold the order's payments: a sum below nothing."""
    from receivables.models import Discrepancy, Payment

    holds = Payment.objects.filter(
        handover=OuterRef("handover"), slip__order=OuterRef(OuterRef("pk"))
    )
    short = Discrepancy.objects.unsettled().filter(Exists(holds), amount__lt=ZERO).order_by()
    one = short.annotate(one=Value(1)).values("one")
    return one.annotate(sum=Sum("amount")).values("sum")


def _invoiced() -> "QuerySet[Any]":
    from receivables.models import Invoice

    rows = Invoice.objects.standing().filter(order=OuterRef("pk")).order_by()
    return rows.values("order").annotate(sum=Sum("amount")).values("sum")


def _nothing() -> Value:
    return Value(ZERO, output_field=MoneyField())
