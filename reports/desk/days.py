"""What the day puts on a salesperson's desk: a plan that is not written yet (MEET-1)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.desk import Waiting, card
from core.panels import Panel
from policy.querysets import workdays
from reports.models import DayPlan
from reports.permissions import can_write_day


def desk(user: Any) -> Iterator[Panel]:
    today = clock.today()
    if not can_write_day(user) or today not in workdays():
        return
    if DayPlan.objects.filter(person=user.person, date=today).exists():
        return
    yield card(
        key="day-plan",
        title=_("My day"),
        icon="clipboard-list",
        url=reverse("my_day"),
        waiting=[
            Waiting(
                text=_("Write today's plan"),
                url=reverse("my_day"),
                note=_("It stands on the agenda of the morning meeting."),
            )
        ],
    )
