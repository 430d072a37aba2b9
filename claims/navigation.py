"""What claims and loans hand in to the pages about what is due."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.permissions import can_see_loans
from core.navigation import NavItem


def due_pages(user: Any) -> Iterator[NavItem]:
    if can_see_loans(user):
        yield NavItem(_("Overdue loans"), reverse("overdue_loans"), "package")
