"""The list of what customers have not paid (DUE-1)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.lists import Empty, List, ListTable, Stat
from core.navigation import due_tabs
from core.templatetags.house import yuan
from policy.clauses import clause_of
from receivables.filters.unpaid import UnpaidFilter
from receivables.models import UnpaidDelivery
from receivables.querysets.unpaid import SEE_ALL_MONEY, were_looked_at
from receivables.tables.unpaid import UnpaidTable


class UnpaidList(List):
    """The unpaid deliveries one may see, the oldest first; the sums are of all found."""

    key = "unpaid"
    title = pgettext_lazy("menu", "Due")
    table = UnpaidTable
    filterset = UnpaidFilter
    fixed = ("customer",)
    page_template = "receivables/unpaid.html"
    found_template = "receivables/_unpaid_found.html"
    nothing_found = Empty(
        _("Nothing found"),
        _("No unpaid delivery fits the search. Try fewer letters, or all of them."),
        "search",
    )

    def rows(self) -> QuerySet[UnpaidDelivery]:
        return UnpaidDelivery.objects.visible_to(self.user).open()

    def records(
        self, found: QuerySet[UnpaidDelivery], *, first: int, count: int
    ) -> QuerySet[UnpaidDelivery]:
        return found.select_related("order__customer", "order__person")

    @cached_property
    def sees_others(self) -> bool:
        return bool(self.user.is_superuser or self.user.has_role(*SEE_ALL_MONEY, "supervisor"))

    def table_options(self) -> Mapping[str, Any]:
        return {} if self.sees_others else {"exclude": ("salesperson",)}

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose",)

    @cached_property
    def _sums(self) -> dict[str, Any]:
        found: Any = self.found
        return dict(found.sums())

    def sums(self, found: QuerySet[UnpaidDelivery], table: ListTable) -> Sequence[Stat]:
        sums = self._sums
        return [
            Stat(_("Deliveries"), intcomma(sums["deliveries"])),
            Stat(_("Unpaid"), yuan(sums["owed"])),
            Stat(_("Escalated"), intcomma(sums["escalated"])),
            Stat(_("Escalated, unpaid"), yuan(sums["escalated_owed"])),
        ]

    def empty(self) -> Empty:
        if not were_looked_at():
            return Empty(
                _("Not looked at yet"),
                _(
                    "Every day at 00:20 the program looks at what was delivered and not paid. "
                    "The first list comes with the first deliveries."
                ),
                "hourglass",
            )
        why = (
            _("All deliveries you may see are paid up to last night.")
            if self.sees_others
            else _("All deliveries on your orders are paid up to last night.")
        )
        return Empty(_("Nothing is unpaid"), why, "circle-check-big")

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": due_tabs(self.request),
            "clause": clause_of("DUE-1"),
            "as_of": self._sums["as_of"],
        }
