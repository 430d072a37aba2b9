"""What the views about visits do alike: a form sent, a service called, its refusal told."""

from collections.abc import Callable
from typing import Any

from customers.services import VisitRefused


def done(form: Any, does: Callable[[], Any]) -> bool:
    """Whether the form reads well and it was done; a refusal stands on the form."""
    if not form.is_valid():
        return False
    try:
        does()
    except VisitRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def as_seen(row: Any, form: Any) -> Any:
    """The record as whoever sent the form saw it."""
    row.version = form.cleaned_data["version"]
    return row
