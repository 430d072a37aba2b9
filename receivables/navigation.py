"""What collections hand in to the pages about what is due."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.navigation import NavItem
from receivables.permissions import can_see_unpaid


def due_pages(user: Any) -> Iterator[NavItem]:
    if can_see_unpaid(user):
        yield NavItem(_("Unpaid deliveries"), reverse("unpaid"), "hourglass")
