"""Finding a meeting or a decision among many."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.lists.search import choice_filter, day_filter, found_by, search_filter
from payroll.people_filters import OwnedFilter
from reports.models import Meeting, MeetingDecision, MeetingSeries
from reports.models.meetings import Kind


class TeamedFilter(django_filters.FilterSet):
    """What is held for a team: among the teams there are in these rows."""

    team = choice_filter(_("Team"), _("Any team"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = self.queryset.order_by("team").values_list("team", flat=True).distinct()
        self.filters["team"].extra["choices"] = [(team, team) for team in teams if team]


class MeetingFilter(TeamedFilter):
    """Search by title, place or chair; kind, how it stands, from and to which day."""

    q = search_filter(_("Title, place, chair or pinyin"), method="search")
    kind = choice_filter(_("Kind"), _("Any kind"), choices=Kind.choices)
    state = choice_filter(_("State"), _("Any state"), choices=Meeting.State.choices)
    when = choice_filter(
        _("When"),
        _("Any time"),
        method="in_time",
        choices=[
            ("today", _("today")),
            ("coming", pgettext_lazy("day", "to come")),
            ("past", _("past")),
        ],
    )
    first = day_filter(_("From"), field_name="on", lookup_expr="gte")
    last = day_filter(_("To"), field_name="on", lookup_expr="lte")

    class Meta:
        model = Meeting
        fields = ["kind", "state", "team"]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return found_by(wanted, rows, texts=["title", "place"], named=[("chair", "employee_no")])

    def in_time(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        today = clock.today()
        asked = {"today": {"on": today}, "coming": {"on__gt": today}, "past": {"on__lt": today}}
        return rows.filter(**asked[wanted])


class SeriesFilter(TeamedFilter):
    q = search_filter(_("Title, place, chair or pinyin"), method="search")

    class Meta:
        model = MeetingSeries
        fields = ["team"]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return found_by(wanted, rows, texts=["title", "place"], named=[("chair", "employee_no")])


class DecisionFilter(OwnedFilter):
    """Search by text or owner; whether it is done or overdue; whose."""

    PERSON = "owner"
    TEXTS = ("text", "meeting__title")
    PLACEHOLDER = _("Decision, name or pinyin")

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[("open", _("still to do")), ("overdue", _("overdue")), ("done", _("done"))],
    )

    class Meta:
        model = MeetingDecision
        fields: list[str] = []

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        if wanted == "done":
            return rows.exclude(done_at=None)
        late = Q(due_on__lt=clock.today()) if wanted == "overdue" else Q()
        return rows.filter(late, done_at=None)
