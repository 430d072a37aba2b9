"""What people are reminded of about themselves: a change of their own position (ORG-2).

Here and not with the people: those stand a floor below and know no reminders.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import PositionPlan
from core import clock
from notices.reminders import Reminder

SAID_AT = time(8, 0)
A_DAY = timedelta(days=1)


def positions(now: datetime) -> Iterator[Reminder]:
    """Whose position changes, on the morning before; and of one decided at once, at once. One
    query."""
    today = clock.local_date(now)
    plans = PositionPlan.objects.exclude(state=PositionPlan.State.WITHDRAWN).filter(
        from_on__gte=today, from_on__lte=today + A_DAY
    )
    for plan in plans.select_related("person"):
        yield Reminder(
            person=plan.person,
            key=f"position/{plan.pk}",
            at=clock.at(plan.from_on - A_DAY, SAID_AT),
            text=gettext_noop("Your position changes on %(day)s"),
            values={"day": str(plan.from_on)},
            url=reverse("person", args=[plan.person.employee_no]),
            due=clock.end_of(plan.from_on) - timedelta(seconds=1),
        )
