"""Transfers and margins: asked for, looked at, decided (ORD-1, ORD-2)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Role
from core.lists import list_page
from core.permissions import Decision, require
from orders.deciding import concerned_by, deciding_role, named_in
from orders.forms import DecisionForm, MarginForm, TransferForm
from orders.lists import TransferList
from orders.models import MarginRequest, Order, Transfer
from orders.permissions import (
    can_act_on,
    can_ask_transfer,
    can_decide_margin,
    can_decide_transfer,
    can_see_orders,
    can_withdraw,
)
from orders.services import (
    OrderRefused,
    margin_ask,
    margin_decide,
    margin_withdraw,
    transfer_ask,
    transfer_decide,
    transfer_withdraw,
)
from orders.views.pages import form_page, order_of, percent, refuse


@require_GET
def transfers(request: HttpRequest) -> HttpResponseBase:
    """The transfers one may see, what waits first."""
    require(can_see_orders(request.user))
    return list_page(request, TransferList)


@require_http_methods(["GET", "POST"])
def transfer_new(request: HttpRequest, order_no: str) -> HttpResponse:
    """Ask that an order pass to somebody else."""
    row = order_of(request, order_no)
    require(can_ask_transfer(request.user, row))
    form = TransferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = transfer_ask(actor=request.user, order=row, **form.cleaned_data)
        except OrderRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The transfer is asked for."))
            return redirect("transfer", pk=asked.pk)
    return form_page(
        request,
        form,
        title=_("Transfer the order"),
        save=_("Ask for it"),
        order=row,
        hint=_(
            "It is %(person)s's order. Money that counts before the approval stays with who had "
            "the order; what counts from then on is the other's."
        )
        % {"person": row.person.name},
    )


@require_http_methods(["GET", "POST"])
def margin_new(request: HttpRequest, order_no: str) -> HttpResponse:
    """Ask that an order may be signed under the floor."""
    row = order_of(request, order_no)
    require(can_act_on(request.user, row))
    form = MarginForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = margin_ask(actor=request.user, order=row, **form.cleaned_data)
        except OrderRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The approval is asked for."))
            return redirect("margin", pk=asked.pk)
    return form_page(
        request, form, title=_("Have the margin approved"), save=_("Ask for it"), order=row
    )


def _transfer_of(request: HttpRequest, pk: int) -> Transfer:
    return get_object_or_404(
        Transfer.objects.visible_to(request.user).select_related(
            "order__customer",
            "order__person",
            "from_person",
            "to_person",
            "asked_by__person",
            "decided_by__person",
        ),
        pk=pk,
    )


def _margin_of(request: HttpRequest, pk: int) -> MarginRequest:
    return get_object_or_404(
        MarginRequest.objects.visible_to(request.user).select_related(
            "order__customer", "order__person", "asked_by__person", "decided_by__person"
        ),
        pk=pk,
    )


@require_GET
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """A transfer: from whom to whom, why, what was decided."""
    found = _transfer_of(request, pk)
    return _shown(request, found, can_decide_transfer(request.user, found))


@require_GET
def margin(request: HttpRequest, pk: int) -> HttpResponse:
    """A margin under the floor: which figures, why, what was decided."""
    found = _margin_of(request, pk)
    return _shown(request, found, can_decide_margin(request.user, found))


def _shown(
    request: HttpRequest,
    found: Transfer | MarginRequest,
    deciding: Decision,
    form: DecisionForm | None = None,
) -> HttpResponse:
    is_transfer = isinstance(found, Transfer)
    people = named_in(found) if isinstance(found, Transfer) else concerned_by(found)
    context = {
        "asked": found,
        "order": found.order,
        "is_transfer": is_transfer,
        "sees_order": Order.objects.visible_to(request.user).filter(pk=found.order_id).exists(),
        "deciding": deciding,
        "decides": Role(deciding_role(people)).label,
        "margin_share": "" if isinstance(found, Transfer) else percent(found.margin_rate),
        "decision_form": form or DecisionForm(),
        "can_withdraw": can_withdraw(request.user, found),
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "orders/asked.html", context, status=400 if wrong else 200)


@require_POST
def transfer_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or refuse a transfer, with the reason."""

    def decide(found: Any, **given: Any) -> str:
        transfer_decide(actor=request.user, transfer=found, **given)
        return _("The order has passed on.") if given["approve"] else _("The transfer is refused.")

    found = _transfer_of(request, pk)
    return _decided(request, found, can_decide_transfer(request.user, found), decide)


@require_POST
def margin_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or refuse a margin, with the reason."""

    def decide(found: Any, **given: Any) -> str:
        margin_decide(actor=request.user, asked=found, **given)
        return _("The margin is approved.") if given["approve"] else _("The margin is refused.")

    found = _margin_of(request, pk)
    return _decided(request, found, can_decide_margin(request.user, found), decide)


def _decided(
    request: HttpRequest,
    found: Transfer | MarginRequest,
    deciding: Decision,
    decide: Callable[..., str],
) -> HttpResponse:
    if not found.is_open:
        messages.error(request, deciding.reason)
        return redirect(request.path.removesuffix("decision/"))
    require(deciding)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, deciding, form)
    try:
        said = decide(
            found, approve=request.POST.get("do") == "approve", reply=form.cleaned_data["reply"]
        )
    except OrderRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(request.path.removesuffix("decision/"))


@require_POST
def transfer_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever asked for a transfer lets it be."""
    found = _transfer_of(request, pk)
    require(can_withdraw(request.user, found))
    try:
        transfer_withdraw(actor=request.user, transfer=found)
    except OrderRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn."))
    return redirect("transfer", pk=pk)


@require_POST
def margin_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever asked for an approval lets it be."""
    found = _margin_of(request, pk)
    require(can_withdraw(request.user, found))
    try:
        margin_withdraw(actor=request.user, asked=found)
    except OrderRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn."))
    return redirect("margin", pk=pk)
