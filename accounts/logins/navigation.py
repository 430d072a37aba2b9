"""The logins' item of the main menu."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.logins.permissions import can_see_logins
from core.navigation import NavItem


def items(user: Any) -> Iterator[NavItem]:
    if can_see_logins(user):
        yield NavItem(_("Accounts"), reverse("logins"), "key-round", minor=True)
