"""The notice board (NOTE-1)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.files.querysets import files_of
from core.files.services import FileRefused
from core.lists import PER_PAGE, is_fragment
from core.permissions import require
from core.uploads import is_too_large
from notices.bell import unread_now
from notices.forms import BoardForm, VersionForm, WithdrawForm
from notices.models import BoardNotice
from notices.permissions import can_change_board, can_see_receipts, can_write_on_board
from notices.querysets.board import readers_of, receipts_of
from notices.services import (
    ATTACHED,
    ChangedMeanwhile,
    board_change,
    board_confirm,
    board_open,
    board_post,
    board_subject,
    board_withdraw,
)

RECEIPTS_A_PAGE = 50


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """What hangs on the board; who writes on it finds what comes, is over, and was withdrawn."""
    user: Any = request.user
    writes = can_write_on_board(user)
    show = request.GET.get("show", "") if writes else ""
    now = clock.now()
    rows = BoardNotice.objects.visible_to(user).with_reading_of(user.person_id)
    if show == "coming":
        rows = rows.filter(shown_from__gt=now, withdrawn_at=None)
    elif show == "over":
        rows = rows.filter(shown_until__lte=now, withdrawn_at=None)
    elif show == "withdrawn":
        rows = rows.exclude(withdrawn_at=None)
    else:
        show, rows = "", rows.shown(now)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "show": show,
        "can_write": writes,
    }
    template = "notices/_board_found.html" if is_fragment(request) else "notices/board.html"
    return render(request, template, context)


def _seen(request: HttpRequest, pk: int) -> BoardNotice:
    seen = BoardNotice.objects.visible_to(request.user).select_related(
        "made_by__person", "withdrawn_by__person"
    )
    return get_object_or_404(seen, pk=pk)


@require_GET
def board_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice. That a reader opens it is the receipt."""
    user: Any = request.user
    notice = _seen(request, pk)
    reading = None
    hangs = BoardNotice.objects.shown(clock.now()).filter(pk=pk).exists()
    if hangs and user.person and readers_of(notice).filter(pk=user.person_id).exists():
        reading = board_open(notice=notice, person=user.person)
    context = {
        "notice": notice,
        "reading": reading,
        "files": files_of(ATTACHED, [pk])[str(pk)],
        "bell": unread_now(user),
        "can_change": can_change_board(user, notice),
        "withdraw_form": WithdrawForm(initial={"version": notice.version}),
        **_receipts(request, notice),
    }
    template = "notices/_receipts.html" if is_fragment(request) else "notices/board_notice.html"
    return render(request, template, context)


def _receipts(request: HttpRequest, notice: BoardNotice) -> dict[str, Any]:
    """How many have read it; by name, and all its versions, for whoever writes on the board."""
    receipts = receipts_of(notice)
    counted = receipts.aggregate(people=Count("pk"), who_read=Count("read"))
    found: dict[str, Any] = {"people": counted["people"], "read": counted["who_read"]}
    if can_see_receipts(request.user):
        found["receipts"] = Paginator(
            receipts.order_by(F("read").asc(nulls_first=True), "employee_no"), RECEIPTS_A_PAGE
        ).get_page(request.GET.get("page"))
        found["versions"] = list(notice.versions.select_related("by__person"))
        found["changed_as"] = board_subject(notice)
        found["audience"] = list(notice.audience.order_by("kind", "value"))
    return found


def _form(request: HttpRequest, notice: BoardNotice | None = None) -> BoardForm:
    if request.method != "POST":
        return BoardForm(notice=notice)
    return BoardForm(request.POST, request.FILES, notice=notice, too_large=is_too_large(request))


@require_http_methods(["GET", "POST"])
def board_new(request: HttpRequest) -> HttpResponse:
    require(can_write_on_board(request.user))
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            notice = board_post(
                actor=request.user,
                said=form.said(),
                form_key=form.cleaned_data["form_key"],
                files=form.cleaned_data["files"],
            )
        except FileRefused as refused:
            form.add_error("files", str(refused))
        else:
            messages.success(request, _("The notice hangs on the board."))
            return redirect("board_notice", pk=notice.pk)
    context = {"form": form, "notice": None}
    return render(request, "notices/board_form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def board_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of a notice."""
    require(can_write_on_board(request.user))
    notice = _seen(request, pk)
    require(can_change_board(request.user, notice))
    form = _form(request, notice)
    if request.method == "POST" and form.is_valid():
        try:
            board_change(
                actor=request.user,
                notice=notice,
                version=form.cleaned_data["version"],
                said=form.said(),
                tell_again=request.POST.get("tell_again") == "1",
                files=form.cleaned_data["files"],
            )
        except ChangedMeanwhile as changed:
            form.add_error(None, str(changed))
        except FileRefused as refused:
            form.add_error("files", str(refused))
        else:
            messages.success(request, _("The notice has been changed."))
            return redirect("board_notice", pk=pk)
    context = {
        "form": form,
        "notice": notice,
        "files": files_of(ATTACHED, [pk])[str(pk)],
    }
    return render(request, "notices/board_form.html", context, status=400 if form.errors else 200)


@require_POST
def board_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a notice, with the reason."""
    require(can_write_on_board(request.user))
    notice = _seen(request, pk)
    require(can_change_board(request.user, notice))
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the notice is withdrawn."))
        return redirect("board_notice", pk=pk)
    try:
        board_withdraw(actor=request.user, notice=notice, **form.cleaned_data)
    except ChangedMeanwhile as changed:
        messages.error(request, str(changed))
    else:
        messages.success(request, _("The notice has been withdrawn."))
    return redirect("board_notice", pk=pk)


@require_POST
def board_read(request: HttpRequest, pk: int) -> HttpResponse:
    """I have read it."""
    user: Any = request.user
    notice = _seen(request, pk)
    form = VersionForm(request.POST)
    if not form.is_valid() or not readers_of(notice).filter(pk=user.person_id).exists():
        messages.error(request, _("The notice is not for you to confirm."))
        return redirect("board_notice", pk=pk)
    try:
        board_confirm(notice=notice, person=user.person, version=form.cleaned_data["version"])
    except ChangedMeanwhile as changed:
        messages.error(request, str(changed))
    else:
        messages.success(request, _("Noted: you have read it."))
    return redirect("board_notice", pk=pk)
