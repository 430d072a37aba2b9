"""The lists of plans of the day and of the learning log (PLAN-2, S4.8)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists import Empty
from reports.filters.days import PlanFilter, ProblemFilter
from reports.lists.meetings import ReportsList
from reports.models import DayPlan, Learning
from reports.tables.days import PlanTable, ProblemTable


class PlanList(ReportsList):
    """Plans of the day: one's own, and of those one leads."""

    key = "day_plans"
    title = _("Plans of the day")
    table = PlanTable
    filterset = PlanFilter
    fixed = ("date", "person")
    clauses = ("MEET-1",)
    nothing = Empty(
        _("No plans"), _("Salespeople write in the morning what they mean to do."), "clipboard-list"
    )

    def rows(self) -> QuerySet[Any]:
        return DayPlan.objects.visible_to(self.user).select_related("person")


class ProblemList(ReportsList):
    """The learning log: one's own, and of those one leads."""

    key = "learning_log"
    title = _("Learning log")
    table = ProblemTable
    filterset = ProblemFilter
    fixed = ("text", "person")
    clauses = ("MEET-1",)
    nothing = Empty(
        _("No problems"),
        _("What salespeople come upon on the road stands here; the next meeting talks about it."),
        "lightbulb",
    )

    def rows(self) -> QuerySet[Any]:
        return Learning.objects.visible_to(self.user).select_related("person")
