"""What trips hand in to the main menu; their tabs."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from attendance.permissions.trips import can_decide_trips, can_see_board, can_see_trips
from core.navigation import NavItem


def items(user: Any) -> Iterator[NavItem]:
    if can_see_trips(user):
        yield NavItem(_("Trips"), reverse("trips"), "briefcase", under="/trips/")


def trip_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages about trips."""
    user: Any = request.user
    pages = [NavItem(_("Applications"), reverse("trips"), "briefcase")]
    if can_decide_trips(user):
        pages.append(NavItem(_("To decide"), reverse("trips_to_decide"), "check-check"))
    if can_see_board(user):
        pages.append(NavItem(_("Away now"), reverse("trip_board"), "map"))
    pages.append(NavItem(_("Reports"), reverse("trip_reports"), "notebook-pen"))
    if can_see_board(user):
        pages.append(NavItem(_("Late and missing"), reverse("trip_counts"), "clock-alert"))
    current = max(
        (page.url for page in pages if request.path.startswith(page.url)), key=len, default=""
    )
    return [{"item": page, "current": page.url == current} for page in pages]
