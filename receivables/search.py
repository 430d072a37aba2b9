"""Collection slips in the search box: by their own number or their order's (SLIP-1)."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.search import Hit, SearchGroup, best_first
from core.spelling import spelled
from customers.models import Customer
from receivables.models import Slip
from receivables.permissions import can_see_unpaid


def slips(user: Any, words: str, limit: int) -> SearchGroup | None:
    if not can_see_unpaid(user):
        return None
    by_words = (
        Q(slip_no__icontains=words)
        | Q(order__order_no__icontains=words)
        | Q(order__customer__name__icontains=words)
        | Q(order__customer__in=spelled(Customer, words))
    )
    rows = Slip.objects.visible_to(user).filter(by_words)
    found = best_first(rows, "slip_no", words).select_related("order__customer", "person")
    return SearchGroup(
        title=_("Collection slips"),
        icon="receipt-text",
        hits=[
            Hit(
                label=f"{row.slip_no} {row.order.customer.name}",
                note=row.person.name,
                url=reverse("slip", args=[row.slip_no]),
                exact=row.slip_no.lower() == words,
            )
            for row in found[:limit]
        ],
    )
