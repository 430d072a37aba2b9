"""When goods on loan are looked at: every day, while some are out."""

from collections.abc import Iterator
from datetime import datetime

from claims.models import Loan
from core.daily import daily
from core.jobs import Due


def days(now: datetime) -> Iterator[Due]:
    """Today's run, at 00:20; nothing is left over from days that were missed (GOOD-1)."""
    if Loan.objects.exists():
        yield from daily(now)
