"""IOUs: what is missing, originals to come, recording one (IOU-1)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.files.services import FileRefused
from core.lists import list_page
from core.permissions import require
from core.uploads import is_too_large
from orders.models import Delivery
from receivables.forms.ious import IouForm
from receivables.lists.ious import MissingIouList, OriginalList
from receivables.models import Iou
from receivables.permissions import (
    can_receive_original,
    can_record_iou,
    can_see_unpaid,
)
from receivables.querysets.ious import unpaid_now
from receivables.services import IouRefused, iou_original, iou_record


@require_GET
def ious_missing(request: HttpRequest) -> HttpResponseBase:
    """Deliveries one may see whose IOU, or its original, is overdue."""
    require(can_see_unpaid(request.user))
    return list_page(request, MissingIouList)


@require_http_methods(["GET", "HEAD", "POST"])
def iou_originals(request: HttpRequest) -> HttpResponseBase:
    """IOUs whose original is to come; finance receives many at once."""
    require(can_see_unpaid(request.user))
    return list_page(request, OriginalList)


@require_POST
def iou_receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Finance has an original: one click, from the list, the desk or the delivery."""
    seen = Iou.objects.visible_to(request.user).select_related("delivery__order__person")
    iou = get_object_or_404(seen, pk=pk)
    require(can_receive_original(request.user, iou))
    if iou_original(actor=request.user, iou=iou):
        messages.success(request, _("The original is received."))
    else:
        messages.info(request, _("The original had been received already."))
    return redirect("iou_originals")


@require_http_methods(["GET", "POST"])
def iou_new(request: HttpRequest, order_no: str, delivered_on: date) -> HttpResponse:
    """The salesperson records what the customer signed, with its photo."""
    seen = Delivery.objects.visible_to(request.user).select_related(
        "order__customer", "order__person"
    )
    delivery = get_object_or_404(seen, order__order_no=order_no, delivered_on=delivered_on)
    require(can_record_iou(request.user, delivery.order))
    unpaid = unpaid_now(delivery)
    if request.method == "GET":
        form = IouForm(initial={"amount": unpaid or None})
        return _new_page(request, delivery, unpaid, form)
    form = IouForm(request.POST, request.FILES, too_large=is_too_large(request))
    if form.is_valid():
        try:
            iou_record(actor=request.user, delivery=delivery, **form.cleaned_data)
        except (IouRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The IOU is recorded. Bring the original to finance."))
            return redirect("unpaid_delivery", order_no, delivered_on)
    return _new_page(request, delivery, unpaid, form)


def _new_page(request: HttpRequest, delivery: Delivery, unpaid: Any, form: IouForm) -> HttpResponse:
    context = {"delivery": delivery, "order": delivery.order, "unpaid": unpaid, "form": form}
    status = 400 if form.errors else 200
    return render(request, "receivables/iou_new.html", context, status=status)
