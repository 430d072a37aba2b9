"""Paying out a final month: who gets what, the bank's file, what came of it (PAY-6)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.months import Month
from core.permissions import require
from payroll.bank_file import file_csv, file_xlsx
from payroll.forms import ShortReasonForm
from payroll.models import BankAccount, PayMonth, PayoutBatch, PayoutLine
from payroll.payouts import brought_forward_entries, due_entries, payout_sums
from payroll.permissions import can_pay_out, can_see_accounts, can_see_payout
from payroll.services import (
    CannotPay,
    payout_batch_paid,
    payout_download,
    payout_line_tell,
    payout_make,
)
from payroll.views.exporting import exported, file_response

PER_PAGE = 50


@require_GET
def payout(request: HttpRequest, month: Month) -> HttpResponse:
    """Who is due what, whose account is missing, and the batches made so far."""
    require(can_see_payout(request.user))
    today = clock.today()
    rows = Paginator(due_entries(month, today), PER_PAGE).get_page(request.GET.get("page"))
    found: list[Any] = list(rows)
    accounts = BankAccount.objects.in_bulk({e.account_id for e in found if e.account_id})
    lines = PayoutLine.objects.in_bulk({e.line_id for e in found if e.line_id})
    forward = brought_forward_entries(month)
    context = {
        "month": month,
        "pay_month": PayMonth.objects.filter(month=month).first(),
        "page": rows,
        "rows": [(e, accounts.get(e.account_id), lines.get(e.line_id)) for e in found],
        "sums": payout_sums(month, today),
        "batches": PayoutBatch.objects.filter(month=month).select_related("made_by__person"),
        "forward": forward[:PER_PAGE],
        "can_pay": can_pay_out(request.user),
        "can_see_accounts": can_see_accounts(request.user),
    }
    return render(request, "payroll/payout.html", context)


@require_POST
def payout_batch_make(request: HttpRequest, month: Month) -> HttpResponse:
    """Put everybody who is ready into a batch."""
    require(can_pay_out(request.user))
    try:
        batch = payout_make(month=month, actor=request.user)
    except CannotPay as refusal:
        messages.error(request, str(refusal))
        return redirect("payout", month=month)
    messages.success(request, _("The batch is made. Give its file to the bank."))
    return redirect("payout_batch", pk=batch.pk)


@require_GET
def payout_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: its payments and what came of each."""
    require(can_see_payout(request.user))
    batch = _batch(pk)
    lines = batch.lines.select_related("person").order_by("id")
    context = {
        "batch": batch,
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "waiting": batch.lines.filter(state="sent").count(),
        "can_pay": can_pay_out(request.user),
    }
    return render(request, "payroll/payout_batch.html", context)


def _batch(pk: int) -> PayoutBatch:
    return get_object_or_404(PayoutBatch.objects.select_related("made_by__person"), pk=pk)


@require_GET
def payout_file(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """The bank's file of a batch: the same each time; that it was taken is kept."""
    require(can_pay_out(request.user))
    batch = _batch(pk)
    lines = list(batch.lines.order_by("id"))
    payout_download(batch=batch, actor=request.user)
    content = file_xlsx(batch.month, lines) if ending == "xlsx" else file_csv(batch.month, lines)
    name = f"payout-{batch.month}-{batch.number}"
    answer = file_response(
        content, name=name, shown=f"代发工资 {batch.month} {batch.number}", ending=ending
    )
    subject = f"{batch.month} {batch.number}"
    return exported(request, answer, kind="payout", subject=subject, ending=ending)


@require_POST
def payout_all_paid(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank has paid all that it still had."""
    require(can_pay_out(request.user))
    batch = _batch(pk)
    payout_batch_paid(batch=batch, actor=request.user)
    return redirect("payout_batch", pk=batch.pk)


@require_POST
def payout_line(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """One payment was paid, or returned by the bank with a reason."""
    require(can_pay_out(request.user))
    line = get_object_or_404(PayoutLine.objects.select_related("person"), pk=pk)
    form = ShortReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    seen = request.POST.get("seen", "")
    try:
        payout_line_tell(
            line=line,
            seen=seen if seen in PayoutLine.State.values else line.state,
            state=state,
            actor=request.user,
            reason=reason,
        )
    except CannotPay as refusal:
        messages.error(request, str(refusal))
    return redirect("payout_batch", pk=line.batch_id)
