"""The menu's item about people."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from accounts.permissions import can_see_people
from core.navigation import NavItem


def items(user: Any) -> Iterator[NavItem]:
    if can_see_people(user):
        yield NavItem(pgettext("menu", "People"), reverse("people"), "users")
