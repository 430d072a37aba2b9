"""Lists of collections."""

from datetime import date

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists import ListTable, YuanColumn
from core.templatetags.house import day
from receivables.models import UnpaidDelivery
from receivables.tables.ious import delivery_link


class UnpaidTable(ListTable):
    """What is unpaid, the oldest first."""

    order_no = tables.Column(
        verbose_name=_("Order"),
        accessor="order__order_no",
        attrs={"td": {"class": "cell-no"}},
    )
    customer = tables.Column(
        verbose_name=_("Customer"),
        accessor="order__customer__name",
        order_by=("order__customer__name", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    salesperson = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="order__person__name",
        order_by=("order__person__employee_no", "id"),
        attrs={"td": {"class": "cell-side"}},
    )
    delivered_on = tables.Column(
        verbose_name=_("Delivered"),
        order_by=("delivered_on", "id"),
        attrs={"td": {"class": "wide"}},
    )
    days = tables.Column(
        verbose_name=_("Days"),
        accessor="delivered_on",
        order_by=("-delivered_on", "-id"),
        attrs={"td": {"class": "text-end"}, "th": {"class": "text-end"}},
    )
    escalated_on = tables.Column(
        verbose_name=_("State"), empty_values=(), order_by=("escalated_on", "id")
    )
    amount = YuanColumn(verbose_name=_("Amount"), order_by=("amount", "id"))
    unpaid = YuanColumn(verbose_name=_("Unpaid"), order_by=("unpaid", "id"))

    class Meta:
        order_by = ("-days",)
        attrs = {"class": "table table-vcenter card-table table-cards table-due"}
        row_attrs = {"data-delivery": lambda record: f"{record.order.order_no}"}

    def render_order_no(self, record: UnpaidDelivery) -> SafeString:
        return delivery_link(record.order.order_no, record.delivered_on)

    def value_order_no(self, value: str) -> str:
        return value

    def render_delivered_on(self, value: date) -> str:
        return day(value)

    def render_days(self, value: date) -> int:
        return (clock.today() - value).days

    def render_escalated_on(self, record: UnpaidDelivery) -> SafeString:
        name, said = (
            ("escalated", gettext("escalated"))
            if record.escalated_on
            else ("reminded", gettext("reminded daily"))
        )
        return format_html('<span class="badge state due-{}">{}</span>', name, said)
