"""The vocabulary of reads of claims, goods and damages, and who may see whose (ORG-1)."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from accounts.deciding import to_decide_by
from accounts.querysets import OwnedQuerySet, seen_by
from claims.rules import lent_before
from core import clock
from core.files.models import StoredFile
from policy.querysets import policy_book
from policy.rules import PolicyBook

if TYPE_CHECKING:
    from claims.models import Expense, Goods, Loan  # noqa: F401  # named in quotes below

SEE_ALL_GOODS = ("keeper", "manager", "leader")
KEEPS_GOODS = ("keeper",)
RECORDS_DAMAGES = ("keeper", "manager")
SEE_GOODS = (*SEE_ALL_GOODS, "supervisor", "salesperson")
SEE_ALL_CLAIMS = ("manager", "leader", "finance", "cashier")
DECIDES_CLAIMS = ("supervisor", "manager", "leader", "admin")


class ExpenseQuerySet(OwnedQuerySet):
    """Claims are money; the keeper sees goods alone."""

    SEEN_BY = SEE_ALL_CLAIMS

    def visible_to(self, user: Any) -> Self:
        """One's own, those of the people one leads, the roles of money all; personnel the leader's,
        which it decides."""
        seen = super().visible_to(user)
        if user.is_superuser or user.has_role(*self.SEEN_BY) or not user.has_role("admin"):
            return seen
        # No role's name holds another's, so a substring is exact.
        return self.filter(Q(pk__in=seen.values("pk")) | Q(person__roles__contains="leader"))

    def waiting(self) -> Self:
        return self.filter(approved_on=None, ended="")

    def to_decide_by(self, user: Any) -> Self:
        """Those that wait for a user's own word: never their own (ORG-1), as `may_decide` says."""
        return to_decide_by(self.waiting(), user)


class GoodsQuerySet(models.QuerySet["Goods"]):
    def visible_to(self, user: Any) -> Self:
        """The register is for all who may borrow or see goods; who has them is another question."""
        if user.is_superuser or user.has_role(*SEE_GOODS):
            return self
        return self.none()

    def to_lend(self) -> Self:
        """Neither out nor retired."""
        return self.filter(~models.Exists(_open_loans()), retired_on=None)

    def lent(self) -> Self:
        """Those that somebody has now."""
        return self.filter(models.Exists(_open_loans()))

    def with_loan_out(self) -> Self:
        """Each with the instant since when it is out, if it is."""
        since = _open_loans().values("lent_at")[:1]
        return self.annotate(out_since=models.Subquery(since))


def _open_loans() -> "LoanQuerySet":
    """The open loan of the goods that a query is about."""
    from claims.models import Loan

    return Loan.objects.filter(returned_on=None, goods=models.OuterRef("pk"))


class LoanQuerySet(models.QuerySet["Loan"]):
    def overdue(self, as_of: date, *, book: PolicyBook | None = None) -> "LoanQuerySet":
        """Loans still out on a day for which they were due back earlier (GOOD-1, S9-4.8)."""
        before = lent_before(as_of, book or policy_book())
        if before is None:
            return self.none()
        still_out = Q(returned_on=None) | Q(returned_on__gt=as_of)
        return self.filter(still_out, lent_at__lt=clock.start_of(before))

    def due_back(self, day: date, *, book: PolicyBook) -> "LoanQuerySet":
        """Loans whose last day is this one."""
        before = lent_before(day, book)
        if before is None:
            return self.none()
        return self.filter(lent_at__gte=clock.start_of(before), lent_at__lt=clock.end_of(before))

    def visible_to(self, user: Any) -> "LoanQuerySet":
        """One's own loans, a supervisor's people's; keeper, manager and leader see all."""
        return seen_by(self, user, everything=SEE_ALL_GOODS)


class LoanRequestQuerySet(OwnedQuerySet):
    SEEN_BY = SEE_ALL_GOODS

    def waiting(self) -> Self:
        return self.filter(state="asked")


class DamageQuerySet(OwnedQuerySet):
    """Broken property is charged as money, and recorded by the keeper too (GOOD-2)."""

    SEEN_BY = (*SEE_ALL_CLAIMS, "keeper")


def receipts_seen_before(claim: "Expense", receipts: "list[StoredFile]") -> "list[Expense]":
    """Other claims that came with one of the same receipts: the same bytes, sent twice."""
    from claims.models import Expense

    others = StoredFile.objects.filter(
        kind="expense", sent_sha256__in=[file.sent_sha256 for file in receipts]
    ).exclude(owner=str(claim.pk))
    owners = {int(owner) for owner in others.values_list("owner", flat=True)}
    return list(Expense.objects.filter(pk__in=owners).order_by("pk")) if owners else []
