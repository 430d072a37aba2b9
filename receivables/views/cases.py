"""Bad-debt cases: the list, one with all that was done, opened, and a step added (RES-3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.files.querysets import files_of
from core.files.services import FileRefused
from core.lists import list_page
from core.permissions import require
from core.services import audit_subject
from core.uploads import is_too_large
from orders.models import Order
from payroll.models import Entry
from payroll.statements import Line
from policy.clauses import clause_of
from receivables.forms.cases import CaseForm, OutcomeDecisionForm, StepForm
from receivables.lists.cases import CaseList
from receivables.models import BadDebt, LegalCost, OutcomeProposal
from receivables.permissions import can_see_unpaid
from receivables.permissions.cases import (
    can_decide_outcome,
    can_open_case,
    can_open_cases,
    can_propose,
    can_record_cost,
    can_record_step,
    can_take_back,
    kinds_of_step,
)
from receivables.querysets.cases import (
    entries_of,
    order_named,
    orders_to_open_on,
    owed_on,
    taken_for,
)
from receivables.rules.reserve_book import on_reserve
from receivables.services.cases import (
    FILES,
    CaseRefused,
    StepSaid,
    case_no_suggest,
    case_open,
    case_step_record,
    cost_subject,
    step_subject,
)


@require_GET
def bad_debts(request: HttpRequest) -> HttpResponseBase:
    """The cases one may see: where each stands, what is owed, what it has cost."""
    require(can_see_unpaid(request.user))
    return list_page(request, CaseList)


@require_http_methods(["GET", "POST"])
def bad_debt_new(request: HttpRequest) -> HttpResponse:
    """Open a case on an order with something delivered and unpaid."""
    user: Any = request.user
    require(can_open_cases(user))
    named = (request.POST or request.GET).get("order", "").replace("\0", "").strip()
    order = order_named(user, named) if named else None
    if order is not None:
        require(can_open_case(user, order.person))
    form = CaseForm(request.POST or None, order=named, case_no=case_no_suggest())
    if request.method == "POST" and form.is_valid():
        if order is None:
            form.add_error("order", _("There is no such order."))
        elif case := _opened(form, order, user):
            messages.success(request, _("The case is open; the salesperson has been told."))
            return redirect("bad_debt", case_no=case.case_no)
    context = {
        "form": form,
        "order": order,
        "owed": owed_on([order.pk], clock.today())[order.pk] if order else None,
        "suggested": [] if order else orders_to_open_on(user),
        "clause": clause_of("RES-3"),
    }
    status = 400 if form.errors else 200
    return render(request, "receivables/case_new.html", context, status=status)


def _opened(form: CaseForm, order: Order, user: Any) -> BadDebt | None:
    said = {name: form.cleaned_data[name] for name in ("case_no", "opened_on", "why", "token")}
    try:
        return case_open(actor=user, order=order, **said)
    except CaseRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def case_seen(request: HttpRequest, case_no: str) -> BadDebt:
    """The case, to whoever may see it; else 404."""
    seen = BadDebt.objects.visible_to(request.user).standing()
    return get_object_or_404(
        seen.select_related("order__customer", "order__person", "opened_by__person"),
        case_no=case_no,
    )


@require_GET
def bad_debt(request: HttpRequest, case_no: str) -> HttpResponse:
    """What is owed, what was done with its papers, what it cost whom, and how it ended."""
    return case_page(request, case_seen(request, case_no))


def case_page(
    request: HttpRequest,
    case: BadDebt,
    *,
    step: StepForm | None = None,
    decision: OutcomeDecisionForm | None = None,
) -> HttpResponse:
    user: Any = request.user
    steps = list(case.steps.select_related("recorded_by__person").order_by("-on", "-id"))
    files = files_of(FILES, [each.pk for each in steps])
    kinds = kinds_of_step(user, case)
    costs = list(case.costs.select_related("recorded_by__person").order_by("incurred_on"))
    proposals = list(case.proposals.select_related("proposed_by__person", "decided_by__person"))
    context = {
        "case": case,
        "steps": [(each, files[str(each.pk)]) for each in steps],
        "costs": costs,
        "cost_sum": sum(cost.amount for cost in costs),
        "taken": taken_for([case])[case.case_no],
        "entries": [_line(each) for each in entries_of(case)],
        "owed": owed_on([case.order_id], case.outcome_on or clock.today())[case.order_id],
        "step_form": _step_form(case, kinds, step, len(steps)) if kinds else None,
        "why_no_step": can_record_step(user, case),
        "can_cost": can_record_cost(user, case),
        "can_propose": can_propose(user, case),
        "clause": clause_of("RES-6" if case.outcome == BadDebt.Outcome.DEAD else "RES-3"),
        "drafts_done": [f"case-{case.pk}-{len(steps) - 1}"] if steps else [],
        "changed_as": [
            audit_subject(case),
            *map(step_subject, steps),
            *map(_cost_subject(case), costs),
        ],
        **_outcome_context(user, case, proposals),
    }
    wrong = (step is not None and step.errors) or (decision is not None and decision.errors)
    return render(request, "receivables/case.html", context, status=400 if wrong else 200)


def _line(entry: Entry) -> Line:
    """A charge as it moved pay, or else the reserve: plus is what the salesperson gets."""
    return Line(entry, entry.on_pay or on_reserve(entry.source, entry.target, entry.amount))


def _cost_subject(case: BadDebt) -> Any:
    def subject(cost: LegalCost) -> str:
        cost.case = case
        return cost_subject(cost)

    return subject


def _step_form(case: BadDebt, kinds: Any, sent: StepForm | None, steps: int) -> StepForm:
    return sent or StepForm(kinds=kinds, draft=f"case-{case.pk}-{steps}")


def _outcome_context(user: Any, case: BadDebt, proposals: list[OutcomeProposal]) -> dict[str, Any]:
    """What waits for a decision, and what was decided before."""
    waiting = next((each for each in proposals if each.is_waiting), None)
    if waiting is not None:
        waiting.case = case
    return {
        "waiting": waiting,
        "decided": [each for each in proposals if not each.is_waiting],
        "deciding": can_decide_outcome(user, waiting) if waiting else None,
        "taking_back": can_take_back(user, waiting) if waiting else None,
    }


@require_POST
def bad_debt_step(request: HttpRequest, case_no: str) -> HttpResponse:
    """Write down what was done, with its papers."""
    case = case_seen(request, case_no)
    require(can_record_step(request.user, case))
    form = StepForm(
        request.POST,
        request.FILES,
        kinds=kinds_of_step(request.user, case),
        too_large=is_too_large(request),
    )
    if form.is_valid():
        token, files = form.cleaned_data.pop("token"), form.cleaned_data.pop("files")
        said = StepSaid(**form.cleaned_data)
        try:
            case_step_record(actor=request.user, case=case, said=said, token=token, files=files)
        except (CaseRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Recorded."))
            return redirect("bad_debt", case_no=case_no)
    return case_page(request, case, step=form)
