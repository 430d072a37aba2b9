"""Who is reminded of cases: the last day to reply, and that a hearing is over (DIS-1)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from conduct.cases.services.telling import acting, out_of
from conduct.models import Proceeding, Subject
from core import clock
from notices.reminders import Reminder

SAID_AT = time(8, 0)
STALE = timedelta(days=30)


def replies_due(now: datetime) -> Iterator[Reminder]:
    """On the morning of the last day: whoever has not replied."""
    today = clock.local_date(now)
    rows = Subject.objects.filter(
        proceeding__state="hearing", proceeding__hearing_until=today, replied_at=None, verdict=None
    )
    for row in rows.select_related("person", "proceeding").order_by("pk"):
        yield Reminder(
            person=row.person,
            key=f"proceeding/{row.proceeding_id}/due/{row.pk}",
            at=clock.at(today, SAID_AT),
            text=gettext_noop("Today is the last day to say your side: case %(no)s"),
            values={"no": row.proceeding.proceeding_no},
            url=reverse("proceeding", args=[row.proceeding_id]),
            due=row.proceeding.reply_until,
        )


def hearings_over(now: datetime) -> Iterator[Reminder]:
    """On the morning after: whoever decides."""
    today = clock.local_date(now)
    over = Proceeding.objects.filter(
        state="hearing", hearing_until__lt=today, hearing_until__gte=today - STALE
    )
    for row in over.prefetch_related("subjects").order_by("pk"):
        for person in acting(row.goes_to, out_of(row)):
            yield Reminder(
                person=person,
                key=f"proceeding/{row.pk}/over",
                at=clock.at(_morning_after(row), SAID_AT),
                text=gettext_noop("The time to reply is over: case %(no)s can be decided"),
                values={"no": row.proceeding_no},
                url=reverse("proceeding", args=[row.pk]),
            )


def _morning_after(row: Proceeding) -> date:
    return (row.hearing_until or clock.today()) + timedelta(days=1)
