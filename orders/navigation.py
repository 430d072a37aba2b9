"""Orders' item of the main menu."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from core.navigation import NavItem
from orders.permissions import can_see_orders


def items(user: Any) -> Iterator[NavItem]:
    if can_see_orders(user):
        yield NavItem(pgettext("menu", "Orders"), reverse("orders"), "file-text")
