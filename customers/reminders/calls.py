"""Who is reminded of calls back, and of calls nobody finished (VIS-4)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from customers.models import Call
from notices.reminders import Reminder

NEWS = timedelta(days=7)  # what has waited for longer was said before
FORGOTTEN = timedelta(minutes=30)  # nobody talks for so long


def call_backs(now: datetime) -> Iterator[Reminder]:
    """At the time agreed: whose customer it is by now."""
    waits = Call.objects.to_call_back().filter(back_at__lte=now, back_at__gt=now - NEWS)
    rows = waits.exclude(customer__owner=None).select_related("customer__owner")
    for call in rows.order_by("pk"):
        if call.back_at is None or call.customer.owner is None:
            continue
        yield Reminder(
            person=call.customer.owner,
            key=f"call/{call.pk}/back",
            at=call.back_at,
            text=gettext_noop("Call %(customer)s back now"),
            values={"customer": call.customer.name},
            url=reverse("call_list") + "?why=back",
        )


def calls_open(now: datetime) -> Iterator[Reminder]:
    """Half an hour after a call was begun: whoever did not say what came of it."""
    running = Call.objects.running().filter(started_at__lte=now - FORGOTTEN)
    for call in running.select_related("person", "customer").order_by("pk"):
        yield Reminder(
            person=call.person,
            key=f"call/{call.pk}/open",
            at=call.started_at + FORGOTTEN,
            text=gettext_noop("What came of your call to %(customer)s?"),
            values={"customer": call.customer.name},
            url=reverse("call", args=[call.pk]),
        )
