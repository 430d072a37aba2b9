"""Default deny, also for the parts of pages that htmx fetches; nothing is kept on the way."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequired
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect


class LoginRequiredMiddleware(DjangoLoginRequired):
    """Where the session has ended, a fragment sends the whole page to sign in, not itself."""

    def handle_no_permission(  # type: ignore[override]  # the other answer is no redirect
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        response = super().handle_no_permission(request, view_func)
        if request.headers.get("HX-Request") != "true":
            return response
        page = request.headers.get("HX-Current-URL", "")
        known = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
        return HttpResponseClientRedirect(page if known else "/")


# What a page of ours could ask a browser for: nothing. Photos are taken by the phone's own camera
# app, behind a file field, which needs no right of the page.
FEATURES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)


def permissions_policy(**allowed: str) -> str:
    """What a page may ask a browser for: nothing but what is allowed, `geolocation="self"`."""
    return ", ".join(f"{feature}=({allowed.get(feature, '')})" for feature in FEATURES)


PERMISSIONS_POLICY = permissions_policy()


class PrivateMiddleware:
    """Nobody keeps what we answer, unless the answer itself says who may: no proxy, and no browser
    whose back button would show somebody's pay to whoever comes after them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
