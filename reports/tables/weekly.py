"""Lists of weekly and oral reports and of suggestions, and the board of a week."""

from datetime import date, datetime, timedelta
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from core import clock
from core.lists import ListTable, MomentColumn
from core.templatetags.house import day
from reports.models import OralReport, Suggestion, WeeklyReport
from reports.tables.meetings import CARDS, MAIN, SIDE, WIDE, badge, link


def week_said(monday: date) -> str:
    return f"{day(monday)} – {day(monday + timedelta(days=6))}"


class WeeklyTable(ListTable):
    """Weekly reports: of which week, whose, in a line, how they stand."""

    monday = tables.Column(verbose_name=gettext_lazy("Week"), order_by=("monday", "id"), attrs=MAIN)
    person = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    summary = tables.Column(verbose_name=gettext_lazy("Summary"), orderable=False, attrs=WIDE)
    problems = tables.Column(verbose_name=gettext_lazy("Problems"), orderable=False, attrs=WIDE)
    handed_in_at = MomentColumn(
        verbose_name=gettext_lazy("Handed in"), order_by=("handed_in_at", "id")
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by=("state", "id"), attrs=SIDE)

    class Meta:
        order_by = ("-monday",)
        attrs = CARDS

    def render_monday(self, record: WeeklyReport) -> SafeString:
        return link(reverse("weekly_report", args=[record.pk]), week_said(record.monday))

    def value_monday(self, value: date) -> date:
        return value

    def render_summary(self, value: str) -> str:
        return first_line(value)

    def value_summary(self, value: str) -> str:
        return value

    def render_problems(self, value: str) -> str:
        return first_line(value)

    def value_problems(self, value: str) -> str:
        return value

    def render_state(self, record: WeeklyReport) -> SafeString:
        return badge(record.state, record.get_state_display())

    def value_state(self, record: WeeklyReport) -> str:
        return str(record.get_state_display())


def first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else ""


STANDINGS = {
    "missing": pgettext_lazy("weekly report", "missing"),
    "waiting": pgettext_lazy("weekly report", "not yet handed in"),
    **{state.value: state.label for state in WeeklyReport.State},
}


class BoardTable(ListTable):
    """Who owes a week's report, and how it stands."""

    name = tables.Column(
        verbose_name=gettext_lazy("Salesperson"), order_by=("employee_no", "id"), attrs=MAIN
    )
    team = tables.Column(verbose_name=gettext_lazy("Team"), order_by=("team", "employee_no"))
    handed_in_at = MomentColumn(
        verbose_name=gettext_lazy("Handed in"), order_by=("handed_in_at", "id")
    )
    late = tables.Column(
        verbose_name=gettext_lazy("Late by"),
        accessor="pk",
        order_by=("is_late", "handed_in_at", "id"),
        empty_values=(),
    )
    standing = tables.Column(
        verbose_name=gettext_lazy("State"), order_by=("standing", "id"), attrs=SIDE
    )

    class Meta:
        attrs = CARDS

    def __init__(self, *args: Any, due: datetime, **kwargs: Any) -> None:
        self.due = due
        super().__init__(*args, **kwargs)

    def render_name(self, record: Any) -> SafeString | str:
        if record.handed_in_at is None:
            return format_html("{}", record.name)
        return link(reverse("weekly_report", args=[record.report]), record.name)

    def value_name(self, record: Any) -> str:
        return f"{record.employee_no} {record.name}"

    def render_late(self, record: Any) -> str:
        return late_by(record, self.due)

    def render_standing(self, record: Any) -> SafeString:
        if record.is_late and record.standing == WeeklyReport.State.HANDED_IN:
            return badge("late", self.value_standing(record))
        return badge(record.standing, self.value_standing(record))

    def value_standing(self, record: Any) -> str:
        said = str(STANDINGS[record.standing])
        if record.is_late:
            return _("%(state)s, late") % {"state": said}
        return said


def late_by(row: Any, due: datetime) -> str:
    """How late it came, or how long it has been due; in days, or hours under two days."""
    if row.handed_in_at is not None:
        if not row.is_late:
            return ""
        return duration(row.handed_in_at - max(row.stood, due))
    return duration(clock.now() - due) if row.standing == "missing" else ""


def duration(time: timedelta) -> str:
    hours = int(time.total_seconds() // 3600)
    if hours < 1:
        return _("under an hour")
    if hours < 48:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return ngettext("%(n)s day", "%(n)s days", hours // 24) % {"n": hours // 24}


class OralTable(ListTable):
    """Oral reports: of which day, whose, in what way, who heard it."""

    on = tables.Column(verbose_name=gettext_lazy("Day"), order_by=("on", "id"))
    person = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs=MAIN,
    )
    way = tables.Column(verbose_name=gettext_lazy("Way"), order_by=("way", "id"))
    note = tables.Column(verbose_name=gettext_lazy("Note"), orderable=False)
    heard_by = tables.Column(
        verbose_name=gettext_lazy("Heard by"),
        accessor="heard_by__person__name",
        orderable=False,
        attrs=SIDE,
    )

    class Meta:
        order_by = ("-on",)
        attrs = CARDS

    def render_on(self, value: date) -> str:
        return day(value)

    def value_on(self, value: date) -> date:
        return value

    def render_way(self, record: OralReport) -> str:
        return str(record.get_way_display())


class SuggestionTable(ListTable):
    """Suggestions: what, whose, since when, what became of them."""

    title = tables.Column(
        verbose_name=gettext_lazy("Suggestion"), order_by=("title", "id"), attrs=MAIN
    )
    person = tables.Column(
        verbose_name=gettext_lazy("Suggested by"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    made_at = MomentColumn(verbose_name=gettext_lazy("Made"), order_by=("made_at", "id"))
    answer = tables.Column(verbose_name=gettext_lazy("Answer"), orderable=False, attrs=WIDE)
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by=("state", "id"), attrs=SIDE)

    class Meta:
        order_by = ("-made_at",)
        attrs = CARDS

    def render_title(self, record: Suggestion) -> SafeString:
        return link(reverse("suggestion", args=[record.pk]), record.title)

    def value_title(self, record: Suggestion) -> str:
        return record.title

    def render_state(self, record: Suggestion) -> SafeString:
        state = "open" if record.state == Suggestion.State.OPEN else "done"
        return badge(state, record.get_state_display())

    def value_state(self, record: Suggestion) -> str:
        return str(record.get_state_display())
