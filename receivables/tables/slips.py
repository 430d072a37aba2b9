"""The table of slips."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable, MomentColumn, YuanColumn
from receivables.filters.slips import STATES


class SlipTable(ListTable):
    """Slips, the latest first, as they were numbered; nothing else sorts: there are a million."""

    slip_no = tables.Column(
        verbose_name=_("Slip"), order_by=("pk",), attrs={"td": {"class": "cell-no"}}
    )
    customer = tables.Column(
        verbose_name=_("Customer"),
        accessor="order__customer__name",
        orderable=False,
        attrs={"td": {"class": "cell-main"}},
    )
    order_no = tables.Column(verbose_name=_("Order"), accessor="order__order_no", orderable=False)
    salesperson = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        orderable=False,
        attrs={"td": {"class": "cell-side text-nowrap"}},
    )
    issued_at = MomentColumn(verbose_name=_("Issued"), orderable=False)
    amount_due = YuanColumn(verbose_name=_("Amount due"), orderable=False)
    paid = YuanColumn(verbose_name=_("Paid so far"), orderable=False)
    counted = YuanColumn(verbose_name=_("Handed in"), orderable=False)
    still_due = YuanColumn(verbose_name=_("Still due"), orderable=False)
    state = tables.Column(verbose_name=_("State"), orderable=False)

    class Meta:
        order_by = ("-slip_no",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_slip_no(self, value: str) -> SafeString:
        return format_html(
            '<a class="row-link" href="{}">{}</a>', reverse("slip", args=[value]), value
        )

    def value_slip_no(self, value: str) -> str:
        return value

    def render_state(self, value: str) -> SafeString:
        return format_html(
            '<span class="badge state slip-{}">{}</span>', value, dict(STATES)[value]
        )

    def value_state(self, value: str) -> str:
        return str(dict(STATES)[value])
