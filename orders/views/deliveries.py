"""Deliveries and disputes of an order (ORD-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.permissions import require
from orders.forms import CorrectionForm, DeliveryForm, DisputeForm, SettlingForm
from orders.models import Delivery, Dispute
from orders.permissions import can_act_on, can_correct_delivery, can_settle
from orders.services import (
    OrderRefused,
    delivery_correct,
    delivery_record,
    dispute_open,
    dispute_settle,
)
from orders.views.pages import form_page, order_of, refuse


@require_http_methods(["GET", "POST"])
def delivery_new(request: HttpRequest, order_no: str) -> HttpResponse:
    """Goods were delivered."""
    row = order_of(request, order_no)
    require(can_act_on(request.user, row))
    form = DeliveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            delivery_record(actor=request.user, order=row, **form.cleaned_data)
        except OrderRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The delivery is recorded."))
            return redirect("order", order_no=order_no)
    return form_page(request, form, title=_("Record a delivery"), save=_("Save"), order=row)


@require_http_methods(["GET", "POST"])
def delivery_change(request: HttpRequest, pk: int) -> HttpResponse:
    """A delivery was recorded wrong."""
    user: Any = request.user
    seen = Delivery.objects.visible_to(user).select_related("order__customer", "order__person")
    row = get_object_or_404(seen, pk=pk)
    require(can_correct_delivery(user, row))
    form = CorrectionForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            delivery_correct(
                actor=user,
                delivery=row,
                seen=(given["seen_on"], given["seen_amount"]),
                delivered_on=given["delivered_on"],
                amount=given["amount"],
                reason=given["reason"],
            )
        except OrderRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The delivery is corrected."))
            return redirect("order", order_no=row.order.order_no)
    return form_page(
        request, form, title=_("Correct a delivery"), save=_("Correct"), order=row.order
    )


@require_http_methods(["GET", "POST"])
def dispute_new(request: HttpRequest, order_no: str) -> HttpResponse:
    """The customer disputes something."""
    row = order_of(request, order_no)
    require(can_act_on(request.user, row))
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dispute_open(actor=request.user, order=row, **form.cleaned_data)
        except OrderRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The dispute is written down."))
            return redirect("order", order_no=order_no)
    return form_page(request, form, title=_("Open a dispute"), save=_("Save"), order=row)


@require_http_methods(["GET", "POST"])
def dispute_end(request: HttpRequest, pk: int) -> HttpResponse:
    """How a dispute ended."""
    user: Any = request.user
    seen = Dispute.objects.visible_to(user).select_related("order__customer", "order__person")
    row = get_object_or_404(seen, pk=pk)
    require(can_settle(user, row))
    form = SettlingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dispute_settle(actor=user, dispute=row, **form.cleaned_data)
        except OrderRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The dispute is settled."))
            return redirect("order", order_no=row.order.order_no)
    return form_page(
        request,
        form,
        title=_("Settle the dispute"),
        save=_("Settle"),
        order=row.order,
        hint=row.text,
    )
