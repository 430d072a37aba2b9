"""What customers owe by its age, and by salesperson for the board: grouped in one query each."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from core.money import ZERO
from receivables.querysets.plans import UNPLANNED, PlanState, this_week, with_plan
from receivables.rules.ageing import BUCKETS, Bucket


def by_age(rows: "QuerySet[Any]", today: date, **group: Any) -> "QuerySet[Any]":
    """Unpaid deliveries summed by `group`: `owed` in all, and `age_0` … by `BUCKETS`."""
    sums = {f"age_{n}": _sum(_aged(each, today)) for n, each in enumerate(BUCKETS)}
    grouped = rows.order_by().values(**group)
    return grouped.annotate(deliveries=Count("id"), owed=_sum(), **sums)


def ages_in_all(rows: "QuerySet[Any]", today: date) -> dict[str, Any]:
    """The same of all rows together."""
    sums = {f"age_{n}": _sum(_aged(each, today)) for n, each in enumerate(BUCKETS)}
    return rows.order_by().aggregate(owed=_sum(), **sums)


def _aged(bucket: Bucket, today: date) -> Q:
    oldest, youngest = bucket.delivered(today)
    aged = Q(delivered_on__lte=youngest) if bucket.first else Q()
    return aged & Q(delivered_on__gte=oldest) if oldest else aged


def _sum(which: Q | None = None) -> Sum:
    return Sum("unpaid", filter=which, default=ZERO)


def board_rows(rows: "QuerySet[Any]", today: date) -> "QuerySet[Any]":
    """Unpaid deliveries by salesperson: how many are escalated, without a plan, with a broken
    promise, and with one that is due this week."""
    counted = with_promised(with_plan(rows), today).order_by()
    return counted.values(
        number=F("order__person__employee_no"), name=F("order__person__name")
    ).annotate(**_counts())


def board_sums(rows: "QuerySet[Any]", today: date) -> dict[str, Any]:
    """The same of all rows together."""
    counted = with_promised(with_plan(rows), today).order_by()
    return counted.aggregate(**_counts())


def _counts() -> dict[str, Any]:
    return {
        "deliveries": Count("id"),
        "owed": _sum(),
        "escalated": Count("id", filter=Q(escalated_on__isnull=False)),
        "unplanned": Count("id", filter=Q(plan_state__in=UNPLANNED)),
        "promised": Count("id", filter=Q(is_promised=True)),
        "broken": Count("id", filter=Q(plan_state=PlanState.BROKEN.value)),
    }


def with_promised(rows: "QuerySet[Any]", today: date) -> "QuerySet[Any]":
    """Unpaid deliveries with `is_promised`: whether a promise falls due until Sunday."""
    from receivables.models import PlanStep

    due = PlanStep.objects.due_within(*this_week(today)).filter(plan__unpaid=OuterRef("pk"))
    return rows.annotate(is_promised=Exists(due))
