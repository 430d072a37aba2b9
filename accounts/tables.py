"""The list of people."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.lists import ListTable
from core.templatetags.house import day

SIDE = {"td": {"class": "cell-side"}}


class PersonTable(ListTable):
    """One row a person; it leads to their page."""

    employee_no = tables.Column(verbose_name=_("No."), attrs={"td": {"class": "cell-no"}})
    name = tables.Column(
        verbose_name=_("Name"), order_by=("name", "id"), attrs={"td": {"class": "cell-main"}}
    )
    roles = tables.Column(verbose_name=_("Roles"), order_by=("roles", "id"), attrs=SIDE)
    team = tables.Column(verbose_name=_("Team"), order_by=("team", "id"))
    supervisor = tables.Column(
        verbose_name=_("Supervisor"),
        accessor="supervisor__name",
        order_by=("supervisor__employee_no", "id"),
    )
    channel = tables.Column(verbose_name=_("Channel"), order_by=("channel", "id"))
    hired_on = tables.Column(verbose_name=_("Since"), order_by=("hired_on", "id"))
    status = tables.Column(verbose_name=_("Status"), orderable=False)

    class Meta:
        order_by = ("employee_no",)
        attrs = {"class": "table table-vcenter card-table table-cards"}
        row_attrs = {"data-person": lambda record: record.employee_no}

    def render_name(self, record: Person) -> SafeString:
        address = reverse("person", args=[record.employee_no])
        return format_html('<a class="row-link" href="{}">{}</a>', address, record.name)

    def render_roles(self, record: Person) -> str:
        return " · ".join(record.role_names)

    def render_hired_on(self, value: Any) -> str:
        return day(value)

    def value_hired_on(self, value: Any) -> Any:
        return value

    def render_status(self, record: Person) -> SafeString:
        status = record.status
        return format_html(
            '<span class="badge state person-{}">{}</span>', status.value, status.label
        )
