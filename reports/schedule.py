"""When the coming days are made ready: every day, where there is anybody to call together."""

from collections.abc import Iterator
from datetime import datetime

from accounts.models import Person
from core.daily import daily
from core.jobs import Due


def days(now: datetime) -> Iterator[Due]:
    """Today's run, at 00:20; nothing is left over from days that were missed (MEET-1, MEET-3)."""
    if Person.objects.salespeople().exclude(team="").exists():
        yield from daily(now)
