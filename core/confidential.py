"""Who opened or took out which confidential record: written down, or not answered.

The record in the log and the answer stand or fall together. An answer is made ready first, to its
last byte; then its opening is written, in a transaction of its own that is over in a moment, and
only then is it sent. So a page that cannot be rendered leaves no opening, a log that cannot be
written leaves a 503 without a byte of the record, and a slow page keeps no writer waiting. A
connection that breaks while it is sent leaves an opening of what was perhaps not read: that side is
the right one to err on. An answer that is made while it is sent (a streaming export) is written
down before its first byte, and stays written down if it breaks off.
"""

import logging
from typing import Any

import django.db
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

from core.addresses import client_address
from core.models import Opening

log = logging.getLogger(__name__)


def opened(
    request: HttpRequest,
    answer: HttpResponseBase,
    *,
    kind: str,
    subject: str,
    about: str = "",
    way: str = Opening.Way.OPENED,
    details: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """The answer to hand out, its opening written down; or a 503 that holds nothing of it.

    The last thing a view does: `return opened(request, render(…), kind="medical", subject=…)`.
    `subject` names the record (`core.services.audit_subject`), `about` is the employee number of
    whom it concerns. An answer that shows nothing (a refusal, a redirect) is no opening.
    """
    if answer.status_code != 200:
        return answer
    if hasattr(answer, "render") and not getattr(answer, "is_rendered", True):
        answer.render()
    try:
        opening_write(
            actor=request.user,
            way=way,
            kind=kind,
            subject=subject,
            about=about,
            details=details,
            address=client_address(request),
        )
    except django.db.Error:
        log.exception("an opening could not be written; nothing was shown: %s", kind)
        # A page that asks the database for nothing: it may be what is not there.
        return HttpResponse(render_to_string("503_unlogged.html"), status=503)
    patch_cache_control(answer, private=True, no_store=True)
    return answer


def opening_write(
    *,
    actor: Any,
    way: str,
    kind: str,
    subject: str,
    about: str = "",
    details: dict[str, Any] | None = None,
    address: str | None = None,
) -> Opening:
    """Write an opening and commit it: for what is no page (a command, a job that sends a file).

    Inside a transaction it is refused (`RuntimeError`): what is rolled back later was read all the
    same.
    """
    with transaction.atomic(durable=True):
        return Opening.objects.create(
            actor=actor,
            way=way,
            kind=kind,
            subject=subject[:80],
            about=about,
            details=details or {},
            address=address or None,
        )


def openings_about(employee_no: str) -> "QuerySet[Opening]":
    """Who looked at what concerns somebody, the latest first: theirs to know. What was taken out
    about many at once is not among it."""
    return Opening.objects.filter(about=employee_no).exclude(about="").order_by("-id")
