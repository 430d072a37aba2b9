"""When each customer was last called on, and whose return visit is due: by the interval (VIS-3),
and by the visits a month that their level asks for (VIS-5)."""

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate

from core import clock
from core.months import Month
from customers.models import Visit
from customers.rules.levels import LEVELS, asked_of
from policy.rules import Policy

AHEAD = timedelta(days=7)  # so long before its day a return visit is on the list


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


def with_level_visits(rows: QuerySet[Any], month: Month, policy: Policy) -> QuerySet[Any]:
    """Customers, each with the visits that its level asks for in a month (`asked`: none of a file
    without a level, or that was not there before the month), those it `had`, counted as
    `visited_by_owner` counts them, and how many are `missing` (not above nothing: none)."""
    there = Q(created_on__lt=month.first_day)
    asked = [When(there & Q(level=level), then=Value(asked_of(level, policy))) for level in LEVELS]
    # By the company's day and not by `CompanyDay`, which SQLite cannot tell apart in a count.
    on = TruncDate("at", tzinfo=clock.COMPANY_ZONE)
    visits = Visit.objects.filter(customer=OuterRef("pk")).in_month(month).genuine().in_person()
    counted = visits.order_by().values("customer").annotate(n=Count(on, distinct=True))
    told = rows.annotate(
        asked=Case(*asked, default=Value(0), output_field=IntegerField()),
        had=Coalesce(Subquery(counted.values("n")), 0),
    )
    return told.annotate(missing=F("asked") - F("had"))


def short_of_visits(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of customers `with_level_visits` those that had fewer than their level asks for."""
    return rows.filter(missing__gt=0)


def due_by_either(rows: Any, day: date, month: Month, policy: Policy) -> QuerySet[Any]:
    """Those due by a day by the interval, and those short of their level's visits of the month;
    `with_quiet_since` and `with_level_visits`."""
    told = with_level_visits(with_quiet_since(rows), month, policy)
    until = day - timedelta(days=policy.return_visit_days)
    return told.filter(Q(quiet_since__lt=clock.end_of(until)) | Q(missing__gt=0))
