"""When what no row names is taken away: once a night."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.daily import daily
from core.files.disk import folder
from core.jobs import Due

AT_NIGHT = timedelta(hours=3, minutes=40)  # after the backup


def days(now: datetime) -> Iterator[Due]:
    """Today's sweep, where anybody ever sent in a file."""
    if folder().is_dir():
        yield from daily(now, after=AT_NIGHT)
