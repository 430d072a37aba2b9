"""Customers' item of the main menu."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from core.navigation import NavItem
from customers.permissions.files import can_see_files


def items(user: Any) -> Iterator[NavItem]:
    if can_see_files(user):
        yield NavItem(pgettext("menu", "Customers"), reverse("customers"), "building-2")
