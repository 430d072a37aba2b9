"""What the rules hand in to the main menu, and how their pages belong together."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.navigation import NavItem
from policy.permissions import can_see_versions


def items(user: Any) -> Iterator[NavItem]:
    """The rules are everybody's; versions and drafts theirs who make them."""
    yield NavItem(pgettext("menu", "Rules"), reverse("rules"), "book-open")
    if can_see_versions(user):
        yield NavItem(pgettext("menu", "Policy"), reverse("policy_versions"), "scale", minor=True)


def rule_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The clauses and the calendar, beside each other."""
    pages = [
        NavItem(_("Clauses"), reverse("rules"), "book-open"),
        NavItem(_("Calendar"), reverse("calendar"), "calendar-days"),
    ]
    return [{"item": page, "current": page.is_current(request.path)} for page in pages]
