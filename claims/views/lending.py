"""Goods asked for and handed out (GOOD-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims.forms import AskForm, LendForm, ReasonForm
from claims.lists.goods import RequestList
from claims.models import LoanRequest
from claims.permissions import (
    can_borrow,
    can_hand_out,
    can_keep_goods,
    can_see_loans,
    can_withdraw_request,
)
from claims.services import (
    ClaimsRefused,
    loan_ask,
    loan_hand_out,
    loan_lend,
    loan_request_refuse,
    loan_request_withdraw,
)
from claims.views.goods import goods_found, goods_page
from core.lists import list_page
from core.permissions import require


@require_GET
def loan_requests(request: HttpRequest) -> HttpResponseBase:
    """Who asks for goods, as far as one may see."""
    require(can_see_loans(request.user))
    return list_page(request, RequestList)


@require_POST
def goods_ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the keeper for a piece."""
    user: Any = request.user
    piece = goods_found(request, code)
    require(can_borrow(user, piece))
    form = AskForm(request.POST, person=user.person)
    if not form.is_valid():
        return goods_page(request, piece, ask=form)
    given = form.cleaned_data
    try:
        loan_ask(
            goods=piece,
            person=user.person,
            purpose=given["purpose"],
            customer=given["customer"],
            token=given["token"],
            actor=user,
        )
    except ClaimsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The keeper is told; fetch it at the counter."))
    return redirect("goods_one", code=code)


@require_http_methods(["GET", "POST"])
def goods_lend(request: HttpRequest, code: str) -> HttpResponse:
    """Lend a piece at the counter, to whoever stands there."""
    user: Any = request.user
    piece = goods_found(request, code)
    require(can_keep_goods(user))
    form = LendForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        require(can_hand_out(user, given["person"]))
        try:
            loan = loan_lend(
                goods=piece,
                person=given["person"],
                purpose=given["purpose"],
                token=given["token"],
                actor=user,
            )
        except ClaimsRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Lent; the IOU can be printed and signed."))
            return redirect("loan", pk=loan.pk)
    context = {
        "form": form,
        "title": _("Lend %(item)s") % {"item": piece.name},
        "back": reverse("goods_one", args=[piece.code]),
        "back_label": piece.code,
        "save": _("Hand out"),
    }
    return render(request, "core/form.html", context, status=400 if form.errors else 200)


def _asked(request: HttpRequest, pk: int) -> LoanRequest:
    seen = LoanRequest.objects.visible_to(request.user)
    rows = seen.select_related("goods", "person", "customer")
    asked: LoanRequest = get_object_or_404(rows, pk=pk)
    return asked


@require_POST
def request_hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out what was asked for."""
    asked = _asked(request, pk)
    require(can_hand_out(request.user, asked.person))
    try:
        loan = loan_hand_out(request=asked, actor=request.user)
    except ClaimsRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("goods_one", code=asked.goods.code)
    messages.success(request, _("Lent; the IOU can be printed and signed."))
    return redirect("loan", pk=loan.pk)


@require_POST
def request_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Lend nothing, with the reason."""
    asked = _asked(request, pk)
    require(can_hand_out(request.user, asked.person))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return goods_page(request, asked.goods, refuse=form)
    try:
        loan_request_refuse(request=asked, reply=form.cleaned_data["reason"], actor=request.user)
    except ClaimsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Refused."))
    return redirect("goods_one", code=asked.goods.code)


@require_POST
def request_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever asked lets it be."""
    asked = _asked(request, pk)
    require(can_withdraw_request(request.user, asked))
    try:
        loan_request_withdraw(request=asked, actor=request.user)
    except ClaimsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your request is withdrawn."))
    return redirect("goods_one", code=asked.goods.code)
