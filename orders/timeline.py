"""What orders hand in to all that happened with a customer (customers/timeline.py)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.house import yuan_text
from customers.models import Customer
from customers.timeline import Happened
from orders.models import Order


def customer(
    user: Any, customer: Customer, before: datetime | None, limit: int
) -> Iterator[Happened]:
    """The orders it signed; each leads to its page, for whoever may see it."""
    rows = Order.objects.visible_to(user).filter(customer=customer, signed_on__isnull=False)
    if before is not None:
        # A day stands at its beginning.
        last = clock.local_date(before)
        on_it = clock.start_of(last) < before
        rows = rows.filter(**{f"signed_on__{'lte' if on_it else 'lt'}": last})
    for row in rows.select_related("person").order_by("-signed_on", "-id")[:limit]:
        yield Happened(
            at=clock.start_of(row.signed_on),
            icon="file-text",
            title=_("Order %(no)s signed: %(amount)s")
            % {"no": row.order_no, "amount": yuan_text(row.amount)},
            who=row.person.name,
            url=reverse("order", args=[row.order_no]),
            is_day=True,
        )
