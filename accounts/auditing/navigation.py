"""The pages of what was changed and who looked at what."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.auditing.permissions import can_see_changes, can_see_openings
from core.navigation import NavItem


def items(user: Any) -> Iterator[NavItem]:
    """One item of the menu for both pages."""
    if can_see_changes(user):
        yield NavItem(_("Changes"), reverse("audit"), "history", minor=True)


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    pages = []
    if can_see_changes(request.user):
        pages.append(NavItem(_("What was changed"), reverse("audit"), "history"))
    if can_see_openings(request.user):
        pages.append(NavItem(_("Who opened what"), reverse("audit_openings"), "eye"))
    return [{"item": page, "current": page.url == request.path} for page in pages]
