"""The lists of meetings, of their series, and of what they decided (MEET-1)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.lists import Empty, List
from policy.clauses import clause_of
from reports.filters.meetings import DecisionFilter, MeetingFilter, SeriesFilter
from reports.models import Meeting, MeetingDecision, MeetingSeries
from reports.navigation import tabs
from reports.permissions import can_keep_series, can_plan_meeting
from reports.tables.meetings import DecisionTable, MeetingTable, SeriesTable

Acts = Sequence[tuple[str, Any, str]]


class ReportsList(List):
    """A list of this app: with its tabs, and what can be begun from it."""

    page_template = "lists/chapter.html"
    clauses: tuple[str, ...] = ()

    def acts(self) -> Acts:
        """What can be begun here: address, label, icon."""
        return ()

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": tabs(self.request),
            "acts": self.acts(),
            "clauses": [clause_of(rule) for rule in self.clauses],
        }


class MeetingList(ReportsList):
    """The meetings one may see: from today on the next first, then the latest of the past."""

    key = "meetings"
    title = _("Meetings")
    table = MeetingTable
    filterset = MeetingFilter
    fixed = ("title", "starts_at")
    clauses = ("MEET-1", "MEET-2")
    nothing = Empty(
        _("No meetings"),
        _("Once a series is kept, its meetings stand here two weeks ahead."),
        "users-round",
    )

    def rows(self) -> QuerySet[Meeting]:
        return Meeting.objects.visible_to(self.user).nearest_first()

    def records(self, found: QuerySet[Meeting], *, first: int, count: int) -> QuerySet[Meeting]:
        return found.select_related("chair")

    def acts(self) -> Acts:
        if can_plan_meeting(self.user):
            return [(reverse("meeting_new"), _("Plan a meeting"), "plus")]
        return ()


class SeriesList(ReportsList):
    """The series of meetings one may see."""

    key = "meeting_series"
    title = _("Series of meetings")
    table = SeriesTable
    filterset = SeriesFilter
    fixed = ("title",)
    clauses = ("MEET-1",)
    nothing = Empty(
        _("No series"),
        _("The manager keeps them: the morning meeting, the weekly meeting, the summary."),
        "repeat",
    )

    def rows(self) -> QuerySet[MeetingSeries]:
        return MeetingSeries.objects.visible_to(self.user)

    def records(
        self, found: QuerySet[MeetingSeries], *, first: int, count: int
    ) -> QuerySet[MeetingSeries]:
        return found.select_related("chair")

    def table_options(self) -> Mapping[str, Any]:
        return {"keeps": bool(can_keep_series(self.user))}

    def acts(self) -> Acts:
        if can_keep_series(self.user):
            return [(reverse("series_new"), _("Begin a series"), "plus")]
        return ()


class DecisionList(ReportsList):
    """What the meetings one may see have decided, what is due first on top."""

    key = "meeting_decisions"
    title = _("Decisions of meetings")
    table = DecisionTable
    filterset = DecisionFilter
    fixed = ("text", "owner")
    clauses = ("MEET-1",)
    nothing = Empty(
        _("No decisions"), _("What a meeting decides stands here until it is done."), "list-checks"
    )

    def rows(self) -> QuerySet[MeetingDecision]:
        return MeetingDecision.objects.visible_to(self.user)

    def records(
        self, found: QuerySet[MeetingDecision], *, first: int, count: int
    ) -> QuerySet[MeetingDecision]:
        return found.select_related("owner", "meeting")
