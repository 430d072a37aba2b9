"""When positions are looked at: every day on which there may be something to do."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from accounts.models import Person, PositionPlan
from core import clock
from core.daily import daily
from core.jobs import Due

# Before anybody comes in, and before the day's lists: a new supervisor sees the new team in them.
SOON = timedelta(minutes=5)


def days(now: datetime) -> Iterator[Due]:
    """Today's run, at 00:05, while a change is planned or somebody leaves about now (ORG-2).

    A day that was missed needs none of its own: what is due by then takes effect with the next.
    """
    about = clock.local_date(now) - timedelta(days=31)
    if (
        PositionPlan.objects.filter(state=PositionPlan.State.PLANNED).exists()
        or Person.objects.filter(left_on__gte=about).exists()
    ):
        yield from daily(now, after=SOON)
