"""Who is reminded of unpaid deliveries: the salesperson, every day (DUE-1, S9-4.5)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from notices.reminders import Reminder
from receivables.models import UnpaidDelivery

SAID_AT = time(8, 0)


def unpaid(now: datetime) -> Iterator[Reminder]:
    """Once a day, of all that is unpaid on one's own orders: how many they are. Two queries."""
    today = clock.local_date(now)
    counts = dict(
        UnpaidDelivery.objects.open()
        .filter(delivered_on__lt=today)
        .order_by()
        .values_list("order__person")
        .annotate(n=Count("id"))
    )
    for person in Person.objects.in_bulk(counts).values():
        yield Reminder(
            person=person,
            key=f"unpaid/{today}",
            at=clock.at(today, SAID_AT),
            text=gettext_noop("%(count)s of your deliveries are unpaid"),
            values={"count": counts[person.pk]},
            url=reverse("unpaid"),
            due=clock.end_of(today) - timedelta(seconds=1),
        )
