"""What visits hand in to the main menu; their tabs (VIS)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.navigation import NavItem
from customers.permissions.visits import can_record_visit, can_see_visits


def items(user: Any) -> Iterator[NavItem]:
    if can_see_visits(user):
        yield NavItem(pgettext("menu", "Visits"), reverse("visits"), "map-pin", under="/visits/")


def pages(user: Any) -> Iterator[NavItem]:
    """The pages about visits that somebody may open."""
    yield NavItem(pgettext("menu", "Visits"), reverse("visits"), "map-pin")
    if can_record_visit(user):
        yield NavItem(_("Record"), reverse("visit_new"), "map-pin-plus")
    yield NavItem(_("Week"), reverse("visit_week"), "calendar-days")
    yield NavItem(_("Returns due"), reverse("returns_due"), "repeat")
    yield NavItem(_("By level"), reverse("visit_levels"), "chart-bar")
    yield NavItem(_("Spot checks"), reverse("spot_checks"), "search-check")


def visit_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages as tabs."""
    found = pages(request.user)
    return [{"item": page, "current": page.url == request.path} for page in found]
