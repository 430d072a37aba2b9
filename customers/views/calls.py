"""Telephone sales: whom to call, a call with its script and outcome, figures (VIS-4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.lists import list_page
from core.permissions import require
from customers.forms.calls import CallForm
from customers.lists.calls import CallFigureList, CallList, ToCallList
from customers.models import Call, Customer
from customers.permissions.calls import can_call, can_end_call, can_see_calls
from customers.permissions.visits import is_own
from customers.reads.calls import numbers_of, steps_of
from customers.services import ChangedMeanwhile, VisitRefused, call_begin, call_end
from policy.clauses import clause_of


@require_GET
def call_list(request: HttpRequest) -> HttpResponseBase:
    """Whom to call, in the order of calling; without their numbers."""
    require(can_see_calls(request.user))
    return list_page(request, ToCallList)


@require_GET
def calls(request: HttpRequest) -> HttpResponseBase:
    """The calls one may see."""
    require(can_see_calls(request.user))
    return list_page(request, CallList)


@require_GET
def call_figures(request: HttpRequest) -> HttpResponseBase:
    """By person and day, or month."""
    require(can_see_calls(request.user))
    return list_page(request, CallFigureList)


@require_POST
def call_new(request: HttpRequest, customer_no: str) -> HttpResponse:
    """Reserve a call; what follows is its page, with the number. A refusal is said on the list."""
    user: Any = request.user
    seen = Customer.objects.visible_to(user)
    customer: Customer = get_object_or_404(seen, customer_no=customer_no)
    require(can_call(user))
    try:
        call = call_begin(person=user.person, customer=customer, actor=user)
    except VisitRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("call_list")
    if call.customer_id != customer.pk:
        messages.warning(request, _("First say what came of this call, then call the next one."))
    return redirect("call", pk=call.pk)


def _found(request: HttpRequest, pk: int) -> Call:
    rows = Call.objects.visible_to(request.user).select_related("customer", "person", "script")
    found: Call = get_object_or_404(rows, pk=pk)
    return found


@require_GET
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call. Whoever made it sees the number while it is open, the script and the keys of the
    outcome; afterwards, and all others, what came of it."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, found: Call, form: CallForm | None = None) -> HttpResponse:
    ends = can_end_call(request.user, found)
    shown = (form or CallForm(found)) if ends else None
    context = {
        "call": found,
        "is_own": is_own(request.user, found.person_id),
        "numbers": numbers_of(found.customer) if ends else [],
        "steps": steps_of(found, form.ticked if form else None),
        "outcomes": Call.Outcome.choices,
        "form": shown,
        "clauses": [clause_of("VIS-4")],
        "changed_as": [found],
    }
    return render(request, "customers/call.html", context, status=400 if form else 200)


@require_POST
def call_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of an own call, once."""
    found = _found(request, pk)
    if is_own(request.user, found.person_id) and not found.is_open:
        messages.info(request, _("What came of this call is told already."))
        return redirect("call", pk=pk)
    require(can_end_call(request.user, found))
    form = CallForm(found, request.POST)
    if form.is_valid():
        try:
            call_end(call=found, facts=form.facts(), actor=request.user)
        except ChangedMeanwhile as refusal:
            messages.info(request, str(refusal))
            return redirect("call", pk=pk)
        except VisitRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The call to %(customer)s is kept.") % _named(found))
            return redirect("call_list")
    return _page(request, found, form)


def _named(found: Call) -> dict[str, str]:
    return {"customer": found.customer.name}
