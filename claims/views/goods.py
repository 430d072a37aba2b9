"""The register of goods to lend: list, labels, a piece with its history (GOOD-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims.forms import AskForm, GoodsForm, ReasonForm, RegisterForm
from claims.lists.goods import GoodsList
from claims.models import Goods, Loan, LoanRequest
from claims.permissions import can_borrow, can_hand_out, can_keep_goods, can_see_loans
from claims.rules import due_back_on
from claims.services import (
    ClaimsRefused,
    goods_add,
    goods_change,
    goods_retire,
    goods_take_back,
)
from core import clock
from core.imports.files import filled_table_file
from core.lists import list_page
from core.permissions import require
from core.qr import as_image
from core.services import audit
from core.tables import fact_tables
from policy.clauses import clause_of
from policy.querysets import policy_book

LABELS = 200  # on one print
HISTORY = 50


@require_GET
def goods(request: HttpRequest) -> HttpResponseBase:
    """What can be lent."""
    require(can_see_loans(request.user))
    return list_page(request, GoodsList)


@require_GET
def goods_labels(request: HttpRequest) -> HttpResponse:
    """Labels to print, each with the code and a QR code that leads to the page of the piece."""
    require(can_keep_goods(request.user))
    chosen = Goods.objects.visible_to(request.user).filter(retired_on=None).order_by("code")
    if code := request.GET.get("code", "").replace("\0", ""):
        chosen = chosen.filter(code=code)
    pieces = list(chosen[: LABELS + 1])
    labels = [{"goods": each, "qr": as_image(_address(request, each))} for each in pieces[:LABELS]]
    context = {"labels": labels, "has_more": len(pieces) > LABELS}
    return render(request, "claims/goods_labels.html", context)


@require_GET
def goods_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The register as a file that can be changed and sent again."""
    require(can_keep_goods(request.user))
    register = Goods.objects.visible_to(request.user).order_by("code")
    response = filled_table_file(fact_tables()["goods"], ending, register.iterator(chunk_size=1000))
    audit(actor=request.user, action="export", subject="goods", changes={"ending": ending})
    return response


def _address(request: HttpRequest, piece: Goods) -> str:
    return request.build_absolute_uri(reverse("goods_one", args=[piece.code]))


def goods_found(request: HttpRequest, code: str) -> Goods:
    seen = Goods.objects.visible_to(request.user)
    piece: Goods = get_object_or_404(seen, code=code)
    return piece


@require_GET
def goods_one(request: HttpRequest, code: str) -> HttpResponse:
    """A piece, where its label leads: whether it can be had, who has it, what one can do."""
    return goods_page(request, goods_found(request, code))


def goods_page(
    request: HttpRequest,
    piece: Goods,
    *,
    ask: AskForm | None = None,
    register: RegisterForm | None = None,
    refuse: ReasonForm | None = None,
) -> HttpResponse:
    user: Any = request.user
    out = Loan.objects.filter(goods=piece, returned_on=None).select_related("person").first()
    seen = Loan.objects.visible_to(user).filter(goods=piece).select_related("person")
    loans = list(seen.order_by("-lent_at")[:HISTORY])
    today, book = clock.today(), policy_book()
    context = {
        "piece": piece,
        "out": out,
        # Who has it is told to whoever may see that loan: the others hear until when.
        "out_seen": next((each for each in loans if out and each.pk == out.pk), None),
        "due": out and due_back_on(clock.local_date(out.lent_at), today, book),
        "due_from_today": due_back_on(today, today, book),
        "today": today,
        "loans": loans,
        "requests": _requests(user, piece),
        "borrowing": can_borrow(user, piece),
        "keeping": can_keep_goods(user),
        "ask_form": ask or AskForm(person=user.person),
        "register_form": register or RegisterForm(initial={"version": piece.version}),
        "refuse_form": refuse or ReasonForm(),
        "clauses": [clause_of("GOOD-1")],
        "changed_as": [piece] if can_keep_goods(user) else [],
    }
    wrong = any(form is not None and form.errors for form in (ask, register, refuse))
    return render(request, "claims/goods.html", context, status=400 if wrong else 200)


def _requests(user: Any, piece: Goods) -> list[dict[str, Any]]:
    """Who waits for the piece, as far as one may see, with what one can do about it."""
    seen = LoanRequest.objects.visible_to(user).waiting().filter(goods=piece)
    return [
        {
            "request": each,
            "hands_out": bool(can_hand_out(user, each.person)),
            "is_own": user.person_id == each.person_id,
        }
        for each in seen.select_related("person", "customer").order_by("asked_at")
    ]


@require_http_methods(["GET", "POST"])
def goods_new(request: HttpRequest) -> HttpResponse:
    """Put a piece on file."""
    require(can_keep_goods(request.user))
    form = GoodsForm(request.POST or None, initial=GoodsForm.of(None))
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["token"]:
            form.add_error(None, _("Open the form anew and send it again."))
        else:
            try:
                made = goods_add(
                    facts=form.facts(), token=form.cleaned_data["token"], actor=request.user
                )
            except ClaimsRefused as refusal:
                form.add_error("code", str(refusal))
            else:
                messages.success(request, _("It is on file; print its label."))
                return redirect("goods_one", code=made.code)
    return _register_page(request, form, None)


@require_http_methods(["GET", "POST"])
def goods_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what the register says of a piece."""
    piece = goods_found(request, code)
    require(can_keep_goods(request.user))
    form = GoodsForm(request.POST or None, initial=GoodsForm.of(piece))
    if request.method == "POST" and form.is_valid():
        piece.version = form.cleaned_data["version"] or 0
        try:
            changed = goods_change(goods=piece, facts=form.facts(), actor=request.user)
        except ClaimsRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("goods_one", code=changed.code)
    return _register_page(request, form, piece)


def _register_page(request: HttpRequest, form: GoodsForm, piece: Goods | None) -> HttpResponse:
    context = {
        "form": form,
        "title": piece.name if piece else _("New goods"),
        "back": reverse("goods_one", args=[piece.code]) if piece else reverse("goods"),
        "back_label": piece.code if piece else _("Goods"),
        "save": _("Save"),
    }
    return render(request, "core/form.html", context, status=400 if form.errors else 200)


@require_POST
def goods_register(request: HttpRequest, code: str) -> HttpResponse:
    """Lend it no more, or again, with the reason."""
    piece = goods_found(request, code)
    require(can_keep_goods(request.user))
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return goods_page(request, piece, register=form)
    piece.version = form.cleaned_data["version"]
    does = goods_take_back if piece.retired_on else goods_retire
    try:
        does(goods=piece, reason=form.cleaned_data["reason"], actor=request.user)
    except ClaimsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("It is lent again.") if piece.retired_on else _("It is lent no more.")
        messages.success(request, said)
    return redirect("goods_one", code=code)
