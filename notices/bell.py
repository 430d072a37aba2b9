"""The bell in the top bar of every page: how many notices somebody has not read."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from notices.models import Notice


def unread() -> Any:
    """Their number, of the person behind a login: read in the query that reads the login
    (`settings.LOGIN_EXTRAS`), so that the bell costs no page a query."""
    mine = Notice.objects.unread().filter(person=OuterRef("person")).order_by()
    counted = mine.values("person").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def unread_now(user: Any) -> int:
    """Their number after what this very request has read."""
    return Notice.objects.visible_to(user).unread().count()


def bell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what the bell says when a page begins."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"bell": getattr(user, "unread_notices", 0)}
