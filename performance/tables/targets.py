"""The list of targets and how far they are met."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from accounts.models import Person
from core.lists import ListTable, YuanColumn
from performance.rules.periods import Period
from reports.tables.meetings import CARDS, MAIN, SIDE, WIDE, link

END = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}


class PercentColumn(tables.Column):
    """A share of the target, in percent; nothing without a target."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(orderable=False, attrs=END, **extra)

    def render(self, value: Decimal) -> SafeString:
        """With a bar that is read as well as seen."""
        shown = min(value, Decimal(100))
        return format_html(
            '<progress class="progress" max="100" value="{}" aria-hidden="true"></progress>{} %',
            shown,
            value,
        )

    def value(self, value: Any) -> Any:
        return value


class AttainingTable(ListTable):
    """How far people are in a period."""

    name = tables.Column(
        verbose_name=gettext_lazy("Salesperson"), order_by=("employee_no",), attrs=MAIN
    )
    team = tables.Column(
        verbose_name=gettext_lazy("Team"), order_by=("team", "employee_no"), attrs=WIDE
    )
    target = YuanColumn(
        verbose_name=gettext_lazy("Target"), accessor="attained__target", orderable=False
    )
    handed_in = YuanColumn(
        verbose_name=gettext_lazy("Handed in"), accessor="attained__handed_in", orderable=False
    )
    handed_in_percent = PercentColumn(
        verbose_name=gettext_lazy("Of the target"), accessor="attained__handed_in_percent"
    )
    handed_in_forecast = YuanColumn(
        verbose_name=gettext_lazy("At the end, as it goes"),
        accessor="attained__handed_in_forecast",
        orderable=False,
    )
    signed = YuanColumn(
        verbose_name=gettext_lazy("Signed"), accessor="attained__signed", orderable=False
    )
    signed_percent = PercentColumn(
        verbose_name=gettext_lazy("Signed, of the target"), accessor="attained__signed_percent"
    )
    change = tables.Column(
        verbose_name=gettext_lazy("Set"),
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
        attrs=SIDE,
    )

    class Meta:
        order_by = ("name",)
        attrs = CARDS

    def __init__(self, *args: Any, period: Period, **kwargs: Any) -> None:
        self.period = period
        super().__init__(*args, **kwargs)

    def render_name(self, record: Person) -> SafeString:
        return link(reverse("person", args=[record.employee_no]), record.name)

    def value_name(self, record: Person) -> str:
        return record.name

    def render_change(self, record: Person) -> SafeString:
        url = reverse("target_set", args=[self.period, record.employee_no])
        return format_html('<a class="btn btn-sm" href="{}">{}</a>', url, gettext_lazy("Set"))
