"""The notices' item of the main menu, and the tabs of their pages."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.navigation import NavItem
from notices.permissions import can_work_on_channels


def items(_user: Any) -> Iterator[NavItem]:
    yield NavItem(_("Notice board"), reverse("board"), "megaphone")


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The inbox and all about it."""
    pages = [
        NavItem(_("Inbox"), reverse("notices"), "bell"),
        NavItem(_("My settings"), reverse("notice_settings"), "sliders-horizontal"),
    ]
    if can_work_on_channels(request.user):
        pages.append(NavItem(_("Groups"), reverse("channels"), "messages-square"))
    return [{"item": page, "current": page.url == request.path} for page in pages]
