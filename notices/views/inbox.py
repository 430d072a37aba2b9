"""One's own inbox."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.lists import PER_PAGE, is_fragment
from core.permissions import require
from notices.bell import unread_now
from notices.models import Notice
from notices.navigation import tabs
from notices.permissions import can_have_inbox
from notices.services import notice_archive, notice_read, notices_read_all

SHOWN = ("unread", "due", "archived")


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What somebody is told, unread first."""
    template = "notices/_inbox_found.html" if is_fragment(request) else "notices/inbox.html"
    return render(request, template, _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else ""
    mine = Notice.objects.visible_to(request.user).unread_first()
    mine = mine.exclude(archived_at=None) if shown == "archived" else mine.kept()
    if shown == "unread":
        mine = mine.unread()
    if shown == "due":
        mine = mine.filter(due__gt=clock.now()).order_by("due", "-id")
    return {
        "page": Paginator(mine, PER_PAGE).get_page(request.GET.get("page")),
        "show": shown,
        "tabs": tabs(request),
        "now": clock.now(),
    }


@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what a notice is about; that is reading it."""
    mine = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    notice_read(notice=mine)
    return redirect(mine.url)


@require_POST
def notice_mark(request: HttpRequest, pk: int) -> HttpResponse:
    mine = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    notice_read(notice=mine)
    return _answer(request)


@require_POST
def notice_away(request: HttpRequest, pk: int) -> HttpResponse:
    mine = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    notice_archive(notice=mine)
    return _answer(request)


@require_POST
def notices_mark_all(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    require(can_have_inbox(user))
    notices_read_all(person=user.person)
    return _answer(request)


def _answer(request: HttpRequest) -> HttpResponse:
    """The list as it is now and the bell with it; the page where there is no JavaScript."""
    if not is_fragment(request):
        return redirect("notices")
    context = {**_context(request), "bell": unread_now(request.user)}
    return render(request, "notices/_inbox_changed.html", context)
