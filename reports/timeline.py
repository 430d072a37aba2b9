"""What information from the road hands in to all that happened with a customer (INFO-1)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from customers.happened import Happened
from customers.models import Customer
from reports.models import Information


def customer(
    user: Any, customer: Customer, before: datetime | None, limit: int
) -> Iterator[Happened]:
    """The news of it; each leads to its page. One query."""
    rows = Information.objects.visible_to(user).filter(customer=customer)
    if before is not None:
        rows = rows.filter(filed_at__lt=before)
    for row in rows.select_related("person").order_by("-filed_at", "-pk")[:limit]:
        yield Happened(
            at=row.filed_at,
            icon="newspaper",
            title=_("News: %(title)s") % {"title": row.title},
            who=row.person.name,
            text=row.text,
            url=reverse("information_one", args=[row.pk]),
        )
