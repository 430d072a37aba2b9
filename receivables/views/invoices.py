"""Invoices: the lists, an order with what can be invoiced, one invoice (SLIP-5)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import list_page
from core.permissions import require
from orders.models import Order
from receivables.forms.invoices import CancelForm, InvoiceForm
from receivables.lists.invoices import InvoiceList, InvoiceOrderList
from receivables.models import Invoice
from receivables.permissions import can_cancel_invoice, can_issue_invoice, can_see_invoices
from receivables.querysets.counted import with_invoicing
from receivables.services import InvoiceRefused, NumberTaken, invoice_cancel, invoice_issue


@require_GET
def invoices(request: HttpRequest) -> HttpResponseBase:
    """The invoices one may see."""
    require(can_see_invoices(request.user))
    return list_page(request, InvoiceList)


@require_GET
def invoice_orders(request: HttpRequest) -> HttpResponseBase:
    """The orders one may see, with what is counted, invoiced and still to invoice."""
    require(can_see_invoices(request.user))
    return list_page(request, InvoiceOrderList)


@require_http_methods(["GET", "POST"])
def order_invoices(request: HttpRequest, order_no: str) -> HttpResponse:
    """An order: what is counted and invoiced, its invoices; finance issues the next."""
    order = _order(request, order_no)
    if request.method == "GET":
        form = InvoiceForm(initial={"amount": max(order.to_invoice, 0) or None})
        return _order_page(request, order, form)
    require(can_issue_invoice(request.user, order))
    form = InvoiceForm(request.POST)
    if form.is_valid():
        try:
            invoice_issue(actor=request.user, order=order, **form.cleaned_data)
        except NumberTaken as refusal:
            form.add_error("invoice_no", str(refusal))
        except InvoiceRefused as refusal:
            form.add_error("amount", str(refusal))
        else:
            messages.success(request, _("The invoice is issued."))
            return redirect("order_invoices", order_no)
    return _order_page(request, _order(request, order_no), form)


def _order(request: HttpRequest, order_no: str) -> Any:
    seen = with_invoicing(Order.objects.visible_to(request.user))
    return get_object_or_404(seen.select_related("customer", "person"), order_no=order_no)


def _order_page(request: HttpRequest, order: Any, form: InvoiceForm) -> HttpResponse:
    rows = Invoice.objects.visible_to(request.user).filter(order=order)
    context = {
        "order": order,
        "over": -order.to_invoice if order.to_invoice < 0 else None,
        "invoices": list(rows.order_by("-issued_on", "-id")),
        "issuing": can_issue_invoice(request.user, order),
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "receivables/order_invoices.html", context, status=status)


@require_GET
def invoice(request: HttpRequest, invoice_no: str) -> HttpResponse:
    """One invoice, with its history; finance cancels it here."""
    return _invoice_page(request, _invoice(request, invoice_no), CancelForm())


def _invoice(request: HttpRequest, invoice_no: str) -> Invoice:
    seen = Invoice.objects.visible_to(request.user).select_related(
        "order__customer", "order__person", "issued_by__person", "cancelled_by__person"
    )
    return get_object_or_404(seen, invoice_no=invoice_no)


def _invoice_page(request: HttpRequest, found: Invoice, form: CancelForm) -> HttpResponse:
    context = {
        "invoice": found,
        "cancelling": can_cancel_invoice(request.user, found),
        "form": form,
        "changed_as": [found],
    }
    status = 400 if form.errors else 200
    return render(request, "receivables/invoice.html", context, status=status)


@require_POST
def invoice_take_back(request: HttpRequest, invoice_no: str) -> HttpResponse:
    """Cancel an invoice, with the reason."""
    found = _invoice(request, invoice_no)
    if found.cancelled_at is None:  # who comes second is told by the service who was first
        require(can_cancel_invoice(request.user, found))
    else:
        require(can_issue_invoice(request.user, found.order))
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _invoice_page(request, found, form)
    try:
        invoice_cancel(actor=request.user, invoice=found, reason=form.cleaned_data["reason"])
    except InvoiceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invoice is cancelled."))
    return redirect("invoice", invoice_no)
