"""Default deny, also for the parts of pages that htmx fetches."""

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
