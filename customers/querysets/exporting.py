"""Who may take customers' files out now (CUS-2)."""

from datetime import date
from typing import Self

from accounts.querysets import OwnedQuerySet
from customers.querysets.files import SEE_ALL_CUSTOMERS


class ExportGrantQuerySet(OwnedQuerySet):
    SEEN_BY = SEE_ALL_CUSTOMERS

    def active(self, day: date) -> Self:
        """Those that count on a day: its last day included, not taken back."""
        return self.filter(until_on__gte=day, revoked_at=None)
