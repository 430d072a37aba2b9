"""A claim with its receipts and what it pays; decided by whoever may (EXP, ORG-1)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import may_decide
from claims.explaining import why_less
from claims.forms import DecisionForm, UndoForm, VersionForm
from claims.models import Expense
from claims.permissions import can_correct, can_decide, can_undo
from claims.querysets import receipts_seen_before
from claims.services import (
    ChangedMeanwhile,
    ClaimsRefused,
    expense_approve,
    expense_refuse,
    expense_undo,
)
from claims.services.expenses import what_it_became
from claims.services.keeping import EXPENSE
from claims.standing import verdict_of
from core.files.querysets import files_of
from core.permissions import require
from policy.clauses import clause_of


def _found(request: HttpRequest, pk: int) -> Expense:
    seen = Expense.objects.visible_to(request.user)
    rows = seen.select_related("person", "order__customer", "order__person", "decided_by__person")
    claim: Expense = get_object_or_404(rows, pk=pk)
    return claim


@require_GET
def expense(request: HttpRequest, pk: int) -> HttpResponse:
    """The claim, its receipts, what it pays and why, and what one can do."""
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest,
    claim: Expense,
    *,
    decision: DecisionForm | None = None,
    undo: UndoForm | None = None,
    changed: bool = False,
) -> HttpResponse:
    user: Any = request.user
    verdict = verdict_of(claim)
    receipts = files_of(EXPENSE, [claim.pk])[str(claim.pk)]
    deciding, undoing = can_decide(user, claim), can_undo(user, claim)
    seen = {"version": claim.version}
    context = {
        "claim": claim,
        "verdict": verdict,
        "steps": why_less(verdict),
        "is_less": verdict.gets < claim.amount,
        "files": receipts,
        "seen_before": receipts_seen_before(claim, receipts) if deciding else [],
        "deciding": deciding,
        "undoing": undoing,
        "is_own": user.person_id == claim.person_id,
        "can_correct": can_correct(user, claim),
        "decision_form": decision or DecisionForm(initial=seen),
        "undo_form": undo or UndoForm(initial=seen),
        "withdraw_form": VersionForm(initial=seen),
        "clauses": [clause_of("EXP-1" if claim.kind == "travel" else "EXP-2"), clause_of("EXP-3")],
        "changed_as": [claim],
    }
    wrong = bool((decision and decision.errors) or (undo and undo.errors))
    status = 409 if changed else 400 if wrong else 200
    return render(request, "claims/expense.html", context, status=status)


@require_POST
def expense_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, or refuse with the reason, the claim as it was seen."""
    claim = _found(request, pk)
    require(may_decide(request.user, claim.person))
    form = DecisionForm(request.POST)
    approve = request.POST.get("do") == "approve"
    if form.is_valid() and not approve and not form.cleaned_data["reply"].strip():
        form.add_error("reply", _("A decision needs its reason."))
    if not form.is_valid():
        return _page(request, claim, decision=form)
    does = expense_approve if approve else expense_refuse
    said = _("Approved; it is paid with this month's statement.") if approve else _("Refused.")
    return _do(request, claim, form, does, said)


@require_POST
def expense_undo_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wrong approval back, with the reason, while its month is not final."""
    claim = _found(request, pk)
    if claim.approved_on is None:
        return _changed(request, claim, what_it_became(claim))
    require(can_undo(request.user, claim))
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, claim, undo=form)
    return _do(request, claim, form, expense_undo, _("The approval is taken back."))


def _do(
    request: HttpRequest, claim: Expense, form: Any, does: Callable[..., Expense], said: str
) -> HttpResponse:
    claim.version = form.cleaned_data["version"]
    try:
        does(claim=claim, reply=form.cleaned_data["reply"], actor=request.user)
    except ChangedMeanwhile as refusal:
        return _changed(request, _found(request, claim.pk), str(refusal))
    except ClaimsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("expense", pk=claim.pk)


def _changed(request: HttpRequest, claim: Expense, became: str) -> HttpResponse:
    """Who comes second is told who was first, and sees the claim as it is now."""
    messages.error(request, became)
    return _page(request, claim, changed=True)
