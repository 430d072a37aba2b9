"""How far people are."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.querysets import seen_by
from core.lists import Empty, TableDataWith
from performance.filters import (
    AttainingFilter,
)
from performance.lists.base import PerformanceList
from performance.navigation import file_acts, periods
from performance.permissions import can_set_targets
from performance.querysets import SEE_ALL
from performance.reads.attaining import attainments, sold_by_in
from performance.rules.periods import Period
from performance.tables.targets import AttainingTable
from performance.words import period_name


class TargetList(PerformanceList):
    """How far people are in a period. `about`: the period."""

    key = "targets"
    title = _("Targets")
    table = AttainingTable
    filterset = AttainingFilter
    fixed = ("name",)
    confidential = True
    clauses = ("TAR-1", "COMM-1")
    page_template = "performance/targets.html"
    nothing = Empty(
        _("Nobody to show"),
        _("No salesperson whose figures you may see is employed in this period."),
        "target",
    )

    @property
    def period(self) -> Period:
        period: Period = self.about["period"]
        return period

    def rows(self) -> QuerySet[Person]:
        return seen_by(sold_by_in(self.period), self.user, everything=SEE_ALL, person="id")

    def records(self, found: QuerySet[Person], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, self._attained)

    def _attained(self, people: list[Any]) -> list[Any]:
        of = attainments(self.period, people, [person.pk for person in people])
        for person in people:
            person.attained = of[person.pk]
        return people

    def table_options(self) -> Mapping[str, Any]:
        options: dict[str, Any] = {"period": self.period}
        if not can_set_targets(self.user):
            options["exclude"] = ("change",)
        return options

    def context(self) -> Mapping[str, Any]:
        return {
            **super().context(),
            "acts": file_acts(self.period, self.user),
            "period": self.period,
            "period_name": period_name(self.period),
            "periods": periods(self.period, "targets"),
        }
