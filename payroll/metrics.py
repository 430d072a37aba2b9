"""What there is to watch of the books: how the months stand and how much has been posted."""

from collections.abc import Iterator

from django.db.models import Count, Sum
from prometheus_client import Metric

from core.metrics import gauge, gauges
from payroll.models import PayMonth


def months() -> Iterator[Metric]:
    """Months by state, and the entries posted: the months counted them, nobody counts again."""
    states = PayMonth.objects.order_by().values_list("state").annotate(n=Count("id"))
    yield gauges(
        "months", "Pay months by state.", ["state"], (((state,), n) for state, n in states)
    )
    posted = PayMonth.objects.aggregate(posted=Sum("posted_entries"))["posted"]
    yield gauge("entries", "Entries in the ledger.", posted or 0)
