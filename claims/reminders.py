"""Who is reminded of goods on loan (GOOD-1, S9-4.8)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from claims.models import Loan
from claims.rules import due_back_on
from core import clock
from notices.reminders import Reminder
from policy.querysets import policy_book

SAID_AT = time(8, 0)  # on the last day


def loans_due(now: datetime) -> Iterator[Reminder]:
    """On the morning of the last day: who has the goods is told that they are due back today."""
    book, today = policy_book(), clock.local_date(now)
    # Lent so that they can be due today under any term: no longer ago than the term says.
    oldest = clock.start_of(today - timedelta(days=book.on(today).loan_days))
    out = Loan.objects.filter(returned_on=None, lent_at__gte=oldest, lent_at__lte=now)
    for loan in out.select_related("person").order_by("pk"):
        last_day = due_back_on(clock.local_date(loan.lent_at), today, book)
        yield Reminder(
            person=loan.person,
            key=f"loan/{loan.loan_no}/due/{last_day}",
            at=clock.at(last_day, SAID_AT),
            text=gettext_noop("%(item)s is due back today (loan %(loan)s)"),
            values={"item": loan.item, "loan": loan.loan_no},
            url=reverse("overdue_loans"),
            due=clock.end_of(last_day) - timedelta(seconds=1),
        )
