"""What is owed puts on the desk: IOUs to bring, plans and promises, originals, invoices
(IOU-1, DUE-1, SLIP-5)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.querysets import led_ids
from core import clock
from core.desk import SHOWN, Act, Figure, Waiting, card
from core.panels import Panel
from core.templatetags.house import yuan_text
from receivables.models import CollectionPlan, Iou, PlanStep, UnpaidDelivery
from receivables.permissions import can_receive_originals
from receivables.querysets.counted import over_invoiced
from receivables.querysets.ious import (
    ious_missing,
    ious_to_bring,
    originals_to_come,
    terms_now,
)
from receivables.querysets.plans import UNPLANNED, PlanState, this_week, with_plan
from receivables.services.plans_telling import page_of


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role("salesperson"):
        yield from _ious_to_bring(user)
        yield from _own_plans(user)
    if user.has_role("manager") or led_ids(user):
        yield from _overdue(user)
    if can_receive_originals(user):
        yield from _originals(user)
        yield from _over_invoiced(user)


def _first(rows: Any) -> tuple[list[Any], int]:
    """The first few, and how many there are; these are counted only where there are more."""
    found = list(rows[: SHOWN + 1])
    return found, rows.order_by().count() if len(found) > SHOWN else len(found)


def _ious_to_bring(user: Any) -> Iterator[Panel]:
    """A salesperson's unpaid deliveries without an IOU, each with its deadline."""
    mine = UnpaidDelivery.objects.filter(order__person=user.person)
    rows, count = _first(
        ious_to_bring(mine).select_related("order__customer").order_by("delivered_on", "id")
    )
    if not rows:
        return
    terms = terms_now()
    yield card(
        key="ious",
        title=_("IOUs to bring"),
        icon="file-pen",
        url=reverse("ious_missing"),
        waiting=[
            Waiting(
                text=f"{row.order.customer.name} · {yuan_text(row.unpaid)}",
                url=page_of(row),
                note=row.order.order_no,
                due=terms.due(row.delivered_on),
            )
            for row in rows
        ],
        count=count,
    )


def _own_plans(user: Any) -> Iterator[Panel]:
    """What a salesperson promised and has yet to do, and plans to agree."""
    steps, promised = _first(
        PlanStep.objects.promised()
        .filter(who=user.person, state=PlanStep.State.OPEN)
        .select_related("plan__unpaid__order__customer")
        .order_by("due_on", "id")
    )
    plans, to_agree = _first(_to_agree(user))
    if not steps and not plans:
        return
    yield card(
        key="plans",
        title=_("Collection plans"),
        icon="handshake",
        url=reverse("unpaid"),
        waiting=[*map(_agree, plans), *map(_promise, steps)],
        count=promised + to_agree,
    )


def _to_agree(user: Any) -> Any:
    """Plans for one's own customers that somebody else wrote and that wait for one's word."""
    waiting = CollectionPlan.objects.standing().filter(
        agreed_at=None, unpaid__settled_on=None, unpaid__order__person=user.person
    )
    theirs = waiting.exclude(Q(written_by__person=user.person))
    return theirs.select_related("unpaid__order__customer").order_by("written_at")


def _agree(plan: CollectionPlan) -> Waiting:
    return Waiting(
        text=_("Plan for %(customer)s to agree") % {"customer": plan.unpaid.order.customer.name},
        url=page_of(plan.unpaid),
        note=plan.unpaid.order.order_no,
    )


def _promise(step: PlanStep) -> Waiting:
    unpaid = step.plan.unpaid
    return Waiting(
        text=f"{unpaid.order.customer.name} · {step.what}",
        url=page_of(unpaid),
        note=yuan_text(step.amount) if step.amount else unpaid.order.order_no,
        due=clock.end_of(step.due_on),
    )


def _overdue(user: Any) -> Iterator[Panel]:
    """Supervisor and manager: escalated without an agreed plan, or with a broken promise."""
    seen = UnpaidDelivery.objects.visible_to(user).open()
    wanted = (*UNPLANNED, PlanState.BROKEN.value)
    escalated = with_plan(seen.filter(escalated_on__isnull=False))
    rows, count = _first(
        escalated.filter(plan_state__in=wanted)
        .select_related("order__customer", "order__person")
        .order_by("delivered_on", "id")
    )
    due = PlanStep.objects.visible_to(user).due_within(*this_week(clock.today()))
    missing = ious_missing(seen, terms_now()).count()
    if not rows and not missing:
        return
    yield card(
        key="overdue",
        title=_("Overdue, to be planned"),
        icon="layout-list",
        url=reverse("due_board"),
        figures=[
            Figure(_("Missing IOUs"), missing, reverse("ious_missing")),
            Figure(_("Promises due this week"), due.count(), reverse("due_board")),
        ],
        waiting=[
            Waiting(
                text=f"{row.order.customer.name} · {yuan_text(row.unpaid)}",
                url=page_of(row),
                note=f"{row.order.person.name} · {plan_says(row.plan_state)}",
            )
            for row in rows
        ],
        count=count,
        empty=_("Every overdue delivery has a plan that is kept."),
    )


def plan_says(state: str) -> str:
    """Where a plan stands, in words."""
    return {
        PlanState.NONE.value: _("no plan"),
        PlanState.TO_AGREE.value: _("plan to be agreed"),
        PlanState.BROKEN.value: _("promise broken"),
        PlanState.AGREED.value: _("plan agreed"),
    }.get(state, "")


def _originals(user: Any) -> Iterator[Panel]:
    """Finance: originals of IOUs to receive, each with one click."""
    rows, count = _first(
        originals_to_come(Iou.objects.visible_to(user))
        .exclude(delivery__order__person=user.person_id or 0)
        .select_related("delivery__order__customer", "delivery__order__person")
        .order_by("recorded_at", "id")
    )
    if rows:
        yield card(
            key="originals",
            title=_("Originals of IOUs"),
            icon="inbox",
            url=reverse("iou_originals"),
            waiting=[
                Waiting(
                    text=f"{each.delivery.order.customer.name} · {yuan_text(each.amount)}",
                    url=reverse(
                        "unpaid_delivery",
                        args=[each.delivery.order.order_no, each.delivery.delivered_on],
                    ),
                    note=each.delivery.order.person.name,
                    act=Act(_("Original received"), reverse("iou_original", args=[each.pk])),
                )
                for each in rows
            ],
            count=count,
        )


def _over_invoiced(user: Any) -> Iterator[Panel]:
    """Finance: orders with invoices over more than is counted, since money was undone (SLIP-6)."""
    rows, count = _first(over_invoiced().select_related("customer").order_by("to_invoice", "id"))
    if rows:
        yield card(
            key="over-invoiced",
            title=_("Invoiced too much"),
            icon="triangle-alert",
            url=f"{reverse('invoice_orders')}?state=over",
            waiting=[
                Waiting(
                    text=f"{row.customer.name} · {yuan_text(-row.to_invoice)}",
                    url=reverse("order_invoices", args=[row.order_no]),
                    note=_("%(invoiced)s invoiced, %(counted)s counted")
                    % {
                        "invoiced": yuan_text(row.invoiced),
                        "counted": yuan_text(row.counted),
                    },
                )
                for row in rows
            ],
            count=count,
        )
