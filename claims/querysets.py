"""The vocabulary of reads of goods on loan, and who may see whose (GOOD-1, ORG-1)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from accounts.querysets import OwnedQuerySet, seen_by
from claims.rules import lent_before
from core import clock
from policy.querysets import policy_book
from policy.rules import PolicyBook

if TYPE_CHECKING:
    from claims.models import Loan  # noqa: F401  # named in quotes below

SEE_ALL_GOODS = ("keeper", "manager", "leader")


class LoanQuerySet(models.QuerySet["Loan"]):
    def overdue(self, as_of: date, *, book: PolicyBook | None = None) -> "LoanQuerySet":
        """Loans still out on a day for which they were due back earlier (GOOD-1, S9-4.8)."""
        before = lent_before(as_of, book or policy_book())
        if before is None:
            return self.none()
        still_out = Q(returned_on=None) | Q(returned_on__gt=as_of)
        return self.filter(still_out, lent_at__lt=clock.start_of(before))

    def visible_to(self, user: Any) -> "LoanQuerySet":
        """One's own loans, a supervisor's people's; keeper, manager and leader see all."""
        return seen_by(self, user, everything=SEE_ALL_GOODS)


class ClaimQuerySet(OwnedQuerySet):
    """Expenses and damages are money; the keeper sees goods alone."""

    SEEN_BY = ("manager", "leader", "finance", "cashier")
