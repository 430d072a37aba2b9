"""Saved views and chosen columns: each one's own, another's is not there."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.lists.services import (
    ViewRefused,
    columns_remember,
    view_default,
    view_delete,
    view_rename,
    view_save,
)
from core.models import SavedView

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_COLUMN = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LARGEST_ID = 2**63 - 1


@require_http_methods(["GET", "POST"])
def views(request: HttpRequest) -> HttpResponse:
    """One's saved views of all lists, to rename and to delete; POST keeps another."""
    if request.method == "POST":
        return _save(request)
    own = SavedView.objects.filter(owner=_user(request)).exclude(name="")
    context = {"views": own.order_by("list_key", "name"), "back": _back(request)}
    return render(request, "lists/views.html", context)


def _save(request: HttpRequest) -> HttpResponse:
    try:
        path, query = _address(request)
        view = view_save(
            owner=request.user,
            list_key=_list_key(request),
            name=request.POST.get("name", ""),
            query=query,
        )
    except ViewRefused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(_back(request))
    messages.success(request, _("Saved as %(name)s.") % {"name": view.name})
    return HttpResponseRedirect(f"{path}{view.address}")


@require_POST
def view_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a view, delete it, begin its list with it or no longer."""
    if pk > _LARGEST_ID:
        raise Http404
    view = get_object_or_404(SavedView.objects.exclude(name=""), pk=pk, owner=_user(request))
    change = _changes(request).get(request.POST.get("do", ""))
    if change is None:
        raise Http404
    try:
        change(view)
    except ViewRefused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(_back(request))


def _changes(request: HttpRequest) -> dict[str, Callable[[SavedView], None]]:
    return {
        "rename": lambda view: view_rename(view=view, name=request.POST.get("name", "")),
        "delete": lambda view: view_delete(view=view),
        "default": lambda view: view_default(view=view, is_default=True),
        "no_default": lambda view: view_default(view=view, is_default=False),
    }


@require_POST
def columns(request: HttpRequest) -> HttpResponse:
    """Show these columns of a list: now, and from now on."""
    named = [each for each in request.POST.getlist("column")[:100] if _COLUMN.fullmatch(each)]
    chosen = ",".join(named)
    try:
        path, query = _address(request)
        columns_remember(owner=request.user, list_key=_list_key(request), columns=chosen)
    except ViewRefused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(_back(request))
    given = QueryDict(query, mutable=True)
    given.pop("page", None)
    given["columns"] = chosen
    return HttpResponseRedirect(f"{path}?{given.urlencode()}")


def _user(request: HttpRequest) -> Any:
    return request.user


def _list_key(request: HttpRequest) -> str:
    key = request.POST.get("list", "")
    if not _KEY.fullmatch(key):
        raise Http404
    return key


def _back(request: HttpRequest) -> str:
    """The page somebody came from, if it is one of ours."""
    return _wanted_back(request) or reverse("home")


def _wanted_back(request: HttpRequest) -> str | None:
    wanted = (request.POST if request.method == "POST" else request.GET).get("back", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and wanted.isprintable() else None


def _address(request: HttpRequest) -> tuple[str, str]:
    """Path and query of the list somebody came from. Raises `ViewRefused` where it is none."""
    wanted = _wanted_back(request)
    if wanted is None:
        raise ViewRefused(_("That is too much for one view."))
    parts = urlsplit(wanted)
    return parts.path, parts.query
