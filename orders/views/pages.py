"""What the pages of orders have in common."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import pgettext

from orders.models import Order
from orders.services import OrderRefused


def order_of(request: HttpRequest, order_no: str) -> Order:
    """An order that its reader may see; all others are not there."""
    seen = Order.objects.visible_to(request.user).select_related("customer", "person")
    return get_object_or_404(seen, order_no=order_no)


def percent(share: Decimal | None) -> str:
    """A share of one as people read it, to a tenth of a percent."""
    return "" if share is None else f"{share * 100:.1f} %"


def refuse(form: forms.Form, refusal: OrderRefused) -> None:
    """Say a refusal beside the field it is about, if the form has it."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Any,
    save: Any,
    order: Order | None = None,
    **more: Any,
) -> HttpResponse:
    """A page with one form, which leads back to its order."""
    context = {
        "form": form,
        "title": title,
        "save": save,
        "order": order,
        "back": reverse("order", args=[order.order_no]) if order else reverse("orders"),
        "back_label": order.order_no if order else pgettext("menu", "Orders"),
        **more,
    }
    return render(request, "orders/form.html", context, status=400 if form.errors else 200)
