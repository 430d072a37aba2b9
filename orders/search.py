"""Orders in the search box: by their own number, or the customer's number, name or pinyin."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.search import Hit, SearchGroup, best_first
from core.spelling import spelled
from customers.models import Customer
from orders.models import Order
from orders.permissions import can_see_orders


def orders(user: Any, words: str, limit: int) -> SearchGroup | None:
    if not can_see_orders(user):
        return None
    by_words = (
        Q(order_no__icontains=words)
        | Q(customer__customer_no__icontains=words)
        | Q(customer__name__icontains=words)
        | Q(customer__in=spelled(Customer, words))
    )
    rows = Order.objects.visible_to(user).filter(by_words).select_related("customer", "person")
    return SearchGroup(
        title=_("Orders"),
        icon="file-text",
        hits=[
            Hit(
                label=f"{row.order_no} {row.customer.name}",
                note=row.person.name,
                url=reverse("order", args=[row.order_no]),
                exact=row.order_no.lower() == words,
            )
            for row in best_first(rows, "order_no", words)[:limit]
        ],
    )
