"""The bell in the top bar of every page."""

from functools import cache
from typing import Any

from django.http import HttpRequest

from notices.models import Notice


def bell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: how many notices somebody has not read. One count by an index, and only
    where a page shows it."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    # Called by the template, if at all, and by no part of a page twice.
    return {"bell": cache(lambda: Notice.objects.visible_to(user).unread().count())}
