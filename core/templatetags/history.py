"""The history of the record a page is about."""

from collections.abc import Collection
from typing import Any

from django import template

from core.history.reading import history_of, number_from

register = template.Library()


@register.inclusion_tag("core/_history.html", takes_context=True)
def history(
    context: dict[str, Any], *subjects: Any, shown: Collection[str] = (), quiet: bool = False
) -> dict[str, Any]:
    """`{% history record %}`, or several that belong together: a card with what happened to it;
    `quiet`: none where nothing did.

    The page has made sure that its reader may see the record. Older changes follow by the
    address (`?history=`), or in place where there is JavaScript.
    """
    return {**_told(context, subjects, shown), "quiet": quiet}


@register.inclusion_tag("core/_history_body.html", takes_context=True)
def history_inside(
    context: dict[str, Any], *subjects: Any, shown: Collection[str] = ()
) -> dict[str, Any]:
    """The same without a card of its own, in an element with the id `history`."""
    return _told(context, subjects, shown)


def _told(context: dict[str, Any], subjects: Any, shown: Collection[str]) -> dict[str, Any]:
    request = context["request"]
    flat = [s for each in subjects for s in (each if isinstance(each, (list, tuple)) else [each])]
    before = number_from(request.GET.get("history"))
    return {
        "history": history_of(flat, request.user, before=before, shown=shown),
        "is_continued": before is not None,
        "several": len(flat) > 1,
        "request": request,
    }
