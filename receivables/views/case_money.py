"""What a case costs, and how it ends: what follows is shown, then confirmed (RES-4 to RES-6)."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.months import Month
from core.permissions import require
from payroll.services import close_follow
from policy.clauses import clause_of
from receivables.forms.cases import CostForm, OutcomeDecisionForm, OutcomeForm
from receivables.models import BadDebt, LegalCost, OutcomeProposal
from receivables.permissions.cases import (
    can_decide_outcome,
    can_propose,
    can_record_cost,
    can_take_back,
)
from receivables.services.cases import CaseRefused, legal_cost_correct, legal_cost_record
from receivables.services.foretelling_cases import CaseForetold, case_foretell
from receivables.services.outcomes import (
    outcome_decide,
    outcome_propose,
    outcome_take_back,
    outcome_write,
    refuse_outcome,
)
from receivables.views.case_effects import cost_effects, fingerprint_of, outcome_effects
from receivables.views.cases import case_seen


@require_http_methods(["GET", "POST"])
def bad_debt_cost(
    request: HttpRequest, case_no: str, incurred_on: date | None = None
) -> HttpResponse:
    """What suing cost on a day, or that put right: how it is split is shown before it is posted."""
    case = case_seen(request, case_no)
    require(can_record_cost(request.user, case))
    cost = _cost_of(case, incurred_on) if incurred_on else None
    form = CostForm(request.POST or None, cost=cost)
    effects: list[str] = []
    fingerprint = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            do = _cost_doing(request, case, cost, said)
            foretold = case_foretell(case=case, day=said["on"], change=do)
            effects = cost_effects(foretold, case, said["amount"])
            # Not its words: a slip of the pen may be put right between looking and confirming.
            fingerprint = fingerprint_of([said["token"], said["on"], said["amount"]], effects)
            if request.POST.get("confirm") == fingerprint:
                do()
                return _follow(request, case, foretold.months[:1])
        except CaseRefused as refusal:
            form.add_error(None, str(refusal))
    title = _("Correct a legal cost") if cost else _("Record a legal cost")
    return _page(request, case, form, title, effects, fingerprint, rule="RES-4")


def _cost_of(case: BadDebt, incurred_on: date) -> LegalCost:
    cost: LegalCost = get_object_or_404(case.costs.select_related("case"), incurred_on=incurred_on)
    return cost


def _cost_doing(
    request: HttpRequest, case: BadDebt, cost: LegalCost | None, said: dict[str, Any]
) -> Callable[[], Any]:
    if cost is not None:
        kept = {name: said[name] for name in ("seen", "amount", "what")}
        return partial(legal_cost_correct, actor=request.user, cost=cost, **kept)
    kept = {name: said[name] for name in ("on", "amount", "what", "token")}
    return partial(legal_cost_record, actor=request.user, case=case, **kept)


@require_http_methods(["GET", "POST"])
def bad_debt_outcome(request: HttpRequest, case_no: str) -> HttpResponse:
    """Finance proposes how a case ended: what would follow is shown first."""
    case = case_seen(request, case_no)
    require(can_propose(request.user, case))
    form = OutcomeForm(request.POST or None, case=case)
    effects: list[str] = []
    fingerprint = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        outcome, on = said["outcome"], said["on"]
        try:
            refuse_outcome(case, outcome, on, said["reason"])
            effects = outcome_effects(_if_it_were(case, outcome, on), case, outcome)
            fingerprint = fingerprint_of([said["token"], outcome, on], effects)
            if request.POST.get("confirm") == fingerprint:
                outcome_propose(actor=request.user, case=case, **said)
                messages.success(request, _("Proposed; whoever decides has been told."))
                return redirect("bad_debt", case_no=case_no)
        except CaseRefused as refusal:
            form.add_error(None, str(refusal))
    rule = "RES-6" if form.data.get("outcome") == "dead" else "RES-5"
    return _page(request, case, form, _("Propose an outcome"), effects, fingerprint, rule=rule)


def _if_it_were(case: BadDebt, outcome: str, on: date) -> CaseForetold:
    change = partial(outcome_write, case=case, outcome=outcome, on=on)
    return case_foretell(case=case, day=on, change=change)


@require_http_methods(["GET", "POST"])
def bad_debt_decision(request: HttpRequest, case_no: str, pk: int) -> HttpResponse:
    """The manager looks at what is proposed and at what follows, and accepts or refuses."""
    case = case_seen(request, case_no)
    proposal = _proposal(case, pk)
    if not proposal.is_waiting:
        messages.error(
            request,
            _("It was decided already: %(state)s.") % {"state": proposal.get_state_display()},
        )
        return redirect("bad_debt", case_no=case_no)
    require(can_decide_outcome(request.user, proposal))
    form = OutcomeDecisionForm(request.POST or None)
    effects, refused = _effects_now(case, proposal)
    fingerprint = fingerprint_of([proposal.pk, proposal.outcome, proposal.on], effects)
    if request.method == "POST" and form.is_valid():
        accept = request.POST.get("do") == "accept"
        if accept and request.POST.get("confirm") != fingerprint:
            form.add_error(None, _("What follows has changed meanwhile: look again."))
        elif answer := _decided(request, form, case, proposal, accept):
            return answer
    context = {
        "case": case,
        "proposal": proposal,
        "form": form,
        "effects": effects,
        "refused": refused,
        "fingerprint": fingerprint,
        "clause": clause_of("RES-6" if proposal.outcome == "dead" else "RES-5"),
    }
    status = 400 if form.errors else 200
    return render(request, "receivables/case_decision.html", context, status=status)


def _proposal(case: BadDebt, pk: int) -> OutcomeProposal:
    rows = case.proposals.select_related("proposed_by__person")
    proposal: OutcomeProposal = get_object_or_404(rows, pk=pk)
    proposal.case = case
    return proposal


def _effects_now(case: BadDebt, proposal: OutcomeProposal) -> tuple[list[str], str]:
    """What follows as things stand, or why the outcome does not fit the case any more."""
    outcome, on = proposal.outcome, proposal.on
    try:
        refuse_outcome(case, outcome, on, proposal.reason)
        return outcome_effects(_if_it_were(case, outcome, on), case, outcome), ""
    except CaseRefused as refusal:
        return [], str(refusal)


def _decided(
    request: HttpRequest,
    form: OutcomeDecisionForm,
    case: BadDebt,
    proposal: OutcomeProposal,
    accept: bool,
) -> HttpResponse | None:
    before = case.outcome_on
    reply = form.cleaned_data["reply"]
    try:
        outcome_decide(actor=request.user, proposal=proposal, accept=accept, reply=reply)
    except CaseRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    if not accept:
        messages.success(request, _("The proposal is refused; finance has been told."))
        return redirect("bad_debt", case_no=case.case_no)
    months = {Month.of(day) for day in (before, proposal.on) if day is not None}
    return _follow(request, case, sorted(months))


@require_POST
def bad_debt_take_back(request: HttpRequest, case_no: str, pk: int) -> HttpResponse:
    """Who proposed an outcome takes it back."""
    case = case_seen(request, case_no)
    proposal = _proposal(case, pk)
    require(can_take_back(request.user, proposal))
    try:
        outcome_take_back(actor=request.user, proposal=proposal)
    except CaseRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The proposal is withdrawn."))
    return redirect("bad_debt", case_no=case_no)


def _follow(request: HttpRequest, case: BadDebt, months: Any) -> HttpResponse:
    followed = [close_follow(month=month, actor=request.user) for month in months]
    messages.success(
        request,
        _("Recorded. The statements are being closed again; they follow in a moment.")
        if any(followed)
        else _("Recorded. The statements follow with the next close."),
    )
    return redirect("bad_debt", case_no=case.case_no)


def _page(
    request: HttpRequest,
    case: BadDebt,
    form: Any,
    title: str,
    effects: list[str],
    fingerprint: str,
    *,
    rule: str,
) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "title": title,
        "effects": effects,
        "fingerprint": fingerprint,
        "clause": clause_of(rule),
    }
    status = 400 if form.errors else 200
    return render(request, "receivables/case_money.html", context, status=status)
