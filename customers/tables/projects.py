"""What the lists of projects and conflicts show."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists import ListTable
from core.templatetags.house import day, moment
from customers.models import Conflict, Project
from customers.rules.projects import stale_on

WIDE = {"td": {"class": "wide"}}
MAIN = {"td": {"class": "cell-main"}}
SIDE = {"td": {"class": "cell-side"}}
NO = {"td": {"class": "cell-no"}}
CARDS = {"class": "table table-vcenter card-table table-cards"}


class ProjectTable(ListTable):
    """Projects: what, for whom, where, whose, where they stand, since when nothing was heard."""

    project_no = tables.Column(verbose_name=_("Project no."), order_by=("project_no",), attrs=NO)
    name = tables.Column(verbose_name=_("Project"), order_by=("name", "id"), attrs=MAIN)
    customer_name = tables.Column(
        verbose_name=_("Customer"), order_by=("customer_name", "id"), attrs=MAIN
    )
    prefecture = tables.Column(verbose_name=_("Prefecture"), order_by=("prefecture", "id"))
    person = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    stage = tables.Column(verbose_name=_("Stage"), order_by=("stage", "id"), attrs=SIDE)
    touched_at = tables.Column(verbose_name=_("Last news"), order_by=("touched_at", "id"))
    registered_at = tables.Column(
        verbose_name=_("Registered"), order_by=("registered_at", "id"), attrs=WIDE
    )

    class Meta:
        order_by = ("-registered_at",)
        attrs = CARDS

    def __init__(self, *args: Any, quiet_days: int, **kwargs: Any) -> None:
        self.quiet_days = quiet_days
        super().__init__(*args, **kwargs)

    def render_project_no(self, record: Project) -> SafeString:
        return _link(reverse("project", args=[record.pk]), record.project_no)

    def value_project_no(self, record: Project) -> str:
        return record.project_no

    def render_stage(self, record: Project) -> SafeString:
        return stage_badge(record)

    def value_stage(self, record: Project) -> str:
        return record.standing

    def render_touched_at(self, record: Project) -> Any:
        touched = clock.local_date(record.touched_at)
        if record.is_open and stale_on(touched, self.quiet_days) <= clock.today():
            return format_html('<span class="project-stale">{}</span>', day(touched))
        return day(touched)

    def value_touched_at(self, record: Project) -> datetime:
        return record.touched_at

    def render_registered_at(self, value: datetime) -> str:
        return moment(value)

    def value_registered_at(self, value: datetime) -> datetime:
        return value


class ConflictTable(ListTable):
    """Conflicts: about which of the projects one may see, since when, what came of it."""

    conflict_no = tables.Column(verbose_name=_("Conflict"), order_by=("conflict_no",), attrs=NO)
    about = tables.Column(verbose_name=_("Project"), accessor="pk", orderable=False, attrs=MAIN)
    opened_at = tables.Column(verbose_name=_("Opened"), order_by=("opened_at", "id"))
    ruling = tables.Column(
        verbose_name=_("Ruling"), order_by=("ruling", "id"), attrs=SIDE, empty_values=()
    )

    class Meta:
        order_by = ("-opened_at",)
        attrs = CARDS

    def render_conflict_no(self, record: Conflict) -> SafeString:
        return _link(reverse("conflict", args=[record.pk]), record.conflict_no)

    def value_conflict_no(self, record: Conflict) -> str:
        return record.conflict_no

    def render_about(self, record: Any) -> str:
        return "、".join(f"{each.project_no} {each.name}" for each in record.projects)

    def value_about(self, record: Any) -> str:
        return self.render_about(record)

    def render_opened_at(self, value: datetime) -> str:
        return moment(value)

    def value_opened_at(self, value: datetime) -> datetime:
        return value

    def render_ruling(self, record: Conflict) -> SafeString:
        shown = "project-waits" if record.is_open else "project-ruled"
        return format_html('<span class="badge state {}">{}</span>', shown, self._said(record))

    def value_ruling(self, record: Conflict) -> str:
        return str(self._said(record))

    def _said(self, record: Conflict) -> Any:
        return _("to be ruled on") if record.is_open else record.get_ruling_display()


def stage_badge(project: Project) -> SafeString:
    shown = project.ended or project.stage
    return format_html('<span class="badge state project-{}">{}</span>', shown, project.standing)


def _link(address: str, text: str) -> SafeString:
    return format_html('<a class="row-link" href="{}">{}</a>', address, text)
