"""When each customer was last called on, and whose return visit is due (VIS-3: the interval)."""

from datetime import date, timedelta
from typing import Any

from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from core import clock
from customers.models import Visit


def with_quiet_since(rows: Any) -> QuerySet[Any]:
    """Customers with an owner who may call on them (`to_call_on`), each with `last_at`, the last
    genuine visit or call (none: never), and `quiet_since`: that instant, or the morning of the day
    on which the file was opened."""
    visits = Visit.objects.filter(customer=OuterRef("pk")).genuine().order_by("-at")
    told: QuerySet[Any] = (
        rows.filter(owner__isnull=False)
        .to_call_on()
        .annotate(
            last_at=Subquery(visits.values("at")[:1]),
            # Midnight in UTC is a morning of the same day on the company's clock.
            quiet_since=Coalesce(F("last_at"), Cast("created_on", DateTimeField())),
        )
    )
    return told


def due_by(rows: Any, day: date, interval: int) -> QuerySet[Any]:
    """Those whose return visit is due by a day, `interval` days after the last one."""
    return quiet_on(with_quiet_since(rows), until=day - timedelta(days=interval))


def overdue(rows: Any, today: date, interval: int) -> QuerySet[Any]:
    """Those whose last day was before today."""
    return due_by(rows, today - timedelta(days=1), interval)


def quiet_on(
    rows: QuerySet[Any], *, since: date | None = None, until: date | None = None
) -> QuerySet[Any]:
    """Of customers `with_quiet_since` those last called on in these days, both included."""
    if since is not None:
        rows = rows.filter(quiet_since__gte=clock.start_of(since))
    if until is not None:
        rows = rows.filter(quiet_since__lt=clock.end_of(until))
    return rows
