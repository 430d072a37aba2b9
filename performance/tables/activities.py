"""The list of sales activities."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.lists import ListTable, YuanColumn
from core.templatetags.house import day, yuan
from performance.models import Activity
from performance.tables.states import state_badge
from reports.tables.meetings import CARDS, MAIN, SIDE, WIDE, link

END = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}


class ActivityTable(ListTable):
    """Activities: what, when, who planned it, how it stands."""

    title = tables.Column(
        verbose_name=gettext_lazy("Activity"), order_by=("title", "id"), attrs=MAIN
    )
    starts_on = tables.Column(verbose_name=gettext_lazy("Day"), order_by=("starts_on", "id"))
    planner = tables.Column(
        verbose_name=gettext_lazy("Planned by"),
        accessor="planner__name",
        order_by=("planner__employee_no", "id"),
    )
    team = tables.Column(verbose_name=gettext_lazy("Team"), order_by=("team", "id"), attrs=WIDE)
    cost = YuanColumn(
        verbose_name=pgettext_lazy("activity", "Cost expected"), order_by=("cost", "id")
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by=("state", "id"), attrs=SIDE)

    class Meta:
        order_by = ("-starts_on",)
        attrs = CARDS

    def render_title(self, record: Activity) -> SafeString:
        return link(reverse("activity", args=[record.pk]), record.title)

    def value_title(self, record: Activity) -> str:
        return record.title

    def render_starts_on(self, record: Activity) -> str:
        if record.ends_on == record.starts_on:
            return day(record.starts_on)
        return f"{day(record.starts_on)} – {day(record.ends_on)}"

    def value_starts_on(self, record: Activity) -> Any:
        return record.starts_on

    def render_cost(self, value: Decimal) -> SafeString | str:
        return yuan(value)

    def render_state(self, record: Activity) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Activity) -> str:
        return str(record.get_state_display())
