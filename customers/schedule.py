"""When the jobs of this app are due (docs/adr/0011)."""

from collections.abc import Iterator
from datetime import datetime

from core import clock
from core.jobs import Due
from customers.services.likeness import unindexed


def likeness(now: datetime) -> Iterator[Due]:
    """Within the minute after a firm came by a file, or is called otherwise."""
    if unindexed().exists():
        at = now.replace(second=0, microsecond=0)
        yield Due(str(clock.local_date(at)), at)
