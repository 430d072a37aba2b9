"""What is owed by its age, and the supervisor's board (DUE-1)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import F, QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists import Empty, List, ListTable, Stat
from core.navigation import due_tabs
from core.templatetags.house import yuan
from policy.clauses import clause_of
from receivables.filters.unpaid import UnpaidFilter
from receivables.models import UnpaidDelivery
from receivables.permissions import can_see_board
from receivables.querysets.ageing import ages_in_all, board_rows, board_sums, by_age
from receivables.rules.ageing import BUCKETS
from receivables.tables.ageing import DAYS, AgeingPeopleTable, AgeingTable, BoardTable

MOST_DRAWN = 10
COLOURS = ("#2f9e6e", "#8fbf4d", "#e8b339", "#e07b39", "#b3261e")


class _Grouped(List):
    """Open deliveries one may see; the table has a line for a group of them."""

    title = pgettext_lazy("menu", "Due")
    filterset = UnpaidFilter
    fixed = ("name",)

    def rows(self) -> QuerySet[UnpaidDelivery]:
        return UnpaidDelivery.objects.visible_to(self.user).open()

    def empty(self) -> Empty:
        return Empty(
            _("Nothing is unpaid"),
            _("All deliveries you may see are paid up to last night."),
            "circle-check-big",
        )


class AgeingList(_Grouped):
    """What is owed, by customer."""

    key = "ageing"
    table = AgeingTable
    page_template = "receivables/ageing.html"
    found_template = "receivables/_ageing_found.html"
    group: ClassVar[Mapping[str, Any]] = {
        "number": F("order__customer__customer_no"),
        "name": F("order__customer__name"),
    }

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return by_age(found, clock.today(), **self.group)

    @cached_property
    def sees_others(self) -> bool:
        return bool(can_see_board(self.user))

    @cached_property
    def _ages(self) -> dict[str, Any]:
        return ages_in_all(self.found, clock.today())

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        ages = [Stat(DAYS[n], yuan(self._ages[f"age_{n}"])) for n in range(len(BUCKETS))]
        return [Stat(_("Unpaid"), yuan(self._ages["owed"])), *ages]

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": due_tabs(self.request),
            "clause": clause_of("DUE-1"),
            "by": self.key,
            "chart": self._chart(),
        }

    def _chart(self) -> dict[str, Any]:
        """Bars of whoever owes most, in parts by age: what `charts.js` draws."""
        most = list(by_age(self.found, clock.today(), **self.group).order_by("-owed")[:MOST_DRAWN])
        return {
            "type": "bar",
            "data": {
                "labels": [each["name"] for each in most],
                "datasets": [
                    {
                        "label": str(DAYS[n]),
                        "backgroundColor": COLOURS[n],
                        "data": [float(each[f"age_{n}"]) for each in most],
                    }
                    for n in range(len(BUCKETS))
                ],
            },
            "options": {
                "indexAxis": "y",
                "animation": False,
                "maintainAspectRatio": False,
                "scales": {
                    "x": {"stacked": True, "title": {"display": True, "text": gettext("yuan")}},
                    "y": {"stacked": True, "ticks": {"autoSkip": False}},
                },
            },
        }


class AgeingPeopleList(AgeingList):
    """What is owed, by salesperson."""

    key = "ageing_people"
    table = AgeingPeopleTable
    group: ClassVar[Mapping[str, Any]] = {
        "number": F("order__person__employee_no"),
        "name": F("order__person__name"),
    }


class BoardList(_Grouped):
    """By salesperson what is unpaid, and how it is being collected."""

    key = "due_board"
    table = BoardTable
    page_template = "receivables/unpaid.html"

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return board_rows(found, clock.today())

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        sums = board_sums(found, clock.today())
        return [
            Stat(_("Unpaid"), yuan(sums["owed"])),
            Stat(_("Escalated"), intcomma(sums["escalated"])),
            Stat(_("Without a plan"), intcomma(sums["unplanned"])),
            Stat(_("Promises broken"), intcomma(sums["broken"])),
        ]

    def context(self) -> Mapping[str, Any]:
        return {"tabs": due_tabs(self.request), "clause": clause_of("DUE-1")}
