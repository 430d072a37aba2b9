"""Suspicions: the list, one with its evidence, decided (DIS-3)."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from conduct.cases.forms import SuspicionCaseForm
from conduct.models import ConductCase, Proceeding, Suspicion
from conduct.suspicions.forms import CaseForm, DecisionForm
from conduct.suspicions.lists import SuspicionList
from conduct.suspicions.permissions import can_decide_suspicion, can_see_suspicions
from conduct.suspicions.services import (
    SuspicionRefused,
    suspicion_case_add,
    suspicion_decide,
)
from conduct.suspicions.shown import seen_in
from conduct.suspicions.tables import standing
from core.lists import list_page
from core.permissions import require
from policy.clauses import clause_of

READ_WITH = ("gains", "loses", "decision__by__person")


@require_GET
def suspicions(request: HttpRequest) -> HttpResponseBase:
    """The suspicions one decides on."""
    require(can_see_suspicions(request.user))
    return list_page(request, SuspicionList)


def _found(request: HttpRequest, pk: int) -> Suspicion:
    seen = Suspicion.objects.visible_to(request.user).select_related(*READ_WITH)
    found: Suspicion = get_object_or_404(seen, pk=pk)
    return found


def _cases_of(request: HttpRequest, found: Suspicion) -> QuerySet[ConductCase]:
    """The conduct cases of both, the latest first."""
    both: QuerySet[ConductCase] = ConductCase.objects.visible_to(request.user).filter(
        Q(person=found.gains_id) | Q(person=found.loses_id)
    )
    return both.select_related("person").order_by("-decided_on", "-pk")


@require_GET
def suspicion(request: HttpRequest, pk: int) -> HttpResponse:
    """A suspicion: what was seen, with the records; what was decided, what came of it."""
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest, found: Suspicion, *, form: DecisionForm | None = None
) -> HttpResponse:
    decision = getattr(found, "decision", None)
    deciding = can_decide_suspicion(request.user, found)
    linked = [each.case_id for each in found.cases.all()]
    cases = list(_cases_of(request, found))
    others = [each for each in cases if each.pk not in linked]
    taken_up = bool(deciding and decision and decision.outcome == "taken_up")
    proceeding = Proceeding.objects.visible_to(request.user).filter(suspicion=found).first()
    links = bool(deciding and decision and decision.outcome == "taken_up" and others)
    context = {
        "suspicion": found,
        "decision": decision,
        "standing": standing(found),
        "seen": list(seen_in(found)),
        "cases": [(each, each.pk in linked) for each in cases],
        "decision_form": (form or DecisionForm()) if deciding and not decision else None,
        "case_form": CaseForm(cases=_cases_of(request, found).exclude(pk__in=linked))
        if links
        else None,
        "proceeding": proceeding,
        "open_form": SuspicionCaseForm() if taken_up and proceeding is None else None,
        "clauses": [clause_of("DIS-3")],
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "conduct/suspicion.html", context, status=status)


@require_POST
def suspicion_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Dismiss it or take it up, with the reason."""
    found = _found(request, pk)
    require(can_decide_suspicion(request.user, found))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form)
    outcome = "taken_up" if request.POST.get("do") == "take_up" else "dismissed"
    said = _("Taken up.") if outcome == "taken_up" else _("Dismissed.")
    reason = form.cleaned_data["reason"]
    _try(request, said, suspicion_decide, suspicion=found, outcome=outcome, reason=reason)
    return redirect("suspicion", pk=pk)


@require_POST
def suspicion_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which conduct case came of it."""
    found = _found(request, pk)
    require(can_decide_suspicion(request.user, found))
    form = CaseForm(request.POST, cases=_cases_of(request, found))
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["case"])))
    else:
        case = form.cleaned_data["case"]
        _try(request, _("Linked."), suspicion_case_add, suspicion=found, case=case)
    return redirect("suspicion", pk=pk)


def _try(request: HttpRequest, said: str, does: Any, **given: Any) -> None:
    try:
        does(actor=request.user, **given)
    except SuspicionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
