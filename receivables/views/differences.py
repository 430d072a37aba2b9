"""Differences at the counter: the list, one, explained, settled, made good (SLIP-3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import list_page
from core.permissions import require
from receivables.forms.counter import CashForm
from receivables.forms.differences import ExplanationForm, SettlementForm
from receivables.lists.counter import DifferenceList
from receivables.models import Discrepancy
from receivables.permissions.counter import (
    can_bring,
    can_explain,
    can_see_handovers,
    can_settle,
)
from receivables.services import (
    CounterRefused,
    discrepancy_explain,
    discrepancy_settle,
    missing_cash_count,
)
from receivables.views.refusals import status_of


@require_GET
def differences(request: HttpRequest) -> HttpResponseBase:
    """What waits to be explained or settled, and what was settled."""
    require(can_see_handovers(request.user))
    return list_page(request, DifferenceList)


def _found(request: HttpRequest, pk: int) -> Discrepancy:
    seen = Discrepancy.objects.visible_to(request.user)
    return get_object_or_404(
        seen.select_related(
            "handover__person", "handover__counted_by__person", "settled_by__person"
        ),
        pk=pk,
    )


@require_GET
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """One difference: what was counted and recorded, what was said, what can be done."""
    return _page(request, _found(request, pk))


def _settlement_form(found: Discrepancy, data: Any = None) -> SettlementForm:
    cash = found.handover.payments.filter(method="cash").select_related("slip")
    return SettlementForm(data, discrepancy=found, payments=list(cash.order_by("payment_no")))


def _page(
    request: HttpRequest,
    found: Discrepancy,
    *,
    explanation: ExplanationForm | None = None,
    settlement: SettlementForm | None = None,
    refused: Exception | None = None,
) -> HttpResponse:
    is_open = found.state != Discrepancy.State.SETTLED
    settling = can_settle(request.user, found)
    said = {"version": found.version, "text": found.explanation}
    context = {
        "difference": found,
        "handover": found.handover,
        "is_open": is_open,
        "explanation_form": explanation or ExplanationForm(initial=said),
        "can_explain": is_open and can_explain(request.user, found),
        "settling": settling,
        "settlement_form": (settlement or _settlement_form(found)) if is_open and settling else "",
        "can_bring": is_open
        and found.amount < 0
        and found.brought_id is None
        and can_bring(request.user, found),
        "refused": refused,
        "changed_as": [found],
    }
    wrong = bool((explanation and explanation.errors) or (settlement and settlement.errors))
    status = status_of(refused) if refused else 400 if wrong else 200
    return render(request, "receivables/difference.html", context, status=status)


@require_POST
def difference_explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Who brought the money says how it came to differ."""
    found = _found(request, pk)
    require(can_explain(request.user, found))
    form = ExplanationForm(request.POST)
    if not form.is_valid():
        return _page(request, found, explanation=form)
    found.version = form.cleaned_data["version"]
    try:
        discrepancy_explain(actor=request.user, discrepancy=found, text=form.cleaned_data["text"])
    except CounterRefused as refusal:
        return _page(request, _found(request, pk), explanation=form, refused=refusal)
    messages.success(request, _("Your explanation has gone to finance."))
    return redirect("difference", pk=pk)


@require_POST
def difference_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Finance settles it as it was seen."""
    found = _found(request, pk)
    require(can_settle(request.user, found))
    form = _settlement_form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, settlement=form)
    found.version = form.cleaned_data["version"]
    try:
        discrepancy_settle(
            actor=request.user,
            discrepancy=found,
            way=form.cleaned_data["way"],
            note=form.cleaned_data["note"],
            payment=form.chosen,
        )
    except CounterRefused as refusal:
        return _page(request, _found(request, pk), settlement=form, refused=refusal)
    messages.success(request, _("The difference is settled."))
    return redirect("difference", pk=pk)


@require_http_methods(["GET", "POST"])
def difference_cash(request: HttpRequest, pk: int) -> HttpResponse:
    """The cashier counts the cash that was missing."""
    found = _found(request, pk)
    require(can_bring(request.user, found))
    form = CashForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            counted = missing_cash_count(
                actor=request.user,
                discrepancy=found,
                denominations=form.denominations,
                token=form.cleaned_data["token"],
            )
        except CounterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The missing cash is counted; finance settles it."))
            return redirect("handover", pk=counted.pk)
    context = {"difference": found, "missing": -found.amount, "form": form}
    status = 400 if form.errors else 200
    return render(request, "receivables/difference_cash.html", context, status=status)
