"""The lists of claims, and of one's own orders before spending (EXP)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.filters.claims import ExpenseFilter, OrderFilter, WaitingFilter
from claims.models import Expense
from claims.navigation import claim_tabs
from claims.permissions import can_claim, can_decide, can_decide_claims
from claims.querysets import DECIDES_CLAIMS, SEE_ALL_CLAIMS
from claims.services import ClaimsRefused, expense_approve
from claims.standing import standings_of, verdicts_if_approved
from claims.tables.claims import AllowanceTable, ExpenseTable, WaitingTable
from core.lists import Bulk, Empty, List, ListTable, RowRefused, Stat, TableDataWith
from core.money import ZERO
from core.permissions import require
from core.templatetags.house import yuan
from orders.models import Order
from policy.clauses import clause_of
from policy.querysets import policy_book


class ExpenseList(List):
    """The claims one may see, the latest first."""

    key = "expenses"
    title = _("Expense claims")
    table = ExpenseTable
    filterset = ExpenseFilter
    fixed = ("claim_no", "order")
    page_template = "lists/chapter.html"
    nothing_found = Empty(
        _("Nothing found"),
        _("No claim fits the search. Try fewer letters, or any state."),
        "search",
    )

    def rows(self) -> QuerySet[Expense]:
        return Expense.objects.visible_to(self.user)

    def records(self, found: QuerySet[Expense], *, first: int, count: int) -> QuerySet[Expense]:
        return found.select_related("person", "order__customer")

    @cached_property
    def sees_others(self) -> bool:
        roles = (*SEE_ALL_CLAIMS, *DECIDES_CLAIMS)
        return bool(self.user.is_superuser or self.user.has_role(*roles))

    def table_options(self) -> Mapping[str, Any]:
        return {} if self.sees_others else {"exclude": ("person",)}

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose",)

    def sums(self, found: QuerySet[Expense], table: ListTable) -> Sequence[Stat]:
        spent = found.aggregate(spent=Sum("amount", default=ZERO))["spent"]
        return [
            Stat(_("Claims"), intcomma(table.paginator.count)),
            Stat(_("Claimed"), yuan(spent)),
        ]

    def empty(self) -> Empty:
        if can_claim(self.user):
            return Empty(
                _("No claims yet"),
                _("Travel and meals for a signed order are paid in part: look up how much."),
                "receipt",
                reverse("allowance"),
                _("Before spending"),
            )
        return Empty(_("No claims"), _("Nobody whose claims you may see has made one."), "receipt")

    def context(self) -> Mapping[str, Any]:
        return {"tabs": claim_tabs(self.request), "clauses": [clause_of("EXP-1")]}


def _approve(*, row: Expense, actor: Any) -> bool:
    if row.approved_on is not None:
        return False
    require(can_decide(actor, row))
    try:
        expense_approve(claim=row, actor=actor)
    except ClaimsRefused as refusal:
        raise RowRefused(str(refusal)) from None
    return True


class WaitingList(List):
    """The claims that wait for one's own word, the oldest first, each with what it would pay."""

    key = "expenses_to_decide"
    title = _("Claims to decide")
    table = WaitingTable
    filterset = WaitingFilter
    fixed = ("claim_no", "order")
    bulk = (Bulk("approve", _("Approve"), can_decide_claims, _approve),)
    page_template = "lists/chapter.html"
    nothing = Empty(
        _("Nothing to decide"), _("Claims of your people wait here for your word."), "check-check"
    )

    def rows(self) -> QuerySet[Expense]:
        waiting = Expense.objects.to_decide_by(self.user)
        return waiting.select_related("person", "order__customer")

    def records(self, found: QuerySet[Expense], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, _with_what_they_pay)

    def context(self) -> Mapping[str, Any]:
        return {"tabs": claim_tabs(self.request), "clauses": [clause_of("EXP-1")]}


def _with_what_they_pay(claims: list[Any]) -> list[Any]:
    """Each as if it alone were approved now."""
    found = verdicts_if_approved(claims)
    for claim in claims:
        claim.pays = found[claim.pk].gets
    return claims


class AllowanceList(List):
    """One's own orders, with what each can still pay today."""

    key = "allowance"
    title = _("Before spending")
    table = AllowanceTable
    filterset = OrderFilter
    fixed = ("order_no", "travel", "meal")
    page_template = "lists/chapter.html"
    nothing = Empty(
        _("No orders of your own"), _("Travel and meals are paid for signed orders."), "file-text"
    )

    def rows(self) -> QuerySet[Order]:
        return Order.objects.filter(person=self.user.person).select_related("customer")

    def records(self, found: QuerySet[Order], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, self._with_standings)

    def _with_standings(self, orders: list[Any]) -> list[Any]:
        found = standings_of(orders, self.user.person, book=policy_book())
        for order in orders:
            order.standings = found[order.pk]
        return orders

    def context(self) -> Mapping[str, Any]:
        clauses = [clause_of(rule) for rule in ("EXP-1", "EXP-2", "EXP-3")]
        return {"tabs": claim_tabs(self.request), "clauses": clauses}
