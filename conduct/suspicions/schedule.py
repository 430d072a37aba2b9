"""When suspicions are looked for: every night, once there are orders, files or projects."""

from collections.abc import Iterator
from datetime import datetime

from core.daily import daily
from core.jobs import Due
from customers.models import Customer


def days(now: datetime) -> Iterator[Due]:
    """Today's run, at 00:20; nothing is left over from days that were missed: the next looks back
    further than that (DIS-3)."""
    if Customer.objects.exists():  # of whom all of it is
        yield from daily(now)
