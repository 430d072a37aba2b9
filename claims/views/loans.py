"""Loans: the list, the IOU, the return, a condition corrected (GOOD-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from claims.charging import Charged, charged_of
from claims.forms import ConditionCorrectForm, ReturnForm
from claims.lists.goods import LoansList
from claims.models import Loan
from claims.permissions import can_correct_condition, can_return, can_see_loans
from claims.rules import due_back_on
from claims.services import ClaimsRefused, loan_correct, loan_return
from claims.services.keeping import LOAN
from core import clock
from core.files.querysets import files_of
from core.files.services import FileRefused
from core.lists import list_page
from core.months import Month
from core.permissions import require
from core.uploads import is_too_large
from policy.clauses import clause_of
from policy.querysets import policy_book


@require_GET
def loans(request: HttpRequest) -> HttpResponseBase:
    """The loans one may see."""
    require(can_see_loans(request.user))
    return list_page(request, LoansList)


def _found(request: HttpRequest, pk: int) -> Loan:
    seen = Loan.objects.visible_to(request.user)
    rows = seen.select_related("person", "goods", "customer", "lent_by__person")
    found: Loan = get_object_or_404(rows, pk=pk)
    return found


@require_GET
def loan(request: HttpRequest, pk: int) -> HttpResponse:
    """The IOU; once it is over, in what condition the goods were found and what that costs."""
    found, user = _found(request, pk), request.user
    due = due_back_on(clock.local_date(found.lent_at), clock.today(), policy_book())
    context = {
        "loan": found,
        "due": due,
        "is_late": found.is_out and due < clock.today(),
        "days_over": (clock.today() - due).days,
        "files": files_of(LOAN, [found.pk])[str(found.pk)],
        "charged": _charged(user, found),
        "returning": found.is_out and can_return(user, found),
        "correcting": can_correct_condition(user, found),
        "clauses": [clause_of("GOOD-1")],
        "changed_as": [found],
    }
    return render(request, "claims/loan.html", context)


def _charged(user: Any, found: Loan) -> Charged | None:
    """The charge of what was damaged or lost, for whoever had the goods; the keeper sees goods."""
    if not found.is_charged or found.returned_on is None:
        return None
    key = f"GOOD-1/{found.person.employee_no}/{found.loan_no}"
    return charged_of(user, found.person, key, Month.of(found.returned_on))


@require_http_methods(["GET", "POST"])
def loan_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the return: each condition says what it costs before it is confirmed."""
    found = _found(request, pk)
    require(can_return(request.user, found))
    form: Any = _form(request, ReturnForm, found)
    if request.method == "POST" and form.is_valid():
        try:
            loan_return(
                loan=found,
                found=form.found(),
                files=form.cleaned_data["files"],
                actor=request.user,
            )
        except (ClaimsRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The return is on record."))
            return redirect("loan", pk=pk)
    return _form_page(request, form, found, _("Return of %(item)s") % {"item": found.item})


def _form(request: HttpRequest, kind: Any, found: Loan, **more: Any) -> Any:
    if request.method != "POST":
        return kind(loan=found, **more)
    return kind(request.POST, request.FILES, loan=found, too_large=is_too_large(request), **more)


def _form_page(request: HttpRequest, form: Any, found: Loan, title: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "hint": f"{found.loan_no} · {found.person.name}",
        "back": reverse("loan", args=[found.pk]),
        "back_label": found.loan_no,
        "save": _("Confirm"),
        "has_files": True,
    }
    return render(request, "core/form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def loan_condition(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a condition that was recorded wrongly, with the reason."""
    found = _found(request, pk)
    require(can_correct_condition(request.user, found))
    initial = {"seen": found.condition, "condition": found.condition}
    form: Any = _form(request, ConditionCorrectForm, found, initial=initial)
    if request.method == "POST" and form.is_valid():
        found.condition = form.cleaned_data["seen"]
        try:
            loan_correct(
                loan=found,
                condition=form.cleaned_data["condition"],
                reason=form.cleaned_data["reason"],
                files=form.cleaned_data["files"],
                actor=request.user,
            )
        except (ClaimsRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Corrected; the statement follows."))
            return redirect("loan", pk=pk)
    return _form_page(request, form, found, _("Correct the condition"))
