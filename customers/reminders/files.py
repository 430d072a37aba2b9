"""Who is reminded of files to complete before their month ends (CUS-1)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from core.months import Month
from customers.models import Customer
from notices.reminders import Reminder

SAID_AT = time(8, 0)
DAYS_BEFORE = 3  # the end of the month: time to ask the customer once more


def files_to_complete(now: datetime) -> Iterator[Reminder]:
    """Three days before the month ends: the owners of new, incomplete files. Two queries."""
    month = Month.of(clock.local_date(now))
    first = month.last_day - timedelta(days=DAYS_BEFORE - 1)
    if clock.local_date(now) < first:
        return
    new = Customer.objects.standing().new_in(month).incomplete().filter(owner__isnull=False)
    counts = dict(new.order_by().values_list("owner").annotate(n=Count("id")))
    for person in Person.objects.in_bulk(counts).values():
        yield Reminder(
            person=person,
            key=f"files/{month}",
            at=clock.at(first, SAID_AT),
            text=gettext_noop("%(count)s files of this month's new customers are not complete"),
            values={"count": counts[person.pk]},
            url=reverse("customers") + "?state=incomplete",
            due=month.end,
        )
