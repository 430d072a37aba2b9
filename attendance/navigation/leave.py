"""What leave hands in to the main menu; its tabs."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from attendance.permissions.leave import can_decide_leaves, can_keep_types, can_see_leaves
from core.navigation import NavItem


def items(user: Any) -> Iterator[NavItem]:
    if can_see_leaves(user):
        yield NavItem(_("Leave"), reverse("leaves"), "calendar-off", under="/leave/")


def leave_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages about leave."""
    user: Any = request.user
    pages = [NavItem(_("Requests for leave"), reverse("leaves"), "calendar-off")]
    if can_decide_leaves(user):
        pages.append(NavItem(_("To decide"), reverse("leaves_to_decide"), "check-check"))
    pages.append(NavItem(_("Who is away"), reverse("leave_calendar"), "calendar-days"))
    pages.append(NavItem(_("Reward leave"), reverse("rewards"), "gift"))
    if can_keep_types(user):
        pages.append(NavItem(_("Leave types"), reverse("leave_types"), "list"))
    current = max(
        (page.url for page in pages if request.path.startswith(page.url)), key=len, default=""
    )
    return [{"item": page, "current": page.url == current} for page in pages]
