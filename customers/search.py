"""Customers in the search box, within whose files one may see (CUS-2)."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.search import Hit, SearchGroup, best_first
from core.spelling import spelled
from customers.models import Customer
from customers.permissions.files import can_see_files


def customers(user: Any, words: str, limit: int) -> SearchGroup | None:
    if not can_see_files(user):
        return None
    by_words = Q(customer_no__icontains=words) | Q(name__icontains=words)
    rows = Customer.objects.visible_to(user).filter(by_words | Q(pk__in=spelled(Customer, words)))
    found = best_first(rows, "customer_no", words, "name").select_related("owner")
    return SearchGroup(
        title=_("Customers"),
        icon="building-2",
        hits=[
            Hit(
                label=f"{row.customer_no} {row.name}",
                note=row.owner.name if row.owner else _("nobody's"),
                url=reverse("customer", args=[row.customer_no]),
                exact=row.customer_no.lower() == words,
            )
            for row in found[:limit]
        ],
    )
