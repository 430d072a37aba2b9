"""Claims: the lists, a claim made, corrected, withdrawn (EXP-1 to EXP-4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims.explaining import percent, why_less, why_nothing
from claims.forms import ClaimForm, CorrectForm, PaysForm, VersionForm
from claims.lists.claims import AllowanceList, ExpenseList, WaitingList
from claims.models import Expense
from claims.permissions import (
    can_claim,
    can_claim_on,
    can_correct,
    can_decide_claims,
    can_see_claims,
)
from claims.services import ClaimsRefused, expense_claim, expense_correct, expense_withdraw
from claims.standing import Standing, standings_of, verdict_of
from core.files.services import FileRefused
from core.lists import list_page
from core.permissions import require
from core.uploads import is_too_large
from orders.models import Order
from policy.clauses import clause_of


@require_GET
def expenses(request: HttpRequest) -> HttpResponseBase:
    """The claims one may see."""
    require(can_see_claims(request.user))
    return list_page(request, ExpenseList)


@require_http_methods(["GET", "HEAD", "POST"])
def expenses_to_decide(request: HttpRequest) -> HttpResponseBase:
    """The claims that wait for one's own word; several are approved at once."""
    require(can_decide_claims(request.user))
    return list_page(request, WaitingList)


@require_GET
def allowance(request: HttpRequest) -> HttpResponseBase:
    """One's own orders, with what each can still pay."""
    require(can_claim(request.user))
    return list_page(request, AllowanceList)


def _order(request: HttpRequest, order_no: str) -> Order:
    seen = Order.objects.visible_to(request.user).select_related("customer", "person")
    order: Order = get_object_or_404(seen, order_no=order_no)
    require(can_claim_on(request.user, order))
    return order


@require_GET
def allowance_of(request: HttpRequest, order_no: str) -> HttpResponse:
    """Before spending: what an own order can still pay for travel and for meals, and why."""
    order = _order(request, order_no)
    claimed = Expense.objects.filter(order=order, person=order.person)
    context = {
        "order": order,
        "standings": _told(order),
        "claims": claimed.order_by("-pk")[:10],
        "clauses": [clause_of(rule) for rule in ("EXP-1", "EXP-2", "EXP-3", "EXP-4")],
    }
    return render(request, "claims/allowance.html", context)


def _told(order: Order) -> list[dict[str, Any]]:
    return [_in_words(each) for each in standings_of([order], order.person)[order.pk]]


def _in_words(each: Standing) -> dict[str, Any]:
    now, expected = each.now, each.expected
    return {
        "kind": each.kind,
        "label": Expense.Kind(each.kind).label,
        "now": now,
        "rate": percent(now.rate),
        "why": why_nothing(now.refused) if now.refused else "",
        "waiting": each.waiting,
        "expected": expected,
        # What waits elsewhere bears on it too, where a month pays so many claims only.
        "differs": expected.left != now.left,
        "expected_why": why_nothing(expected.refused) if expected.refused else "",
    }


@require_http_methods(["GET", "POST"])
def expense_new(request: HttpRequest, order_no: str) -> HttpResponse:
    """Claim on an order of one's own, with photos of the receipts."""
    order = _order(request, order_no)
    form = _claim_form(request, ClaimForm, {"kind": request.GET.get("kind", "travel")})
    if request.method == "POST" and form.is_valid():
        try:
            made = expense_claim(
                order=order,
                person=order.person,
                spent=form.spent(),
                files=form.cleaned_data["files"],
                token=form.cleaned_data["token"],
                actor=request.user,
            )
        except (ClaimsRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Handed in; it waits for approval."))
            return redirect("expense", pk=made.pk)
    context = {"form": form, "order": order, "standings": _told(order)}
    return _form_page(request, context)


def _claim_form(request: HttpRequest, kind: type[ClaimForm], initial: dict[str, Any]) -> Any:
    if request.method != "POST":
        return kind(initial=initial)
    return kind(request.POST, request.FILES, initial=initial, too_large=is_too_large(request))


def _form_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    wrong = bool(context["form"].errors)
    return render(request, "claims/expense_form.html", context, status=400 if wrong else 200)


@require_GET
def expense_pays(request: HttpRequest, order_no: str) -> HttpResponse:
    """A fragment: what a claim as it is filled in would pay, and why less."""
    order = _order(request, order_no)
    form = PaysForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        probe = Expense(order=order, person=order.person, **form.cleaned_data)
        verdict = verdict_of(probe)
        context |= {"verdict": verdict, "steps": why_less(verdict)}
    return render(request, "claims/_pays.html", context)


def _own(request: HttpRequest, pk: int) -> Expense:
    seen = Expense.objects.visible_to(request.user).select_related("person", "order__customer")
    claim: Expense = get_object_or_404(seen, pk=pk)
    require(can_correct(request.user, claim))
    return claim


@require_http_methods(["GET", "POST"])
def expense_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an own claim that waits."""
    claim = _own(request, pk)
    names = ("version", "kind", "spent_on", "amount", "note")
    form = _claim_form(request, CorrectForm, {name: getattr(claim, name) for name in names})
    if request.method == "POST" and form.is_valid():
        claim.version = form.cleaned_data["version"]
        try:
            expense_correct(
                claim=claim,
                spent=form.spent(),
                files=form.cleaned_data["files"],
                actor=request.user,
            )
        except (ClaimsRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Corrected; it waits for approval."))
            return redirect("expense", pk=pk)
    context = {"form": form, "order": claim.order, "claim": claim, "standings": _told(claim.order)}
    return _form_page(request, context)


@require_POST
def expense_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an own claim that waits, as it was seen."""
    claim = _own(request, pk)
    form = VersionForm(request.POST)
    if form.is_valid():
        claim.version = form.cleaned_data["version"]
        try:
            expense_withdraw(claim=claim, actor=request.user)
        except ClaimsRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The claim is withdrawn."))
    else:
        messages.error(request, _("Open the form anew and send it again."))
    return redirect("expense", pk=pk)
