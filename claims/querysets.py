"""The vocabulary of reads of goods on loan, and who may see whose (GOOD-1, ORG-1)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from accounts.models import Person
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
        if user.is_superuser or user.has_role(*SEE_ALL_GOODS):
            return self
        if user.person is None:
            return self.none()
        whose = Q(person=user.person_id)
        if user.has_role("supervisor"):
            whose |= Q(person__in=Person.objects.below(user.person))
        return self.filter(whose)
