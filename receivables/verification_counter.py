"""The invariants of the counter (PAY-5): handovers, differences, day sheets, what was undone."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.money import ZERO, MoneyField
from core.verification import Problem
from orders.models import Delivery, GoodsReturn
from receivables.models import DaySheet, Discrepancy, Handover, Payment, Undoing


def handovers() -> Iterator[Problem]:
    """What was recorded and brought is what its payments say, and every difference is known."""
    yield from _payments_differ()
    yield from _differences_unknown()


def _sum_of(rows: Any, way: str, amount: str = "amount") -> Coalesce:
    """The sum of rows that lead to the outer one by `way`, in the database."""
    own = rows.filter(**{way: OuterRef("pk")}).order_by().values(way)
    return Coalesce(
        Subquery(own.annotate(sum=Sum(amount)).values("sum"), output_field=MoneyField()),
        ZERO,
        output_field=MoneyField(),
    )


def _payments_differ() -> Iterator[Problem]:
    """The cash of its payments, as it stood then, corrected where finance found it recorded wrong;
    or, without payments, what had been missing."""
    rows = Handover.objects.order_by("pk").annotate(
        in_cash=_sum_of(Payment.objects.filter(method="cash"), "handover"),
        in_cheques=_sum_of(Payment.objects.filter(method="cheque"), "handover"),
        undone_cash=_undone("cash"),
        undone_cheques=_undone("cheque"),
        corrected=_sum_of(Discrepancy.objects.filter(settlement="recorded_wrong"), "handover"),
        makes=_sum_of(Discrepancy.objects.all(), "brought"),
    )
    for row in rows.iterator(2_000):
        should = row.recorded + row.corrected + row.makes
        if row.in_cash - row.undone_cash != should:
            yield _differs(row, row.in_cash - row.undone_cash, should)
        if row.in_cheques - row.undone_cheques != row.cheques:
            yield _differs(row, row.in_cheques - row.undone_cheques, row.cheques)


def _undone(method: str) -> Coalesce:
    """What had come to nothing when it was counted: the handover was made without it."""
    then = Undoing.objects.filter(
        payment__method=method, recorded_at__lte=F("payment__handover__counted_at")
    )
    return _sum_of(then, "payment__handover")


def _differs(row: Handover, says: Decimal, should: Decimal) -> Problem:
    return Problem(
        "handovers",
        f"#{row.pk}",
        _("its payments come to %(says)s, the handover says %(should)s")
        % {"says": says, "should": should},
    )


def _differences_unknown() -> Iterator[Problem]:
    told = Discrepancy.objects.filter(
        handover=OuterRef("pk"), amount=OuterRef("cash") - OuterRef("recorded")
    )
    silent = Handover.objects.exclude(cash=F("recorded")).filter(~Exists(told))
    for pk in silent.values_list("pk", flat=True):
        yield Problem("handovers", f"#{pk}", _("differs, and no discrepancy says so"))
    for pk in Discrepancy.objects.filter(handover__cash=F("handover__recorded")).values_list(
        "handover_id", flat=True
    ):
        yield Problem("handovers", f"#{pk}", _("has a discrepancy without a difference"))


def sheets() -> Iterator[Problem]:
    """Day sheets say what their handovers say, and are numbered without gaps."""
    rows = DaySheet.objects.order_by("pk").annotate(
        in_cash=_sum_of(Handover.objects.all(), "sheet", "cash"),
        in_cheques=_sum_of(Handover.objects.all(), "sheet", "cheques"),
    )
    wrong = rows.filter(~Q(in_cash=F("cash")) | ~Q(in_cheques=F("cheques")))
    for no in wrong.values_list("sheet_no", flat=True):
        yield Problem("sheets", no, _("does not say what its handovers say"))
    numbers = [(int(no[1:]), no) for no in rows.values_list("sheet_no", flat=True)]
    for (before, no), (after, _later) in pairwise([(0, "R000000"), *numbers]):
        if after != before + 1:
            yield Problem("sheets", no, _("the number after it is missing"))


def undone() -> Iterator[Problem]:
    """What payments and deliveries say was undone is the sum of what undid it (SLIP-6)."""
    payments = Payment.objects.order_by("pk").annotate(
        sum=_sum_of(Undoing.objects.all(), "payment")
    )
    for no in payments.exclude(undone=F("sum")).values_list("payment_no", flat=True):
        yield Problem("undone", no, _("is undone by another sum than its undoings"))
    deliveries = Delivery.objects.order_by("pk").annotate(
        sum=_sum_of(GoodsReturn.objects.all(), "delivery")
    )
    wrong = deliveries.exclude(returned=F("sum")).values_list("order__order_no", "delivered_on")
    for order_no, day in wrong:
        yield Problem(
            "undone", f"{order_no} {day}", _("is returned by another sum than its returns")
        )
