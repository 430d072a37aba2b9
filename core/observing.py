"""Each request leaves a number in the metrics and a line in the log, and no word about people."""

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponseBase

from core.metrics import request_count

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ObservingMiddleware:
    """Numbers each request, says its number in the answer, and counts how it went.

    The number is made here and never taken from the sender, who could write anything into it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number = uuid.uuid4().hex
        begun = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=number):
            try:
                response = self.get_response(request)
                self._tell(request, response, time.perf_counter() - begun)
            finally:
                structlog.contextvars.unbind_contextvars("view", "user")
        response.headers["X-Request-ID"] = number
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        structlog.contextvars.bind_contextvars(view=_view_name(request))
        # Where a login is asked for, the login is looked up anyway; elsewhere it is nobody's.
        if getattr(view, "login_required", True):
            structlog.contextvars.bind_contextvars(user=request.user.pk)

    def _tell(self, request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
        request_count(
            view=_view_name(request),
            method=request.method or "",
            status=response.status_code,
            seconds=seconds,
        )
        log.info("answered %s in %d ms", response.status_code, seconds * 1000)


def _view_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else "none"
