"""A person's page: their orders (ORG-1: for the money roles, the heads, whoever leads them)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.querysets import sees
from core.money import ZERO
from core.panels import Panel
from orders.models import Order
from orders.querysets import SEE_ALL_ORDERS


def person(user: Any, person: Person) -> Iterator[Panel]:
    if sees(user, person, everything=SEE_ALL_ORDERS):
        yield Panel(
            key="orders",
            title=_("Orders"),
            template="orders/_person.html",
            context={
                "orders": partial(_latest, user, person),
                "sums": partial(_sums, user, person),
            },
        )


def _latest(user: Any, person: Person) -> list[Order]:
    rows = Order.objects.visible_to(user).filter(person=person).select_related("customer")
    return list(rows.order_by("-signed_on", "-id")[:10])


def _sums(user: Any, person: Person) -> dict[str, Any]:
    rows = Order.objects.visible_to(user).filter(person=person, signed_on__isnull=False)
    return rows.aggregate(count=Count("id"), amount=Sum("amount", default=ZERO))
