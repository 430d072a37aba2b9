"""When old messages of attendance machines are taken away: once a night."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from attendance.services.pushing import pushes_old
from core.daily import daily
from core.jobs import Due

AT_NIGHT = timedelta(hours=3, minutes=50)  # after the backup, and the files


def days(now: datetime) -> Iterator[Due]:
    """Tonight's sweep, where there is anything to take away."""
    if pushes_old(now).exists():
        yield from daily(now, after=AT_NIGHT)
