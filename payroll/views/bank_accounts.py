"""Bank accounts: one's own, and for finance and personnel everybody's (PAY-6)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Person
from core import clock
from core.confidential import opened
from core.lists import list_page
from core.permissions import require
from payroll.forms import BankAccountForm, ShortReasonForm
from payroll.lists import BankAccountList, WithoutAccountList
from payroll.models import BankAccount
from payroll.permissions import (
    can_decide_account,
    can_enter_account,
    can_reveal_account,
    can_see_accounts,
)
from payroll.services import (
    AccountRefused,
    account_subject,
    bank_account_confirm,
    bank_account_enter,
    bank_account_refuse,
    bank_account_reveal,
)

# Everybody may read their own in the history.
OWN = ("bankaccount.number", "bankaccount.bank", "bankaccount.holder")


@require_http_methods(["GET", "POST"])
def bank_accounts(request: HttpRequest) -> HttpResponseBase:
    """Every bank account, what waits first; several are confirmed at once."""
    require(can_see_accounts(request.user))
    return list_page(request, BankAccountList)


@require_GET
def bank_accounts_missing(request: HttpRequest) -> HttpResponseBase:
    """The salespeople of whom no account is known."""
    require(can_see_accounts(request.user))
    return list_page(request, WithoutAccountList)


@require_GET
def my_bank_account(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    user: Any = request.user
    if user.person is None:
        raise Http404
    return redirect("bank_account", employee_no=user.person.employee_no)


@require_http_methods(["GET", "POST"])
def bank_account(request: HttpRequest, employee_no: str) -> HttpResponse:
    """Somebody's accounts: which is in force, which waits, and entering another."""
    person = _person(request, employee_no)
    form = BankAccountForm(request.POST or None)
    status = 200
    if request.method == "POST":
        require(can_enter_account(request.user, person))
        if form.is_valid():
            return _enter(request, person, form)
        status = 422
    return _page(request, person, form, status=status)


def _person(request: HttpRequest, employee_no: str) -> Person:
    """Who may enter an account may see the page; to others there is none."""
    person = get_object_or_404(Person, employee_no=employee_no)
    if not can_enter_account(request.user, person):
        raise Http404
    return person


def _page(
    request: HttpRequest,
    person: Person,
    form: BankAccountForm,
    *,
    status: int = 200,
    shown: str = "",
) -> HttpResponse:
    user: Any = request.user
    accounts = list(
        BankAccount.objects.visible_to(user)
        .filter(person=person)
        .select_related("entered_by__person", "decided_by__person")
    )
    today = clock.today()
    confirmed = [a for a in accounts if a.state == "confirmed" and a.valid_from <= today]
    waiting = next((a for a in accounts if a.state == "waiting"), None)
    context = {
        "person": person,
        "is_own": user.person_id == person.pk,
        "accounts": accounts,
        "in_force": confirmed[0] if confirmed else None,
        "waiting": waiting,
        "can_decide": waiting and can_decide_account(user, waiting),
        "can_reveal": bool(accounts) and can_reveal_account(user, accounts[0]),
        "can_list": can_see_accounts(user),
        "form": form,
        "shown": shown,
        "changed_as": account_subject(person),
        "shown_in_history": OWN if user.person_id == person.pk else (),
    }
    return render(request, "payroll/bank_account.html", context, status=status)


def _enter(request: HttpRequest, person: Person, form: BankAccountForm) -> HttpResponse:
    try:
        bank_account_enter(actor=request.user, person=person, **form.cleaned_data)
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Entered. It counts once somebody else has confirmed it."))
        if form.looks_mistyped:
            messages.warning(
                request,
                _("The check digit is not that of a bank card. Look at the number once more."),
            )
    return redirect("bank_account", employee_no=person.employee_no)


def _account(request: HttpRequest, pk: int) -> BankAccount:
    seen = BankAccount.objects.visible_to(request.user).select_related("person")
    return get_object_or_404(seen, pk=pk)


@require_POST
def bank_account_decide(request: HttpRequest, pk: int, verdict: str) -> HttpResponse:
    """Confirm or refuse an account that waits."""
    account = _account(request, pk)
    require(can_decide_account(request.user, account))
    form = ShortReasonForm(request.POST)
    try:
        if verdict == "confirm":
            bank_account_confirm(actor=request.user, account=account)
        else:
            reason = form.cleaned_data["reason"] if form.is_valid() else ""
            bank_account_refuse(actor=request.user, account=account, reason=reason)
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("bank_account", employee_no=account.person.employee_no)


@never_cache
@require_POST
def bank_account_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The whole number, once; that it was asked for is kept, and who opened it of another."""
    account = _account(request, pk)
    require(can_reveal_account(request.user, account))
    number = bank_account_reveal(actor=request.user, account=account)
    answer = _page(request, account.person, BankAccountForm(), shown=number)
    if request.user.person_id == account.person_id:  # type: ignore[union-attr]
        return answer
    return opened(
        request,
        answer,
        kind="bankaccount",
        subject=account_subject(account.person),
        about=account.person.employee_no,
    )
