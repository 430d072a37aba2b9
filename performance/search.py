"""Activities in the search box, by what they are and where (PLAN-1)."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.search import Hit, SearchGroup, more
from core.templatetags.house import day
from performance.models import Activity
from performance.permissions import can_see_performance


def activities(user: Any, words: str, limit: int) -> SearchGroup | None:
    """The latest first. One query."""
    if not can_see_performance(user):
        return None
    said = Q(title__icontains=words) | Q(place__icontains=words)
    rows = Activity.objects.visible_to(user).filter(said)
    found = list(rows.order_by("-starts_on", "-pk")[: limit + 1])
    return SearchGroup(
        title=_("Activities"),
        icon="calendar-heart",
        hits=[
            Hit(
                label=row.title,
                note=f"{row.get_state_display()} · {day(row.starts_on)}",
                url=reverse("activity", args=[row.pk]),
            )
            for row in found[:limit]
        ],
        more_url=more(found, limit, "activities", words),
    )
