"""Suspicions in the main menu: the manager's. Who is above them is led there by a notice."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from core.navigation import NavItem


def items(user: Any) -> Iterator[NavItem]:
    if user.has_role("manager"):
        yield NavItem(pgettext("menu", "Suspicions"), reverse("suspicions"), "scan-search")
