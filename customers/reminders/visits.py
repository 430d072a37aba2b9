"""Who is reminded of return visits, next steps, and spot checks still to judge (VIS-1, VIS-3)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from customers.models import Customer, SpotCheckDraw, Visit
from customers.querysets.returns import quiet_on, with_quiet_since
from notices.reminders import Reminder
from policy.querysets import policy_book

SAID_AT = time(8, 0)


def returns_due(now: datetime) -> Iterator[Reminder]:
    """In the morning: how many customers are to be called on today at the latest; once a day."""
    today = clock.local_date(now)
    since = today - timedelta(days=policy_book().on(today).return_visit_days)
    due = quiet_on(with_quiet_since(Customer.objects.all()), since=since, until=since)
    counts = dict(due.order_by().values_list("owner").annotate(count=Count("pk")))
    people = Person.objects.salespeople().here_on(today).filter(pk__in=counts)
    for person in people.order_by("pk"):
        yield Reminder(
            person=person,
            key=f"returns/{today}",
            at=clock.at(today, SAID_AT),
            text=gettext_noop("%(count)s customers are due for a return visit by today"),
            values={"count": counts[person.pk]},
            url=reverse("returns_due"),
            due=clock.end_of(today) - timedelta(seconds=1),
        )


def steps_due(now: datetime) -> Iterator[Reminder]:
    """On the morning of its day: the next step that was promised to a customer."""
    today = clock.local_date(now)
    steps = Visit.objects.filter(next_on=today).with_open_step()
    for visit in steps.select_related("person", "customer").order_by("pk"):
        yield Reminder(
            person=visit.person,
            key=f"visit/{visit.pk}/step",
            at=clock.at(today, SAID_AT),
            text=gettext_noop("Today, %(customer)s: %(step)s"),
            values={"customer": visit.customer.name, "step": visit.next_step},
            url=reverse("visit", args=[visit.pk]),
            due=clock.end_of(today) - timedelta(seconds=1),
        )


def checks_to_judge(now: datetime) -> Iterator[Reminder]:
    """On the morning of the last day: whoever drew a sample that is not judged to its end."""
    today: date = clock.local_date(now)
    draws = SpotCheckDraw.objects.filter(
        judge_by=today, checks__verdict="", drawn_by__person__isnull=False
    )
    for draw in draws.select_related("drawn_by__person", "person").distinct().order_by("pk"):
        checker = draw.drawn_by.person if draw.drawn_by else None
        if checker is None:
            continue
        yield Reminder(
            person=checker,
            key=f"spotcheckdraw/{draw.pk}/judge",
            at=clock.at(today, SAID_AT),
            text=gettext_noop("The spot check of %(name)s lapses today without a verdict"),
            values={"name": draw.person.name},
            url=reverse("spot_check_draw", args=[draw.pk]),
            due=clock.end_of(today) - timedelta(seconds=1),
        )
