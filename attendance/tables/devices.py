"""Lists of attendance machines, and of what they pushed."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attendance.models import Device, DevicePush
from core import clock
from core.lists import ListTable, MomentColumn
from core.templatetags.house import moment

CARDS = {"class": "table table-vcenter card-table table-cards"}
MAIN, SIDE = ({"td": {"class": f"cell-{name}"}} for name in ("main", "side"))
END = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}


class DeviceTable(ListTable):
    """The machines, each with its last push."""

    name = tables.Column(verbose_name=_("Machine"), order_by=("name", "id"), attrs=MAIN)
    place = tables.Column(verbose_name=_("Where it stands"), order_by=("place", "id"))
    last_push = MomentColumn(verbose_name=_("Last push"), order_by=("last_push", "id"))
    state = tables.Column(
        verbose_name=_("State"), accessor="pk", order_by=("retired_at", "id"), attrs=SIDE
    )

    class Meta:
        order_by = ("name",)
        attrs = CARDS

    def render_name(self, record: Device) -> SafeString:
        address = reverse("device", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, record.name)

    def value_name(self, record: Device) -> str:
        return record.name

    def render_state(self, record: Device) -> SafeString:
        key = "withdrawn" if record.retired_at else "approved"
        return format_html(
            '<span class="badge state claim-{}">{}</span>', key, self.value_state(record)
        )

    def value_state(self, record: Device) -> str:
        return gettext("retired") if record.retired_at else gettext("in use")


class PushTable(ListTable):
    """What a machine pushed: how much of it was new, known, wrong, and why."""

    at = MomentColumn(verbose_name=_("When"), order_by=("at", "id"), attrs=MAIN)
    new = tables.Column(verbose_name=_("New"), order_by=("new", "id"), attrs=END)
    known = tables.Column(verbose_name=_("As before"), order_by=("known", "id"), attrs=END)
    wrong = tables.Column(verbose_name=_("Wrong"), order_by=("wrong", "id"), attrs=END)
    earliest = MomentColumn(verbose_name=_("Earliest punch"), order_by=("earliest", "id"))
    reasons = tables.Column(verbose_name=_("What is wrong"), orderable=False, empty_values=())

    class Meta:
        order_by = ("-at",)
        attrs = CARDS

    def render_earliest(self, record: DevicePush, value: Any) -> Any:
        if value and clock.local_date(value) < clock.local_date(record.at):
            return format_html(
                '{} <span class="badge state at-late">{}</span>',
                moment(value),
                gettext("came late"),
            )
        return moment(value)

    def value_earliest(self, value: Any) -> Any:
        return value

    def render_reasons(self, record: DevicePush) -> SafeString:
        return format_html_join(
            "", '<span class="cell-note at-reason">{}</span>', ((each,) for each in record.reasons)
        )

    def value_reasons(self, record: DevicePush) -> str:
        return "; ".join(record.reasons)
