"""Who sees the bank's lines, and what the matching reads. (The reads for it are in `reading`.)"""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Q, Sum

if TYPE_CHECKING:
    from receivables.bank.models import BankDay, BankLine  # noqa: F401  # named in quotes below

SEE_BANK = ("finance",)


def sees_bank(user: Any) -> bool:
    return bool(user.is_superuser or user.has_role(*SEE_BANK))


class BankQuerySet(models.QuerySet[Any]):
    """The company's account is finance's alone: strangers' payments stand on it as well."""

    def visible_to(self, user: Any) -> Self:
        return self if sees_bank(user) else self.none()


class BankLineQuerySet(BankQuerySet):
    def left(self) -> Self:
        """Money that came in and is not explained yet."""
        return self.filter(state__in=("doubtful", "unmatched"))

    def figures(self) -> dict[date, dict[str, Any]]:
        """For each day how many lines stand how, and the money on them; one query."""
        incoming = Q(comes_in=True)
        rows = (
            self.order_by()
            .values("day")
            .annotate(
                came=Count("id", filter=incoming),
                went=Count("id", filter=~incoming),
                matched=Count("id", filter=Q(state="matched")),
                automatic=Count("id", filter=Q(state="matched", settled_by=None)),
                doubtful=Count("id", filter=Q(state="doubtful")),
                unmatched=Count("id", filter=Q(state="unmatched")),
                aside=Count("id", filter=Q(state="aside")),
                amount_in=Sum("amount", filter=incoming),
                amount_left=Sum("amount", filter=Q(state__in=("doubtful", "unmatched"))),
            )
        )
        return {row["day"]: row for row in rows}


class BankMatchQuerySet(BankQuerySet):
    def standing(self) -> Self:
        return self.filter(undone_at=None)


class BankDayQuerySet(BankQuerySet):
    def open(self) -> Self:
        return self.filter(reconciled_at=None)
