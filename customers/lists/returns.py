"""The list of return visits due: by the interval (VIS-3) and by level (VIS-5)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists import Empty, ListTable, Stat
from core.months import Month
from customers.filters.returns import ReturnFilter
from customers.lists.secrets import NamesCustomers
from customers.lists.visits import VisitsList
from customers.models import Customer
from customers.permissions.visits import can_record_visit, leads_sellers
from customers.querysets.returns import AHEAD, due_by_either, quiet_on, short_of_visits
from customers.tables.returns import ReturnTable
from policy.querysets import policy_book
from policy.rules import Policy


class ReturnList(NamesCustomers, VisitsList):
    """The customers one sees whose return visit is overdue or due within a week, and those who had
    fewer visits this month than their level asks for."""

    key = "returns_due"
    title = _("Return visits due")
    table = ReturnTable
    filterset = ReturnFilter
    fixed = ("name", "due_on")
    clauses = ("VIS-3", "VIS-5")
    nothing = Empty(
        _("No return visit is due"),
        _("Every customer was called on within the interval, and as often as their level asks."),
        "circle-check-big",
    )

    @cached_property
    def policy(self) -> Policy:
        return policy_book().on(clock.today())

    @cached_property
    def interval(self) -> int:
        return self.policy.return_visit_days

    def rows(self) -> QuerySet[Customer]:
        seen = Customer.objects.visible_to(self.user).select_related("owner")
        today = clock.today()
        return due_by_either(seen, today + AHEAD, Month.of(today), self.policy)

    def table_options(self) -> Mapping[str, Any]:
        options: dict[str, Any] = {
            "interval": self.interval,
            "records_visits": bool(can_record_visit(self.user)),
        }
        return options if leads_sellers(self.user) else {**options, "exclude": ("owner",)}

    def sums(self, found: QuerySet[Customer], table: ListTable) -> Sequence[Stat]:
        late = quiet_on(found, until=clock.today() - timedelta(days=self.interval + 1))
        return [
            Stat(_("Customers"), intcomma(table.paginator.count)),
            Stat(_("Overdue"), intcomma(late.count())),
            Stat(_("Short of their level's visits"), intcomma(short_of_visits(found).count())),
        ]
