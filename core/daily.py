"""What is due once a day, on the company's clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from core import clock
from core.jobs import Due

LISTS_ARE_MADE = timedelta(minutes=20)  # after yesterday's facts are in, before anybody looks


def daily(now: datetime, *, after: timedelta = LISTS_ARE_MADE) -> Iterator[Due]:
    """Today's, and the one that comes next; a day that was missed is not made up for."""
    today = clock.local_date(now)
    at = clock.start_of(today) + after
    yield Due(str(today), at)
    if at <= now:
        tomorrow = today + timedelta(days=1)
        yield Due(str(tomorrow), clock.start_of(tomorrow) + after)
