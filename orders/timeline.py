"""What orders hand in to all that happened with a customer (customers/timeline.py)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy

from customers.happened import Happened, Part, login_name, told_together
from customers.models import Customer
from orders.models import Delivery, Dispute, GoodsReturn, Order, Transfer

# Its sign, what it is called, the page it leads to. `what`: the number of the order, but for a
# transfer, which leads to its own page.
TOLD = {
    "order": ("file-text", gettext_lazy("Order %(what)s signed: %(amount)s"), "order"),
    "delivery": ("truck", gettext_lazy("Delivered for order %(what)s: %(amount)s"), "order"),
    "return": ("undo-2", gettext_lazy("Goods returned of order %(what)s: %(amount)s"), "order"),
    "dispute": ("scale", gettext_lazy("Dispute about order %(what)s"), "order"),
    "settled": ("scale", gettext_lazy("Dispute about order %(what)s settled"), "order"),
    "transfer": ("arrow-right-left", gettext_lazy("Order passed on: %(what)s"), "transfer"),
}


def customer(
    user: Any, customer: Customer, before: datetime | None, limit: int
) -> Iterator[Happened]:
    """The orders it signed, what was delivered for them and came back, what was in dispute, who
    passed them on to whom: of each those that the reader may see, leading to their pages. One
    query."""
    return told_together(_parts(user, customer), TOLD, before, limit)


def _parts(user: Any, customer: Customer) -> tuple[Part, ...]:
    orders = Order.objects.visible_to(user).filter(customer=customer, signed_on__isnull=False)
    deliveries = Delivery.objects.visible_to(user).filter(order__customer=customer)
    returns = GoodsReturn.objects.filter(delivery__in=deliveries.order_by())
    disputes = Dispute.objects.visible_to(user).filter(order__customer=customer)
    passed = Transfer.objects.visible_to(user).filter(order__customer=customer, state="approved")
    no, of_delivery = "order__order_no", "delivery__order__order_no"
    return (
        Part("order", orders, "signed_on", "order_no", "order_no", who="person__name",
             amount="amount", is_day=True),
        Part("delivery", deliveries, "delivered_on", no, no, who="order__person__name",
             amount="amount", is_day=True),
        Part("return", returns, "on", of_delivery, of_delivery, "reason",
             login_name("recorded_by"), "amount", is_day=True),
        Part("dispute", disputes, "opened_at", no, no, "text", login_name("opened_by")),
        Part("settled", disputes.filter(state="settled"), "settled_on", no, no, "outcome",
             login_name("settled_by"), is_day=True),
        Part("transfer", passed, Coalesce("decided_at", "asked_at"), "pk", _from_whom_to_whom(),
             "reason", login_name("decided_by")),
    )  # fmt: skip


def _from_whom_to_whom() -> Concat:
    names = ("order__order_no", "from_person__name", "to_person__name")
    no, before, after = names
    return Concat(no, Value(" "), before, Value(" → "), after)
