"""The list of activities."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.lists import Empty
from performance.filters import (
    ActivityFilter,
)
from performance.lists.base import PerformanceList
from performance.models import Activity
from performance.permissions import can_plan_activity
from performance.tables.activities import ActivityTable


class ActivityList(PerformanceList):
    """The activities one may see: planned, approved, carried out (PLAN-1)."""

    key = "activities"
    title = _("Activities")
    table = ActivityTable
    filterset = ActivityFilter
    fixed = ("title", "starts_on")
    clauses = ("PLAN-1",)
    nothing = Empty(
        _("No activities"), _("Whoever sells plans them; the manager approves."), "calendar-heart"
    )

    def rows(self) -> QuerySet[Activity]:
        return Activity.objects.visible_to(self.user).select_related("planner")

    def context(self) -> Mapping[str, Any]:
        acts = []
        if can_plan_activity(self.user):
            acts = [(reverse("activity_new"), gettext("Plan an activity"), "plus")]
        return {**super().context(), "acts": acts}
