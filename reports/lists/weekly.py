"""The list of weekly reports, and the board of a week (REP-1)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists import Empty, ListTable, Stat
from core.templatetags.house import count
from policy.querysets import workdays
from reports.filters.weekly import BoardFilter, WeeklyFilter
from reports.lists.meetings import Acts, ReportsList
from reports.models import WeeklyReport
from reports.navigation import reports_tabs
from reports.permissions import can_write_weekly
from reports.reads.weekly_board import board_rows
from reports.rules.weekly import WEEK, due_at
from reports.tables.weekly import BoardTable, WeeklyTable, week_said


class OfReports(ReportsList):
    """A list about reports, with their tabs."""

    def context(self) -> Mapping[str, Any]:
        return {**super().context(), "tabs": reports_tabs(self.request)}


class WeeklyList(OfReports):
    """Weekly reports: one's own, and those handed in by those one leads."""

    key = "weekly_reports"
    title = _("Weekly reports")
    table = WeeklyTable
    filterset = WeeklyFilter
    fixed = ("monday", "person")
    clauses = ("REP-1",)
    nothing = Empty(
        _("No reports"), _("A report stands here once its writer has handed it in."), "file-text"
    )

    def rows(self) -> QuerySet[Any]:
        return WeeklyReport.objects.visible_to(self.user).select_related("person")

    def acts(self) -> Acts:
        if can_write_weekly(self.user):
            return [(reverse("weekly_mine"), _("Write my report"), "pencil")]
        return ()


class WeeklyBoard(OfReports):
    """A week: everybody one sees who owes a report, and how it stands. `about`: its Monday."""

    key = "weekly_board"
    table = BoardTable
    filterset = BoardFilter
    fixed = ("name", "standing")
    page_template = "reports/weekly_board.html"
    clauses = ("REP-1",)
    nothing = Empty(
        _("Nobody owes a report"),
        _("Whoever works here as a salesperson for the whole week owes one."),
        "file-text",
    )

    @property
    def title(self) -> str:
        return gettext("Weekly reports %(week)s") % {"week": week_said(self.monday)}

    @cached_property
    def monday(self) -> date:
        return self.about["monday"]

    def rows(self) -> QuerySet[Any]:
        return board_rows(self.user, self.monday)

    def table_options(self) -> Mapping[str, Any]:
        return {"due": due_at(self.monday, workdays())}

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        came = Q(handed_in_at__isnull=False)
        sums = found.order_by().aggregate(
            owed=Count("pk"),
            came=Count("pk", filter=came),
            late=Count("pk", filter=Q(is_late=True)),
            to_read=Count("pk", filter=Q(standing="handed_in")),
        )
        return [
            Stat(gettext("Owe a report"), count(sums["owed"])),
            Stat(pgettext("weekly report", "Handed in"), count(sums["came"])),
            Stat(gettext("Of these late"), count(sums["late"])),
            Stat(pgettext("weekly report", "Missing"), count(sums["owed"] - sums["came"])),
            Stat(gettext("To read"), count(sums["to_read"])),
        ]

    def context(self) -> Mapping[str, Any]:
        after = self.monday + WEEK
        return {
            **super().context(),
            "before": self.monday - WEEK,
            "after": after if after <= clock.today() else None,
            "monday": self.monday,
            "due": due_at(self.monday, workdays()),
        }
