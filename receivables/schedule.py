"""When deliveries are looked at for money that has not come: every day, while there are any."""

from collections.abc import Iterator
from datetime import datetime

from core.daily import daily
from core.jobs import Due
from orders.models import Delivery
from receivables.models import UnpaidDelivery


def days(now: datetime) -> Iterator[Due]:
    """Today's run, at 00:20; days missed need none, for the rows converge (DUE-1)."""
    if Delivery.objects.exists() or UnpaidDelivery.objects.open().exists():
        yield from daily(now)
