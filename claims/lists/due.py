"""The list of goods that should be back (GOOD-1)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.filters.due import LoanFilter
from claims.models import Loan
from claims.querysets import SEE_ALL_GOODS
from claims.tables.due import LoanTable
from core import clock
from core.lists import Empty, List, ListTable, Stat
from core.money import ZERO
from core.navigation import due_tabs
from core.templatetags.house import yuan
from policy.clauses import clause_of
from policy.querysets import policy_book
from policy.rules import PolicyBook


class LoanList(List):
    """The overdue loans one may see, the longest overdue first; the sum is of all found."""

    key = "overdue_loans"
    title = pgettext_lazy("menu", "Due")
    table = LoanTable
    filterset = LoanFilter
    fixed = ("item",)
    page_template = "claims/loans.html"
    nothing_found = Empty(
        _("Nothing found"),
        _("No overdue loan fits the search. Try fewer letters, or all of them."),
        "search",
    )

    @cached_property
    def book(self) -> PolicyBook:
        return policy_book()

    def rows(self) -> QuerySet[Loan]:
        return Loan.objects.visible_to(self.user).overdue(clock.today(), book=self.book)

    def records(self, found: QuerySet[Loan], *, first: int, count: int) -> QuerySet[Loan]:
        return found.select_related("person")

    @cached_property
    def sees_others(self) -> bool:
        return bool(self.user.is_superuser or self.user.has_role(*SEE_ALL_GOODS, "supervisor"))

    def table_options(self) -> Mapping[str, Any]:
        return {"book": self.book, "exclude": () if self.sees_others else ("person",)}

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose",)

    def sums(self, found: QuerySet[Loan], table: ListTable) -> Sequence[Stat]:
        worth = found.aggregate(worth=Sum("price", default=ZERO))["worth"]
        return [
            Stat(_("Loans"), intcomma(table.paginator.count)),
            Stat(_("Price"), yuan(worth)),
        ]

    def empty(self) -> Empty:
        why = (
            _("All goods you may see are back, or their time is not up.")
            if self.sees_others
            else _("You have no goods whose time is up.")
        )
        return Empty(_("Nothing is overdue"), why, "circle-check-big")

    def context(self) -> Mapping[str, Any]:
        return {"tabs": due_tabs(self.request), "clause": clause_of("GOOD-1")}
