"""Paying out a final month: who gets what, the bank's file, what came of it (PAY-6)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.lists import list_page
from core.months import Month
from core.permissions import require
from payroll.bank_file import file_csv, file_xlsx
from payroll.forms import ShortReasonForm
from payroll.lists import PayoutLineList, PayoutList
from payroll.models import PayoutBatch, PayoutLine
from payroll.permissions import can_pay_out, can_see_payout
from payroll.services import (
    CannotPay,
    payout_batch_paid,
    payout_download,
    payout_line_tell,
    payout_make,
)
from payroll.views.exporting import exported, file_response


@require_GET
def payout(request: HttpRequest, month: Month) -> HttpResponseBase:
    """Who is due what, whose account is missing, and the batches made so far."""
    require(can_see_payout(request.user))
    return list_page(request, PayoutList, month=month)


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
def payout_batch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One batch: its payments and what came of each."""
    require(can_see_payout(request.user))
    return list_page(request, PayoutLineList, batch=_batch(pk))


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
    line = get_object_or_404(
        PayoutLine.objects.visible_to(request.user).select_related("person"), pk=pk
    )
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
