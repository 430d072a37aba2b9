"""Who is reminded of complaints before and after their last day (COM-1)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from accounts.rules import deciding_roles
from core import clock
from customers.models import Complaint
from notices.reminders import Reminder

SAID_AT = time(8, 0)
STALE = timedelta(days=30)  # what is overdue longer is no news


def due_today(now: datetime) -> Iterator[Reminder]:
    """On the morning of the last day: whoever handles it."""
    today = clock.local_date(now)
    rows = Complaint.objects.filter(state="handled", due_on=today).select_related("handler")
    for row in rows.order_by("pk"):
        yield Reminder(
            person=row.handler,  # type: ignore[arg-type]  # who handles has one
            key=f"complaint/{row.pk}/due/{row.due_on}",
            at=clock.at(today, SAID_AT),
            text=gettext_noop("The complaint of %(customer)s is to be answered today: %(subject)s"),
            values={"customer": row.customer_name, "subject": row.subject},
            url=reverse("complaint", args=[row.pk]),
            due=clock.end_of(today) - timedelta(seconds=1),
        )


def overdue(now: datetime) -> Iterator[Reminder]:
    """On the morning after: the manager hears what is not answered; of what is about the manager
    the leader, of what is about the leader personnel (ORG-1)."""
    today = clock.local_date(now)
    late = Complaint.objects.unanswered().filter(due_on__lt=today, due_on__gte=today - STALE)
    heads: dict[str, list[Person]] = {}
    for row in late.select_related("about", "handler").order_by("pk"):
        role = _role_over(row.about)
        if role not in heads:
            heads[role] = list(Person.objects.acting_as(role, today))
        for person in heads[role]:
            if person.pk != row.about_id:
                yield _escalated(row, person)


def _role_over(about: Person | None) -> str:
    roles = deciding_roles(about.role_set if about else frozenset())
    return "manager" if "manager" in roles else next(iter(roles))


def _escalated(row: Complaint, person: Person) -> Reminder:
    return Reminder(
        person=person,
        key=f"complaint/{row.pk}/overdue/{row.due_on}",
        at=clock.at(row.due_on + timedelta(days=1), SAID_AT),
        text=gettext_noop("Not answered in time: %(customer)s, %(subject)s (%(name)s)")
        if row.handler
        else gettext_noop("Nobody handles this complaint in time: %(customer)s, %(subject)s"),
        values={
            "customer": row.customer_name,
            "subject": row.subject,
            "name": row.handler.name if row.handler else "",
        },
        url=reverse("complaint", args=[row.pk]),
    )
