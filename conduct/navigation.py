"""Rewards and conduct in the main menu, and their tabs (REW-1, DIS-1)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.navigation import NavItem

DECIDES = ("manager", "leader")


def items(user: Any) -> Iterator[NavItem]:
    """For whoever works here; those who decide begin with the cases."""
    if user.person is None:
        return
    decides = user.has_role(*DECIDES)
    yield NavItem(
        pgettext("menu", "Rewards and conduct"),
        reverse("proceedings" if decides else "honour"),
        "award",
        under="/conduct/",
        minor=not decides,
    )


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages as tabs."""
    pages = (
        NavItem(_("Wall of honour"), reverse("honour"), "award"),
        NavItem(_("Rewards"), reverse("reward_proposals"), "gift"),
        NavItem(pgettext("conduct", "Cases"), reverse("proceedings"), "gavel"),
    )
    return [{"item": page, "current": page.url == request.path} for page in pages]
