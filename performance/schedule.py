"""When a quarter is reckoned: in the night after its last day (KPI-1)."""

from collections.abc import Iterator
from datetime import datetime, time

from core import clock
from core.jobs import Due
from performance.reads.quarter import appraised_in
from performance.rules.periods import Period
from receivables.models import Slip

AT = time(1, 30)


def quarters(now: datetime) -> Iterator[Due]:
    """The quarter before; none from before the company's first slip, of which nothing is known."""
    quarter = Period.quarter_of(clock.local_date(now)).previous()
    known = Slip.objects.filter(issued_at__lt=clock.start_of(quarter.first_day)).exists()
    if known and appraised_in(quarter).exists():
        yield Due(subject=str(quarter), at=clock.at(quarter.next().first_day, AT))
