"""What complaints hand in to the main menu; their tabs (COM-1)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.navigation import NavItem
from customers.permissions.complaints import can_take


def items(user: Any) -> Iterator[NavItem]:
    if can_take(user):
        yield NavItem(
            pgettext("menu", "Complaints"), reverse("complaints"), "message-square-warning"
        )


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages as tabs."""
    pages = (
        NavItem(pgettext("menu", "Complaints"), reverse("complaints"), "message-square-warning"),
        NavItem(_("By person and month"), reverse("complaint_rates"), "chart-bar"),
    )
    return [{"item": page, "current": page.url == request.path} for page in pages]
