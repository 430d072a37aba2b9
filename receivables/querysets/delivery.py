"""All there is about one delivery that is owed: read for its page (DUE-1, IOU-1)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery

from core import clock
from core.files.models import StoredFile
from core.files.querysets import files_of
from core.money import ZERO
from orders.models import Delivery, Order
from policy.querysets import policy_book, workdays
from policy.rules import PolicyBook
from receivables.models import (
    BadDebt,
    CollectionPlan,
    Iou,
    Payment,
    PlanStep,
    UnpaidDelivery,
)
from receivables.rules.ious import IouFact, IouState, iou_due, iou_state, unpaid_on
from receivables.rules.overdue import OrderMoney


@dataclass
class PlanShown:
    """A plan with its steps."""

    plan: CollectionPlan
    steps: list[PlanStep] = field(default_factory=list)


@dataclass
class Owed:
    """A delivery as its page shows it; `row`: what the daily job found of it, None before it has
    looked. `unpaid` is as of now, with what came in today."""

    order: Order
    delivered_on: date
    delivery: Delivery | None
    row: UnpaidDelivery | None
    payments: list[Payment]
    unpaid: Decimal
    ious: list[Iou]
    iou_due: datetime
    iou_state: IouState
    files: dict[str, list[StoredFile]]
    plans: list[PlanShown]

    @property
    def plan(self) -> PlanShown | None:
        """The one that stands."""
        return next((each for each in self.plans if each.plan.replaced_at is None), None)

    @property
    def replaced(self) -> list[PlanShown]:
        return [each for each in self.plans if each.plan.replaced_at is not None]

    @property
    def days(self) -> int:
        return (clock.today() - self.delivered_on).days


def owed_read(user: Any, order: Order, delivered_on: date) -> Owed | None:
    """The delivery of an order its reader may see; None where nothing was ever delivered."""
    dead = BadDebt.objects.filter(order=OuterRef("order"), outcome=BadDebt.Outcome.DEAD)
    died_on = Subquery(dead.order_by("-outcome_on").values("outcome_on")[:1])
    rows_there = Delivery.objects.visible_to(user).filter(order=order)
    deliveries = list(rows_there.annotate(died_on=died_on))
    delivery = next((each for each in deliveries if each.delivered_on == delivered_on), None)
    rows = UnpaidDelivery.objects.visible_to(user)
    row = rows.filter(order=order, delivered_on=delivered_on).first()
    if delivery is None and row is None:
        return None
    payments = Payment.objects.filter(slip__order=order).select_related("slip")
    money = list(payments.order_by("received_at", "id"))
    book = policy_book()
    unpaid = _unpaid(deliveries, money, delivered_on, book)
    ious = _ious(delivery)
    due = iou_due(delivered_on, workdays(), book)
    facts = [IouFact(each.amount, each.original_at is not None) for each in ious]
    return Owed(
        order=order,
        delivered_on=delivered_on,
        delivery=delivery,
        row=row,
        payments=money,
        unpaid=unpaid,
        ious=ious,
        iou_due=due,
        iou_state=iou_state(unpaid, facts, due=due, now=clock.now()),
        files=files_of("iou", [each.pk for each in ious]),
        plans=_plans(row),
    )


def _unpaid(deliveries: list[Any], money: list[Payment], on: date, book: PolicyBook) -> Decimal:
    """`deliveries` with `died_on`, the last day on which a debt of the order died: what was
    delivered until then nobody collects any more."""
    came = [
        (clock.local_date(at), each.net)
        for each in money
        if (at := each.received_at if each.method == "transfer" else each.handed_in_at)
        and at <= clock.now()
    ]
    facts = OrderMoney(
        [(each.delivered_on, each.net) for each in deliveries],
        came,
        [each.died_on for each in deliveries[:1] if each.died_on],
    )
    return unpaid_on(facts, on, clock.today(), book) if deliveries else ZERO


def _ious(delivery: Delivery | None) -> list[Iou]:
    if delivery is None:
        return []
    rows = Iou.objects.filter(delivery=delivery)
    return list(rows.select_related("recorded_by__person", "original_by__person").order_by("id"))


def _plans(row: UnpaidDelivery | None) -> list[PlanShown]:
    """With their steps, the latest plan first. One query: no plan is without a step."""
    if row is None:
        return []
    steps = PlanStep.objects.filter(plan__unpaid=row).select_related(
        "who", "plan__written_by__person", "plan__agreed_by__person"
    )
    found: dict[int, PlanShown] = {}
    for step in steps.order_by("-plan_id", "due_on", "id"):
        step.plan.unpaid = row
        shown = found.setdefault(step.plan_id, PlanShown(step.plan))
        shown.steps.append(step)
    return list(found.values())
