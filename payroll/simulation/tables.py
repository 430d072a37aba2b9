"""The people of a simulation."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable, YuanColumn
from payroll.simulation.models import SimulationRow


class SimulationTable(ListTable):
    """What the month would come to for each, the largest difference first."""

    employee_no = tables.Column(
        verbose_name=_("No."),
        accessor="person__employee_no",
        attrs={"td": {"class": "cell-no"}},
    )
    name = tables.Column(
        verbose_name=_("Name"),
        accessor="person__name",
        order_by=("person__name", "person__employee_no"),
        attrs={"td": {"class": "cell-main"}},
    )
    team = tables.Column(
        verbose_name=_("Team"),
        accessor="person__team",
        order_by=("person__team", "person__employee_no"),
        attrs={"td": {"class": "cell-side"}},
    )
    before = YuanColumn(verbose_name=_("Before"), order_by=("before", "person__employee_no"))
    after = YuanColumn(verbose_name=_("After"), order_by=("after", "person__employee_no"))
    difference = YuanColumn(verbose_name=_("Difference"), order_by=("-size", "person__employee_no"))

    class Meta:
        order_by = ("difference",)
        attrs = {"class": "table table-vcenter card-table table-cards"}
        row_attrs = {"data-employee": lambda record: record.person.employee_no}

    def render_name(self, record: SimulationRow, value: Any) -> SafeString:
        return format_html(
            '<a class="row-link" href="{}">{}</a>',
            reverse("simulation_person", args=[record.simulation_id, record.person.employee_no]),
            value,
        )
