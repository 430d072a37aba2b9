"""What support hands in to the main menu (CUS-6)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from core.navigation import NavItem
from customers.permissions.projects import can_see_projects


def items(user: Any) -> Iterator[NavItem]:
    if can_see_projects(user):
        yield NavItem(pgettext("menu", "Support"), reverse("support"), "life-buoy", minor=True)
