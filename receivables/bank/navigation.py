"""The bank in the main menu."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from core.navigation import NavItem
from receivables.bank.permissions import can_reconcile


def items(user: Any) -> Iterator[NavItem]:
    if can_reconcile(user):
        yield NavItem(pgettext("menu", "Bank"), reverse("bank"), "landmark")
