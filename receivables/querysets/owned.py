"""Who sees whose slips, money and reserve (ORG-1)."""

from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.querysets import OwnedQuerySet
from core.money import ZERO, MoneyField
from receivables.querysets.unpaid import SEE_ALL_MONEY


class MoneyQuerySet(OwnedQuerySet):
    """Slips, late handovers, the cutoff's snapshots, the reserve."""

    SEEN_BY = SEE_ALL_MONEY


class PaymentQuerySet(OwnedQuerySet):
    """The money of whoever holds the slip."""

    PERSON = "slip__person"
    SEEN_BY = SEE_ALL_MONEY

    def in_hand(self) -> Self:
        """Cash and cheques received and not handed in (SLIP-3), of which something still counts."""
        return self.filter(handed_in_at=None, amount__gt=F("undone")).exclude(method="transfer")


class CaseOwnedQuerySet(OwnedQuerySet):
    """Cases, their steps and outcomes: personnel sees the leader's, on which it decides."""

    SEEN_BY = SEE_ALL_MONEY

    def visible_to(self, user: Any) -> Self:
        seen = super().visible_to(user)
        if user.has_role(*self.SEEN_BY) or not user.has_role("admin"):
            return seen
        return seen | self.filter(**{f"{self.PERSON}__roles__contains": "leader"})


class BadDebtQuerySet(CaseOwnedQuerySet):
    PERSON = "order__person"

    def open(self) -> Self:
        """Those without an outcome."""
        return self.filter(outcome="")

    def standing(self) -> Self:
        """With what says how each stands: costs, the last step and the next."""
        from receivables.models import CaseStep, LegalCost

        costs = LegalCost.objects.filter(case=OuterRef("pk"))
        latest = CaseStep.objects.filter(case=OuterRef("pk")).order_by("-id")
        return self.annotate(
            has_costs=Exists(costs),
            last_step_on=Subquery(latest.values("on")[:1]),
            next_on=Subquery(latest.values("next_on")[:1]),
            next_what=Subquery(latest.values("next_what")[:1]),
        )

    def with_cost(self) -> Self:
        """With what each has cost in court so far, in yuan."""
        from receivables.models import LegalCost

        costs = LegalCost.objects.filter(case=OuterRef("pk")).order_by().values("case")
        summed = Subquery(costs.annotate(sum=Sum("amount")).values("sum"))
        return self.annotate(cost=Coalesce(summed, ZERO, output_field=MoneyField()))

    def in_stage(self, stage: str) -> Self:
        """Of those `standing`, the ones in a stage (`BadDebt.stage`)."""
        in_court = Q(sued_on__isnull=False) | Q(has_costs=True)
        if stage == "lawsuit":
            return self.filter(in_court, outcome="")
        if stage == "chase":
            return self.filter(sued_on=None, has_costs=False, outcome="")
        return self.filter(outcome=stage)


class CaseStepQuerySet(CaseOwnedQuerySet):
    PERSON = "case__order__person"


class OutcomeProposalQuerySet(CaseOwnedQuerySet):
    PERSON = "case__order__person"

    def waiting(self) -> Self:
        return self.filter(state="waiting")


class LegalCostQuerySet(OwnedQuerySet):
    PERSON = "case__order__person"
    SEEN_BY = SEE_ALL_MONEY


class InvoiceQuerySet(OwnedQuerySet):
    PERSON = "order__person"
    SEEN_BY = SEE_ALL_MONEY

    def standing(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)


class IouQuerySet(OwnedQuerySet):
    PERSON = "delivery__order__person"
    SEEN_BY = SEE_ALL_MONEY


class SlipCountQuerySet(OwnedQuerySet):
    """Slips agreed by number, of whoever holds them."""

    SEEN_BY = SEE_ALL_MONEY

    def waiting(self) -> Self:
        """Not confirmed, and not replaced by a later count (SLIP-3)."""
        later = self.model._default_manager.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), confirmed_at=None)


class DiscrepancyQuerySet(OwnedQuerySet):
    """Of whoever brought the money."""

    PERSON = "handover__person"
    SEEN_BY = SEE_ALL_MONEY

    def unsettled(self) -> Self:
        """Those that block new slips (SLIP-3)."""
        return self.exclude(state="settled")
