"""What the views of this app do alike: a form sent, a service called, its refusal told."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from performance.services.keeping import PerformanceRefused


def done(request: HttpRequest, form: Any, does: Callable[[], Any], said: Any) -> bool:
    """Whether it was done; a refusal stands on the form."""
    try:
        does()
    except PerformanceRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, said)
    return True


def as_seen(row: Any, form: Any) -> Any:
    """The record as whoever sent the form saw it."""
    row.version = form.cleaned_data["version"]
    return row
