"""The list of prefectures (CUS-5)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.lists import Empty, TableDataWith
from customers.filters.agents import PrefectureFilter
from customers.lists.secrets import NamesCustomers
from customers.models import Agency, Prefecture
from customers.navigation.projects import project_tabs
from customers.permissions.agents import can_add_prefecture
from customers.tables.agents import PrefectureTable
from policy.clauses import clause_of


class PrefectureList(NamesCustomers):
    """All prefectures; of the agents in them those one may see, of others that there are some."""

    key = "prefectures"
    title = _("Agents by prefecture")
    table = PrefectureTable
    filterset = PrefectureFilter
    fixed = ("name", "standing")
    page_template = "lists/chapter.html"
    nothing = Empty(_("No prefectures yet"), _("The manager puts prefectures on the list."), "map")

    def rows(self) -> QuerySet[Prefecture]:
        return Prefecture.objects.with_standing()

    def records(self, found: Any, *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, self._with_agents)

    def _with_agents(self, rows: list[Any]) -> list[Any]:
        """Each with the agents one may see, and how many others there are. Two queries."""
        standing = Agency.objects.standing().filter(prefecture__in=rows)
        seen: dict[int, list[Agency]] = {}
        for each in standing.visible_to(self.user).select_related("customer__owner"):
            seen.setdefault(each.prefecture_id, []).append(each)
        all_there = list(standing.order_by().values_list("prefecture_id", flat=True))
        for row in rows:
            row.seen = seen.get(row.pk, [])
            row.others = all_there.count(row.pk) - len(row.seen)
        return rows

    def context(self) -> Mapping[str, Any]:
        acts = []
        if can_add_prefecture(self.user):
            acts.append((reverse("prefecture_new"), _("Add a prefecture"), "map"))
        return {
            "tabs": project_tabs(self.request),
            "acts": acts,
            "clauses": [clause_of("CUS-5")],
        }
