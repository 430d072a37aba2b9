"""The list of oral reports (REP-2)."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.lists import Empty
from reports.filters.weekly import OralFilter
from reports.lists.meetings import Acts
from reports.lists.weekly import OfReports
from reports.models import OralReport
from reports.permissions import can_read_team
from reports.tables.weekly import OralTable


class OralList(OfReports):
    """Oral reports that were ticked: one's own, and of those one leads."""

    key = "oral_reports"
    title = _("Oral reports")
    table = OralTable
    filterset = OralFilter
    fixed = ("on", "person")
    clauses = ("REP-2",)
    nothing = Empty(
        _("No oral reports"),
        _("Whoever hears the daily report ticks it; then it stands here."),
        "mic",
    )

    def rows(self) -> QuerySet[Any]:
        return OralReport.objects.visible_to(self.user)

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return found.select_related("person", "heard_by__person")

    def acts(self) -> Acts:
        if can_read_team(self.user):
            return [(reverse("oral_today"), _("Tick today's"), "check")]
        return ()
