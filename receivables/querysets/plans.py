"""Collection plans and their promises: where a delivery's plan stands, and what promises are
judged by (DUE-1)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from accounts.querysets import OwnedQuerySet
from core import clock
from core.db import Instant
from core.money import less
from receivables.querysets.unpaid import COUNTED_AT, SEE_ALL_MONEY, Orders
from receivables.rules.overdue import Movement
from receivables.rules.promises import Promise, PromiseState, Verdict


class PlanQuerySet(OwnedQuerySet):
    PERSON = "unpaid__order__person"
    SEEN_BY = SEE_ALL_MONEY

    def standing(self) -> Any:
        """Those no other has replaced."""
        return self.filter(replaced_at=None)


class StepQuerySet(OwnedQuerySet):
    PERSON = "plan__unpaid__order__person"
    SEEN_BY = SEE_ALL_MONEY

    def promised(self) -> Any:
        """Those of plans that both agreed and no other replaced, of deliveries still unpaid."""
        return self.filter(
            plan__replaced_at=None,
            plan__agreed_at__isnull=False,
            plan__unpaid__settled_on=None,
        )

    def due_within(self, first: date, last: date) -> Any:
        return self.promised().filter(state=PromiseState.OPEN, due_on__range=(first, last))


class PlanState(StrEnum):
    """Where the plan of an escalated delivery stands."""

    NOT_NEEDED = "not_needed"
    NONE = "none"
    TO_AGREE = "to_agree"
    BROKEN = "broken"
    AGREED = "agreed"


def with_plan(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Unpaid deliveries with `plan_state`."""
    from receivables.models import CollectionPlan, PlanStep

    standing = CollectionPlan.objects.standing().filter(unpaid=OuterRef("pk"))
    broken = PlanStep.objects.filter(
        plan__unpaid=OuterRef("pk"),
        plan__replaced_at=None,
        plan__agreed_at__isnull=False,
        state=PromiseState.BROKEN,
    )
    return rows.annotate(
        plan_state=Case(
            When(Q(escalated_on=None), then=Value(PlanState.NOT_NEEDED.value)),
            When(~Exists(standing), then=Value(PlanState.NONE.value)),
            When(Exists(standing.filter(agreed_at=None)), then=Value(PlanState.TO_AGREE.value)),
            When(Exists(broken), then=Value(PlanState.BROKEN.value)),
            default=Value(PlanState.AGREED.value),
        )
    )


UNPLANNED = (PlanState.NONE.value, PlanState.TO_AGREE.value)


def this_week(today: date) -> tuple[date, date]:
    """From today to the Sunday of its week."""
    return today, today + timedelta(days=6 - today.weekday())


# What promises are judged by.


class StandingStep(NamedTuple):
    """A step as it stands, in the database's own order of fields."""

    plan: int
    promise: Promise
    says: Verdict


@dataclass(frozen=True, slots=True)
class JudgedPlan:
    """An agreed plan with its steps; a replaced one is judged up to the day it was replaced."""

    order: int
    written_at: datetime
    replaced_at: datetime | None
    paid_on: date | None
    steps: tuple[StandingStep, ...]

    def until(self, morning: date) -> date:
        replaced = self.replaced_at and clock.local_date(self.replaced_at)
        return min(replaced, morning) if replaced else morning


def orders_with_plans() -> list[Orders]:
    """The orders there was ever an agreed plan for, some at a time. One query."""
    from receivables.models import CollectionPlan
    from receivables.querysets.unpaid import AT_A_TIME

    agreed = CollectionPlan.objects.filter(agreed_at__isnull=False).order_by()
    numbers = agreed.values_list(F("unpaid__order_id") / AT_A_TIME, flat=True).distinct()
    return [Orders(n * AT_A_TIME, n * AT_A_TIME + AT_A_TIME - 1) for n in sorted(map(int, numbers))]


def plans_to_judge(orders: Orders) -> list[JudgedPlan]:
    """The agreed plans of these orders with their steps. One query."""
    from receivables.models import PlanStep

    agreed = PlanStep.objects.filter(plan__agreed_at__isnull=False).order_by("plan_id", "id")
    rows = orders.of(agreed, "plan__unpaid__order_id").values_list(
        "plan_id",
        "plan__unpaid__order_id",
        Instant("plan__written_at"),
        Instant("plan__replaced_at"),
        "plan__unpaid__settled_on",
        "id",
        "due_on",
        "amount",
        "state",
        "settled_on",
    )
    heads: dict[int, tuple[int, datetime, datetime | None, date | None]] = {}
    steps: dict[int, list[StandingStep]] = defaultdict(list)
    for plan, order, written_at, replaced_at, paid_on, *step in rows:
        heads[plan] = (order, written_at, replaced_at, paid_on)
        steps[plan].append(_step(plan, *step))
    return [JudgedPlan(*head, tuple(steps[plan])) for plan, head in heads.items()]


def _step(
    plan: int, key: int, due_on: date, amount: Any, state: str, settled_on: date | None
) -> StandingStep:
    # What was ticked is a fact, and all else a verdict.
    done_on = settled_on if not amount and state == PromiseState.KEPT else None
    return StandingStep(plan, Promise(key, due_on, amount, done_on), Verdict(state, settled_on))


Counted = dict[int, list[tuple[datetime, Movement]]]


def money_counted(orders: Orders) -> Counted:
    """When money counted for these orders, by order. One query."""
    from receivables.models import CollectionPlan, Payment

    named = orders.of(CollectionPlan.objects.order_by(), "unpaid__order_id").values("unpaid__order")
    rows = (
        Payment.objects.filter(slip__order__in=named)
        .order_by()
        .annotate(counted_at=COUNTED_AT)
        .filter(counted_at__isnull=False)
    )
    found: Counted = defaultdict(list)
    for order, at, amount in rows.values_list(
        "slip__order_id", Instant("counted_at"), less("amount", "undone")
    ):
        found[order].append((at, (clock.local_date(at), amount)))
    return found


def money_since(money: Iterable[tuple[datetime, Movement]], since: datetime) -> list[Movement]:
    """What counted from an instant on."""
    return [movement for at, movement in money if at >= since]
