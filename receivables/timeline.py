"""What collections hand in to all that happened with a customer (customers/timeline.py)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from customers.happened import Happened, Part, login_name, told_together
from customers.models import Customer
from receivables.models import BadDebt, Iou, Payment, Undoing, UnpaidDelivery
from receivables.querysets.counted import has_arrived
from receivables.querysets.unpaid import COUNTED_AT

# Its sign, what it is called, the page it leads to. `what`: the number of the slip, the order or
# the case.
TOLD = {
    "money": ("banknote", gettext_lazy("Money counted on slip %(what)s: %(amount)s"), "slip"),
    "undone": ("undo-2", gettext_lazy("Money undone on slip %(what)s: %(amount)s"), "slip"),
    "iou": ("receipt-text", gettext_lazy("IOU for order %(what)s: %(amount)s"), "order"),
    "original": (
        "receipt-text",
        gettext_lazy("Original of an IOU received for order %(what)s"),
        "order",
    ),
    "unpaid": (
        "hourglass",
        gettext_lazy("Still owed of the delivery, order %(what)s: %(amount)s"),
        "order",
    ),
    "overdue": (
        "hourglass",
        gettext_lazy("Long overdue, taken to the supervisor: order %(what)s"),
        "order",
    ),
    "paid": ("circle-check", gettext_lazy("Delivery paid off, order %(what)s"), "order"),
    "case": ("gavel", gettext_lazy("Bad-debt case %(what)s opened"), "bad_debt"),
}


def customer(
    user: Any, customer: Customer, before: datetime | None, limit: int
) -> Iterator[Happened]:
    """The money it paid, as it counts (SLIP-2), and what came to nothing of it (SLIP-6); its IOUs
    (IOU-1), what it owes or owed (DUE-1), cases of bad debt (RES-3). Of each those whose money the
    reader may see, with the amounts; of others nothing. One query."""
    return told_together(_parts(user, customer), TOLD, before, limit)


def _parts(user: Any, customer: Customer) -> tuple[Part, ...]:
    money = Payment.objects.visible_to(user).filter(slip__order__customer=customer)
    undone = Undoing.objects.filter(payment__in=money.order_by())
    ious = Iou.objects.visible_to(user).filter(delivery__order__customer=customer)
    unpaid = UnpaidDelivery.objects.visible_to(user).filter(order__customer=customer)
    cases = BadDebt.objects.visible_to(user).filter(order__customer=customer)
    no, slip, iou = "order__order_no", "slip__slip_no", "delivery__order__order_no"
    of_payment, seller = "payment__slip__slip_no", "order__person__name"
    return (
        Part("money", money.filter(has_arrived()), COUNTED_AT, slip, slip,
             who="slip__person__name", amount="amount"),
        Part("undone", undone, "on", of_payment, of_payment, "reason",
             login_name("recorded_by"), "amount", is_day=True),
        Part("iou", ious, "recorded_at", iou, iou, "signed_by", login_name("recorded_by"),
             "amount"),
        Part("original", ious.exclude(original_at=None), "original_at", iou, iou,
             who=login_name("original_by")),
        Part("unpaid", unpaid.open(), "delivered_on", no, no, who=seller, amount="unpaid",
             is_day=True),
        Part("overdue", unpaid.exclude(escalated_on=None), "escalated_on", no, no, who=seller,
             is_day=True),
        Part("paid", unpaid.exclude(settled_on=None), "settled_on", no, no, who=seller,
             is_day=True),
        Part("case", cases, "opened_on", "case_no", "case_no", "why", seller, is_day=True),
    )  # fmt: skip
