"""The menu's items that several apps make up together."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import pgettext

from core.navigation import NavItem, due_pages


def items(user: Any) -> Iterator[NavItem]:
    """What is due leads to the first of its pages that somebody may see."""
    for page in due_pages(user):
        yield NavItem(pgettext("menu", "Due"), page.url, "hourglass", under="/due/")
        return
