"""Bounced cheques, refunds, returned goods, receipts corrected: what follows is shown before it is
confirmed (SLIP-6, CUT-3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.months import Month
from core.permissions import require
from orders.models import Delivery
from orders.services import ReturnRefused
from payroll.services import close_follow
from receivables.forms.undoing import GoodsReturnForm, LookedAtForm, ReceiptForm, UndoPaymentForm
from receivables.models import Payment
from receivables.permissions.cutoff import can_correct_receipt
from receivables.permissions.undoing import can_undo
from receivables.services import (
    SlipRefused,
    UndoingRefused,
    goods_take_back,
    payment_correct_receipt,
    payment_undo,
)
from receivables.services.foretelling import Foretold, return_foretell, undoing_foretell
from receivables.views.effects import effects_of


@dataclass(frozen=True)
class _Undoing:
    """What one of the two pages does: how it asks, foretells, does, and where it leads back to."""

    title: str
    about: str
    back: str
    form: LookedAtForm
    do: Callable[..., Any]
    foretell: Callable[[Callable[[], Any]], Foretold]


@require_http_methods(["GET", "POST"])
def payment_undoing(request: HttpRequest, payment_no: str) -> HttpResponse:
    """A cheque bounced, or money given back: ask, show what follows, then do it."""
    payment = _payment(request, payment_no)
    slip = payment.slip
    require(can_undo(request.user, slip.person, slip.order.person))
    return _page(
        request,
        _Undoing(
            title=_("Undo a payment"),
            about=f"{payment.payment_no} · {slip.order.customer.name}",
            back=reverse("slip", args=[slip.slip_no]),
            form=UndoPaymentForm(request.POST or None, left=payment.net, of=payment.method),
            do=partial(payment_undo, actor=request.user, payment=payment),
            foretell=lambda change: undoing_foretell(payment=payment, change=change),
        ),
    )


@require_http_methods(["GET", "POST"])
def goods_return(request: HttpRequest, order_no: str, delivered_on: date) -> HttpResponse:
    """Delivered goods came back: ask, show what follows, then do it."""
    seen = Delivery.objects.visible_to(request.user).select_related(
        "order__person", "order__customer"
    )
    delivery = get_object_or_404(seen, order__order_no=order_no, delivered_on=delivered_on)
    order = delivery.order
    require(can_undo(request.user, order.person))
    return _page(
        request,
        _Undoing(
            title=_("Goods returned"),
            about=f"{order.order_no} · {order.customer.name}",
            back=reverse("order", args=[order.order_no]),
            form=GoodsReturnForm(request.POST or None, left=delivery.net),
            do=partial(goods_take_back, actor=request.user, delivery=delivery),
            foretell=lambda change: return_foretell(delivery=delivery, change=change),
        ),
    )


@require_http_methods(["GET", "POST"])
def receipt_correction(request: HttpRequest, payment_no: str) -> HttpResponse:
    """When a payment was received, corrected: ask, show what follows, then do it (CUT-3)."""
    payment = _payment(request, payment_no)
    require(can_correct_receipt(request.user, payment.slip.person, payment.slip.order.person))
    form = ReceiptForm(request.POST or None, received_at=payment.received_at)
    return _page(
        request,
        _Undoing(
            title=_("Correct when it was received"),
            about=f"{payment.payment_no} · {payment.slip.order.customer.name}",
            back=reverse("slip", args=[payment.slip.slip_no]),
            form=form,
            do=partial(payment_correct_receipt, actor=request.user, payment=payment),
            foretell=lambda change: undoing_foretell(
                payment=payment, change=change, also=form.cleaned_data["received_at"]
            ),
        ),
    )


def _payment(request: HttpRequest, payment_no: str) -> Payment:
    seen = Payment.objects.visible_to(request.user).select_related(
        "slip__person", "slip__order__person", "slip__order__customer"
    )
    return get_object_or_404(seen, payment_no=payment_no)


def _page(request: HttpRequest, undoing: _Undoing) -> HttpResponse:
    form, foretold = undoing.form, None
    if request.method == "POST" and form.is_valid():
        do = partial(undoing.do, **form.said)
        try:
            foretold = undoing.foretell(do)
            if request.POST.get("confirm") == form.fingerprint:
                return _done(request, undoing, do, foretold.months)
        except (UndoingRefused, ReturnRefused, SlipRefused) as refusal:
            form.add_error(None, str(refusal))
    context = {
        "undoing": undoing,
        "form": form,
        "effects": effects_of(foretold) if foretold else None,
    }
    status = 400 if form.errors else 200
    return render(request, "receivables/undoing.html", context, status=status)


def _done(
    request: HttpRequest, undoing: _Undoing, do: Callable[[], Any], months: list[Month]
) -> HttpResponse:
    do()
    followed = [close_follow(month=month, actor=request.user) for month in months]
    messages.success(
        request,
        _("Recorded. The statements are being closed again; they follow in a moment.")
        if any(followed)
        else _("Recorded. The statements follow with the next close."),
    )
    return redirect(undoing.back)
