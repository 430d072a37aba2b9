"""The menu's item about people."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import can_see_people
from core.navigation import NavItem


def items(user: Any) -> Iterator[NavItem]:
    if can_see_people(user):
        yield NavItem(_("People"), reverse("people"), "users")
