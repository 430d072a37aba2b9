"""Whose role asks for a second factor opens no page without one: pages, fragments, files alike."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

SECOND_FACTOR = "second_factor"  # in the session: it was asked for and given
SET_UP = "second_factor_setup"


class SecondFactorMiddleware:
    """What is needed comes with the user, what was given with the session: it asks nothing more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        user: Any = request.user if getattr(view, "login_required", True) else None
        if user is None or not user.is_authenticated or not user.second_factor_due:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.session.get(SECOND_FACTOR) or name == "logout":
            return None
        if user.has_second_factor:
            # A session from before it was asked for, while it was set up elsewhere: sign in again.
            logout(request)
            asked = {"next": request.get_full_path()} if request.method == "GET" else {}
            return _lead(request, reverse("login", query=asked))
        return None if name == SET_UP else _lead(request, reverse(SET_UP))


def _lead(request: HttpRequest, url: str) -> HttpResponseBase:
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(url)
    return redirect(url)
