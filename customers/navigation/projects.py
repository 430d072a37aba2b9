"""What projects hand in to the main menu; their tabs (CUS-3, CUS-4)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.navigation import NavItem
from customers.permissions.projects import can_see_delegations, can_see_projects


def items(user: Any) -> Iterator[NavItem]:
    if can_see_projects(user):
        yield NavItem(pgettext("menu", "Projects"), reverse("projects"), "flag", under="/projects/")


def project_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages about projects."""
    pages = [
        NavItem(pgettext("menu", "Projects"), reverse("projects"), "flag"),
        NavItem(_("Board"), reverse("project_board"), "columns-3"),
        NavItem(_("Conflicts"), reverse("conflicts"), "swords"),
        NavItem(_("Agents"), reverse("prefectures"), "map"),
    ]
    if can_see_delegations(request.user):
        pages.append(NavItem(_("Delegation"), reverse("delegations"), "key-round"))
    return [{"item": page, "current": page.url == request.path} for page in pages]
