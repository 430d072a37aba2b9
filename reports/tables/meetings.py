"""Lists of meetings, series and decisions."""

from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lists import ListTable, MomentColumn
from core.templatetags.house import day
from reports.forms.meetings import WEEKDAYS
from reports.models import Meeting, MeetingDecision, MeetingSeries

MAIN = {"td": {"class": "cell-main"}}
SIDE = {"td": {"class": "cell-side"}}
WIDE = {"td": {"class": "wide"}}
CARDS = {"class": "table table-vcenter card-table table-cards"}


def link(address: str, text: Any) -> SafeString:
    return format_html('<a class="row-link" href="{}">{}</a>', address, text)


def badge(state: str, label: Any) -> SafeString:
    return format_html('<span class="badge state meet-{}">{}</span>', state, label)


class MeetingTable(ListTable):
    """Meetings: what, when, for whom, how they stand."""

    title = tables.Column(
        verbose_name=gettext_lazy("Meeting"), order_by=("title", "id"), attrs=MAIN
    )
    kind = tables.Column(verbose_name=gettext_lazy("Kind"), order_by=("kind", "id"))
    starts_at = MomentColumn(verbose_name=gettext_lazy("Begins"), order_by=("starts_at", "id"))
    team = tables.Column(
        verbose_name=gettext_lazy("Team"), order_by=("team", "id"), empty_values=()
    )
    chair = tables.Column(
        verbose_name=gettext_lazy("Chair"), accessor="chair__name", orderable=False, attrs=WIDE
    )
    place = tables.Column(verbose_name=gettext_lazy("Held at"), orderable=False, attrs=WIDE)
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by=("state", "id"), attrs=SIDE)

    class Meta:
        attrs = CARDS

    def render_title(self, record: Meeting) -> SafeString:
        return link(reverse("meeting", args=[record.pk]), record.title)

    def value_title(self, record: Meeting) -> str:
        return record.title

    def render_kind(self, record: Meeting) -> str:
        return record.get_kind_display()

    def render_team(self, value: str) -> str:
        return value or _("everybody")

    def render_state(self, record: Meeting) -> SafeString:
        return badge(record.state, record.get_state_display())

    def value_state(self, record: Meeting) -> str:
        return record.get_state_display()


class SeriesTable(ListTable):
    """Series: what comes again, when, for whom, until when."""

    title = tables.Column(verbose_name=gettext_lazy("Series"), order_by=("title", "id"), attrs=MAIN)
    kind = tables.Column(verbose_name=gettext_lazy("Kind"), order_by=("kind", "id"))
    weekday = tables.Column(
        verbose_name=gettext_lazy("On"), order_by=("weekday", "id"), empty_values=()
    )
    starts = tables.TimeColumn(
        verbose_name=gettext_lazy("Begins at"), order_by=("starts", "id"), format="H:i"
    )
    team = tables.Column(
        verbose_name=gettext_lazy("Team"), order_by=("team", "id"), empty_values=()
    )
    chair = tables.Column(
        verbose_name=gettext_lazy("Chair"), accessor="chair__name", orderable=False, attrs=WIDE
    )
    until_on = tables.Column(
        verbose_name=gettext_lazy("Until"), order_by=("until_on", "id"), attrs=SIDE
    )

    class Meta:
        order_by = ("title",)
        attrs = CARDS

    def __init__(self, *args: Any, keeps: bool = False, **kwargs: Any) -> None:
        self.keeps = keeps
        super().__init__(*args, **kwargs)

    def render_title(self, record: MeetingSeries) -> SafeString | str:
        if not self.keeps:
            return record.title
        return link(reverse("series_one", args=[record.pk]), record.title)

    def value_title(self, record: MeetingSeries) -> str:
        return record.title

    def render_kind(self, record: MeetingSeries) -> str:
        return record.get_kind_display()

    def render_weekday(self, value: int | None) -> str:
        return str(dict(WEEKDAYS)["" if value is None else str(value)])

    def render_team(self, value: str) -> str:
        return value or _("everybody")

    def render_until_on(self, value: date) -> str:
        return day(value)

    def value_until_on(self, value: date | None) -> date | None:
        return value


class DecisionTable(ListTable):
    """What meetings decided: who does it, until when, what came of it."""

    text = tables.Column(verbose_name=gettext_lazy("Decision"), order_by=("text", "id"), attrs=MAIN)
    owner = tables.Column(
        verbose_name=gettext_lazy("Who does it"),
        accessor="owner__name",
        order_by=("owner__employee_no", "id"),
    )
    due_on = tables.Column(verbose_name=gettext_lazy("Until"), order_by=("due_on", "id"))
    meeting = tables.Column(
        verbose_name=gettext_lazy("Meeting"),
        accessor="meeting__title",
        order_by=("meeting__starts_at", "id"),
        attrs=WIDE,
    )
    done_note = tables.Column(
        verbose_name=gettext_lazy("What came of it"), orderable=False, attrs=WIDE
    )
    done_at = tables.Column(
        verbose_name=gettext_lazy("State"),
        order_by=("done_at", "id"),
        attrs=SIDE,
        empty_values=(),
    )

    class Meta:
        order_by = ("due_on",)
        attrs = CARDS

    def render_text(self, record: MeetingDecision) -> SafeString:
        return link(reverse("decision", args=[record.pk]), record.text)

    def value_text(self, record: MeetingDecision) -> str:
        return record.text

    def render_due_on(self, value: date) -> str:
        return day(value)

    def value_due_on(self, value: date) -> date:
        return value

    def render_done_at(self, record: MeetingDecision) -> SafeString:
        return badge(*standing(record))

    def value_done_at(self, value: datetime | None) -> datetime | None:
        return value


def standing(decision: MeetingDecision) -> tuple[str, str]:
    """How a decision stands, for a badge."""
    if decision.done_at is not None:
        return "done", _("done")
    return ("overdue", _("overdue")) if decision.is_overdue else ("open", _("still to do"))
