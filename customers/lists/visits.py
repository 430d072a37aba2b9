"""The list of visits (VIS-1)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.lists import Empty, List
from customers.filters.visits import VisitFilter
from customers.lists.secrets import NamesCustomers
from customers.models import Visit
from customers.navigation.visits import visit_tabs
from customers.permissions.visits import can_record_visit, leads_sellers
from customers.tables.visits import VisitTable
from policy.clauses import clause_of

Acts = Sequence[tuple[str, Any, str]]


class VisitsList(List):
    """A list about visits: with its tabs, and what can be begun from it."""

    page_template = "lists/chapter.html"
    clauses: tuple[str, ...] = ()

    def acts(self) -> Acts:
        """What can be begun here: address, label, icon."""
        return ()

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": visit_tabs(self.request),
            "acts": self.acts(),
            "clauses": [clause_of(rule) for rule in self.clauses],
        }

    def table_options(self) -> Mapping[str, Any]:
        return {} if leads_sellers(self.user) else {"exclude": ("person",)}

    def filters_left_out(self) -> Iterable[str]:
        return () if leads_sellers(self.user) else ("whose",)


class VisitList(NamesCustomers, VisitsList):
    """The visits one may see, the latest first."""

    key = "visits"
    title = _("Visits")
    table = VisitTable
    filterset = VisitFilter
    fixed = ("customer", "at")
    clauses = ("VIS-1", "VIS-2")
    nothing_found = Empty(
        _("Nothing found"),
        _("No visit fits the search. Try fewer letters, or other days."),
        "search",
    )

    def rows(self) -> QuerySet[Visit]:
        return Visit.objects.visible_to(self.user).select_related("customer", "person")

    def acts(self) -> Acts:
        if can_record_visit(self.user):
            return [(reverse("visit_new"), _("Record a visit"), "map-pin-plus")]
        return ()

    def empty(self) -> Empty:
        if can_record_visit(self.user):
            return Empty(
                _("No visits yet"),
                _("Each visit to a customer is recorded on its day; it gives a point."),
                "map-pin",
                reverse("visit_new"),
                _("Record a visit"),
            )
        return Empty(
            _("No visits yet"), _("Nobody whose visits you may see has recorded one."), "map-pin"
        )
