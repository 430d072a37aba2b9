"""One delivery that is owed: money, IOU, plan; writing and agreeing a plan (DUE-1)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Person
from core.permissions import require
from orders.models import Order
from policy.clauses import clause_of
from receivables.forms.plans import PlanForm, StepForms, steps_said
from receivables.models import CollectionPlan, PlanStep, UnpaidDelivery
from receivables.permissions import (
    can_agree_plan,
    can_do_step,
    can_receive_original,
    can_record_iou,
    can_write_plan,
)
from receivables.querysets.delivery import Owed, owed_read
from receivables.rules.ious import IouState
from receivables.services import PlanRefused, plan_agree, plan_write, step_done
from receivables.services.plans_telling import leads_of


@require_GET
def unpaid_delivery(request: HttpRequest, order_no: str, delivered_on: date) -> HttpResponse:
    """The delivery with the money on its order, its IOUs, its plan and what happened to it."""
    seen = Order.objects.visible_to(request.user)
    order = get_object_or_404(
        seen.select_related("customer", "person__supervisor"), order_no=order_no
    )
    owed = owed_read(request.user, order, delivered_on)
    if owed is None:
        raise Http404
    return render(request, "receivables/delivery.html", _context(request, owed))


def _context(request: HttpRequest, owed: Owed) -> dict[str, Any]:
    user, standing = request.user, owed.plan
    if owed.row is not None:
        owed.row.order = owed.order  # read already
    for iou in owed.ious:
        if owed.delivery is not None:
            owed.delivery.order, iou.delivery = owed.order, owed.delivery
    return {
        "owed": owed,
        "order": owed.order,
        "ious": [
            {
                "iou": each,
                "files": owed.files.get(str(each.pk), []),
                "can_receive": each.original_at is None and can_receive_original(user, each),
            }
            for each in owed.ious
        ],
        "iou_says": _iou_says(owed.iou_state),
        "can_record": owed.unpaid > 0 and can_record_iou(user, owed.order),
        "standing": standing,
        "writing": can_write_plan(user, owed.row) if owed.row else None,
        "agreeing": can_agree_plan(user, standing.plan) if standing else None,
        "can_do": {
            step.pk for step in (standing.steps if standing else ()) if can_do_step(user, step)
        },
        "clause": clause_of("DUE-1"),
        "changed_as": [*_of_plans(owed), *owed.ious],
    }


def _of_plans(owed: Owed) -> list[Any]:
    """The plans and their steps, whose history stands on the page."""
    return [row for each in owed.plans for row in (each.plan, *each.steps)]


def _iou_says(state: IouState) -> str:
    return {
        IouState.NOT_NEEDED: "",
        IouState.TO_COME: _("to come"),
        IouState.MISSING: pgettext("an IOU", "missing"),
        IouState.ORIGINAL_TO_COME: _("original to come"),
        IouState.ORIGINAL_MISSING: _("original missing"),
        IouState.COMPLETE: _("complete"),
    }[state]


def _row(request: HttpRequest, **which: Any) -> UnpaidDelivery:
    seen = UnpaidDelivery.objects.visible_to(request.user)
    return get_object_or_404(
        seen.select_related("order__customer", "order__person__supervisor"), **which
    )


@require_http_methods(["GET", "POST"])
def plan_new(request: HttpRequest, order_no: str, delivered_on: date) -> HttpResponse:
    """Write a plan, which the other side then agrees; it replaces the one before."""
    unpaid = _row(request, order__order_no=order_no, delivered_on=delivered_on)
    require(can_write_plan(request.user, unpaid))
    people = _people(request, unpaid)
    before = CollectionPlan.objects.standing().filter(unpaid=unpaid).first()
    options: dict[str, Any] = {"prefix": "steps", "form_kwargs": {"people": people}}
    if request.method == "GET":
        form = PlanForm(initial={"seen": before.pk if before else None})
        return _plan_page(request, unpaid, before, form, StepForms(**options))
    form, steps = PlanForm(request.POST), StepForms(request.POST, **options)
    if form.is_valid() and steps.is_valid():
        try:
            plan_write(
                actor=request.user, unpaid=unpaid, steps=steps_said(steps), **form.cleaned_data
            )
        except PlanRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The plan is written; the other side is told of it."))
            return redirect("unpaid_delivery", order_no, delivered_on)
    return _plan_page(request, unpaid, before, form, steps)


def _people(request: HttpRequest, unpaid: UnpaidDelivery) -> list[Person]:
    """Who may promise a step: the salesperson, who answers for them, whoever writes."""
    user: Any = request.user
    seller = unpaid.order.person
    found = {each.pk: each for each in (seller, *leads_of(seller))}
    if user.person is not None:
        found.setdefault(user.person.pk, user.person)
    return list(found.values())


def _plan_page(
    request: HttpRequest,
    unpaid: UnpaidDelivery,
    before: CollectionPlan | None,
    form: PlanForm,
    steps: Any,
) -> HttpResponse:
    context = {"unpaid": unpaid, "before": before, "form": form, "steps": steps}
    is_wrong = form.is_bound and not (form.is_valid() and steps.is_valid())
    status = 400 if is_wrong else 200
    return render(request, "receivables/plan_new.html", context, status=status)


@require_POST
def plan_say_yes(request: HttpRequest, pk: int) -> HttpResponse:
    """The other side agrees to a plan."""
    seen = CollectionPlan.objects.visible_to(request.user).select_related(
        "unpaid__order__person__supervisor", "written_by__person"
    )
    plan = get_object_or_404(seen, pk=pk)
    if plan.agreed_at is None and plan.replaced_at is None:
        require(can_agree_plan(request.user, plan))
    came = _agree(request, plan)
    return _done(request, plan.unpaid, came, _("The plan is agreed."), _("It was so already."))


def _agree(request: HttpRequest, plan: CollectionPlan) -> bool | str:
    try:
        return plan_agree(actor=request.user, plan=plan)
    except PlanRefused as refusal:
        return str(refusal)


@require_POST
def plan_step_tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever promised a step says that it is done."""
    seen = PlanStep.objects.visible_to(request.user).select_related("plan__unpaid__order", "who")
    step = get_object_or_404(seen, pk=pk)
    if step.state != PlanStep.State.KEPT or step.amount:
        require(can_do_step(request.user, step))
    try:
        came: bool | str = step_done(actor=request.user, step=step)
    except PlanRefused as refusal:
        came = str(refusal)
    return _done(request, step.plan.unpaid, came, _("Done."), _("It was so already."))


def _done(
    request: HttpRequest, unpaid: UnpaidDelivery, came: bool | str, done: str, so_already: str
) -> HttpResponse:
    if isinstance(came, str):
        messages.error(request, came)
    else:
        messages.success(request, done if came else so_already)
    return redirect("unpaid_delivery", unpaid.order.order_no, unpaid.delivered_on)
