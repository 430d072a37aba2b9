"""One's own inbox."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import is_fragment, list_page
from core.permissions import require
from notices.bell import unread_now
from notices.lists import NoticeList
from notices.models import Notice
from notices.permissions import can_have_inbox
from notices.services import notice_archive, notice_read, notices_read_all


@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponseBase:
    """What somebody is told, unread first; POST reads several, or puts them away."""
    return list_page(request, NoticeList)


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
    """The bell as it is now, and word to the list; the page where there is no JavaScript."""
    if not is_fragment(request):
        return redirect("notices")
    context = {"bell": unread_now(request.user), "oob": True}
    answer = render(request, "notices/_bell.html", context)
    answer["HX-Trigger"] = "inbox-changed"
    return answer
