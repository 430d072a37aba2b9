"""Who is reminded of projects gone quiet (CUS-4)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from core import clock
from customers.models import Project
from customers.rules.projects import stale_on
from notices.reminders import Reminder
from policy.querysets import policy_book

SAID_AT = time(8, 0)
NEWS = timedelta(days=30)  # what has been quiet for longer was said before


def projects_stale(now: datetime) -> Iterator[Reminder]:
    """On the morning a project has been quiet for so long: who pursues it, once until there is
    news."""
    quiet = Project.objects.stale(now).select_related("person").order_by("pk")
    days = policy_book().on(clock.local_date(now)).project_quiet_days
    for project in quiet:
        since = clock.local_date(project.touched_at)
        stale = stale_on(since, days)
        if clock.local_date(now) - stale > NEWS:
            continue
        yield Reminder(
            person=project.person,
            key=f"project/{project.pk}/stale/{since}",
            at=clock.at(stale, SAID_AT),
            text=gettext_noop("Project %(project)s has been quiet for %(days)s days"),
            values={"project": project.project_no, "days": days},
            url=reverse("project", args=[project.pk]),
        )
