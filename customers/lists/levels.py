"""Visits of a month by customer level, person by person (VIS-5)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.querysets import seen_by
from core import clock
from core.lists import Empty, ListTable, Stat, TableDataWith
from core.months import Month
from core.templatetags.house import month_name
from customers.filters.levels import LevelFilter, month_asked
from customers.lists.visits import VisitsList
from customers.permissions.visits import leads_sellers
from customers.querysets.files import SEE_ALL_CUSTOMERS
from customers.querysets.levels import visited_by_owner
from customers.rules.levels import LEVELS, asked_of
from customers.tables.levels import LevelTable
from policy.querysets import policy_book
from policy.rules import Policy

_COUNTED = _(
    "Counted in person, once a customer and day, whoever called; of customers with a level who "
    "were on file before the month began. Whoever is not to be disturbed is left out where a "
    "telephone salesperson has them."
)
_THEN = _(
    "Customers count at who had them when that month ended; their level is today's, and so is the "
    "do-not-disturb mark. Who may not see a customer any more sees no name."
)


class LevelList(VisitsList):
    """The salespeople of a month whom one sees, each with what its visits were and should be."""

    key = "visit_levels"
    title = _("Visits by level")
    table = LevelTable
    filterset = LevelFilter
    fixed = ("name",)
    clauses = ("VIS-5",)
    page_template = "customers/levels.html"
    nothing = Empty(
        _("Nobody sells here"), _("Nobody whose visits you may see is a salesperson."), "users"
    )

    @cached_property
    def month(self) -> Month:
        return month_asked(self.request.GET.get("month", ""))

    @cached_property
    def policy(self) -> Policy:
        return policy_book().on(self.month.last_day)

    def rows(self) -> QuerySet[Person]:
        here = Person.objects.salespeople().employed_in(self.month)
        return seen_by(here, self.user, everything=SEE_ALL_CUSTOMERS, person="pk")

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, self._with_visits)

    def _with_visits(self, people: list[Any]) -> list[Any]:
        visited = visited_by_owner(people, self.month, self.user)
        for each in people:
            each.visited = visited.get(each.pk, [])
        return people

    def table_options(self) -> Mapping[str, Any]:
        return {"policy": self.policy, "is_current": self.month == Month.of(clock.today())}

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        asked = " · ".join(f"{level} {asked_of(level, self.policy)}" for level in LEVELS)
        return [
            Stat(_("Month"), month_name(self.month)),
            Stat(_("Visits a month, by level"), asked),
        ]

    def filters_left_out(self) -> Iterable[str]:
        return () if leads_sellers(self.user) else ("team",)

    def context(self) -> Mapping[str, Any]:
        is_past = self.month < Month.of(clock.today())
        return {**super().context(), "notes": [_COUNTED, _THEN] if is_past else [_COUNTED]}
