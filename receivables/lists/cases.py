"""The list of bad-debt cases."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists import Empty, List, ListTable, Stat, TableDataWith
from core.money import ZERO
from core.navigation import due_tabs
from core.templatetags.house import yuan
from policy.clauses import clause_of
from receivables.filters.cases import CaseFilter
from receivables.models import BadDebt, LegalCost
from receivables.permissions.cases import can_open_cases
from receivables.querysets.cases import owed_on
from receivables.querysets.unpaid import SEE_ALL_MONEY
from receivables.tables.cases import CaseTable


class CaseList(List):
    """The cases one may see, the open ones first; the sums are of all found."""

    key = "bad_debts"
    title = _("Bad debts")
    table = CaseTable
    filterset = CaseFilter
    fixed = ("customer",)
    page_template = "receivables/cases.html"
    nothing_found = Empty(
        _("Nothing found"),
        _("No case fits the search and the state. Try fewer letters, or any state."),
        "search",
    )

    def rows(self) -> QuerySet[BadDebt]:
        found: QuerySet[BadDebt] = BadDebt.objects.visible_to(self.user).standing().with_cost()
        return found

    def records(self, found: QuerySet[BadDebt], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found.select_related("order__customer", "order__person"), _with_owed)

    @cached_property
    def sees_others(self) -> bool:
        return bool(self.user.is_superuser or self.user.has_role(*SEE_ALL_MONEY, "supervisor"))

    def table_options(self) -> Mapping[str, Any]:
        return {} if self.sees_others else {"exclude": ("salesperson",)}

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose",)

    def sums(self, found: QuerySet[BadDebt], table: ListTable) -> Sequence[Stat]:
        ids = found.order_by().values("pk")
        cases = BadDebt.objects.filter(pk__in=ids)
        counts = cases.aggregate(
            open=Count("id", filter=Q(outcome="")),
            dead=Count("id", filter=Q(outcome="dead")),
        )
        costs = LegalCost.objects.filter(case__in=ids).aggregate(sum=Sum("amount", default=ZERO))
        return [
            Stat(_("Open cases"), intcomma(counts["open"])),
            Stat(_("Dead debts"), intcomma(counts["dead"])),
            Stat(_("Legal costs"), yuan(costs["sum"])),
        ]

    def empty(self) -> Empty:
        if self.sees_others:
            return Empty(
                _("No bad debts"),
                _(
                    "A case is opened once a customer will not pay or is gone, on what was "
                    "delivered and is unpaid."
                ),
                "gavel",
            )
        return Empty(
            _("No bad debts"),
            _("No case was opened on your orders: as things stand the year end pays back."),
            "circle-check-big",
        )

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": due_tabs(self.request),
            "clause": clause_of("RES-3"),
            "can_open": can_open_cases(self.user),
        }


def _with_owed(cases: list[Any]) -> list[Any]:
    """Cases with what is unpaid of their orders now. Two queries."""
    owed = owed_on([case.order_id for case in cases], clock.today())
    for case in cases:
        case.owed = owed[case.order_id]
    return cases
