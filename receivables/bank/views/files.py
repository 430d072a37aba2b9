"""The bank's days, and its files: sent, their columns named, looked through, taken."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import is_fragment, list_page
from core.models import JobRun
from core.permissions import require
from core.uploads import is_too_large
from receivables.bank.forms import LARGEST_ID, ColumnsForm, StatementForm
from receivables.bank.lists import BankDayList
from receivables.bank.models import BankStatement
from receivables.bank.permissions import can_reconcile
from receivables.bank.services import (
    StatementRefused,
    match_again,
    matching_run,
    statement_columns,
    statement_drop,
    statement_receive,
    statement_take,
)
from receivables.bank.services.statements import KIND

State = BankStatement.State


@require_http_methods(["GET", "POST"])
def bank(request: HttpRequest) -> HttpResponseBase:
    """The days of the account and how each stands; POST takes in a bank's file."""
    require(can_reconcile(request.user))
    if request.method == "POST":
        return _receive(request)
    if request.headers.get("HX-Target") == "bank-progress":
        return _progress(request)
    return list_page(request, BankDayList)


def _progress(request: HttpRequest) -> HttpResponse:
    """How far the lines are that are looked at again; when all are, the page is renewed."""
    run = matching_run()
    if run is None or not run.is_under_way:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "receivables/bank/_progress.html", {"run": run})


def _receive(request: HttpRequest) -> HttpResponse:
    form = StatementForm(request.POST, request.FILES, too_large=is_too_large(request))
    if form.is_valid():
        try:
            sent = statement_receive(actor=request.user, file=form.cleaned_data["file"])
        except StatementRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("bank_file", pk=sent.pk)
    for reasons in form.errors.values():
        for reason in reasons:
            messages.error(request, str(reason))
    return redirect("bank")


@require_POST
def bank_match_again(request: HttpRequest) -> HttpResponse:
    """Look at all lines that are left once more: slips were issued, transfers recorded since."""
    require(can_reconcile(request.user))
    if match_again(actor=request.user):
        messages.success(request, _("All lines left were looked at again."))
    else:
        messages.info(request, _("All lines left are being looked at; this takes a moment."))
    return redirect("bank")


def _found(request: HttpRequest, pk: int) -> BankStatement:
    require(can_reconcile(request.user))
    if pk > LARGEST_ID:
        raise Http404
    seen = BankStatement.objects.visible_to(request.user).select_related("owner__person")
    return get_object_or_404(seen, pk=pk)


@require_GET
def bank_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What its columns are, what taking it would do, how far it is, or what came of it."""
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest, sent: BankStatement, form: ColumnsForm | None = None
) -> HttpResponse:
    under_way = sent.state == State.ASKED
    run = (
        JobRun.objects.filter(kind=KIND, subject=str(sent.pk)).order_by("-id").first()
        if under_way
        else None
    )
    context = {
        "sent": sent,
        "run": run,
        "form": form or ColumnsForm(initial=sent.columns, headers=sent.headers),
        "opened": form is not None or sent.state == State.COLUMNS,
        "under_way": under_way,
        "is_open": sent.state in (State.COLUMNS, State.READ),
    }
    name = "_file.html" if is_fragment(request) else "file.html"
    return render(
        request, f"receivables/bank/{name}", context, status=400 if form and form.errors else 200
    )


@require_POST
def bank_file_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column is which; the next file with these headers is read so by itself."""
    sent = _found(request, pk)
    form = ColumnsForm(request.POST, headers=sent.headers)
    if not form.is_valid():
        return _page(request, sent, form)
    try:
        statement_columns(actor=request.user, statement=sent, columns=form.columns())
    except StatementRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _found(request, pk), form)
    return redirect("bank_file", pk=pk)


@require_POST
def bank_file_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the lines and match what is certain. Asked twice they are taken once."""
    sent = _found(request, pk)
    try:
        statement_take(actor=request.user, statement=sent)
    except StatementRefused as refusal:
        messages.warning(request, str(refusal))
    return redirect("bank_file", pk=pk)


@require_POST
def bank_file_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file whose lines were not taken."""
    statement_drop(statement=_found(request, pk))
    return redirect("bank")
