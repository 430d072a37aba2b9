"""Lists of orders and of transfers."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable, MomentColumn, YuanColumn
from core.templatetags.house import day
from orders.models import Transfer

CARDS = {"class": "table table-vcenter card-table table-cards"}


class OrderTable(ListTable):
    """Orders, those entered last first."""

    order_no = tables.Column(
        verbose_name=_("Order"),
        order_by=("id",),  # as they were entered: numbers of another length sort wrong as text
        attrs={"td": {"class": "cell-no"}},
    )
    customer = tables.Column(
        verbose_name=_("Customer"),
        accessor="customer__name",
        order_by=("customer__name", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    salesperson = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs={"td": {"class": "cell-side"}},
    )
    signed_on = tables.Column(
        verbose_name=_("Signed on"), empty_values=(), order_by=("signed_on", "id")
    )
    amount = YuanColumn(verbose_name=_("Amount"), order_by=("amount", "id"))
    delivered = YuanColumn(
        verbose_name=pgettext_lazy("amount", "Delivered"), order_by=("delivered", "id")
    )
    counted = YuanColumn(verbose_name=_("Money counted"), order_by=("counted", "id"))
    state = tables.Column(
        verbose_name=_("State"), accessor="is_disputed", order_by=("is_disputed", "id")
    )

    class Meta:
        order_by = ("-order_no",)
        attrs = CARDS
        row_attrs = {"data-order": lambda record: record.order_no}

    def render_order_no(self, value: str) -> SafeString:
        return format_html(
            '<a class="row-link" href="{}">{}</a>', reverse("order", args=[value]), value
        )

    def render_signed_on(self, value: date | None) -> str:
        return day(value) if value else gettext("not signed yet")

    def value_signed_on(self, value: Any) -> Any:
        return value

    def render_state(self, record: Any) -> SafeString:
        told = [
            *([("disputed", gettext("in dispute"))] if record.is_disputed else []),
            *_delivery_word(record),
        ]
        return format_html_join(" ", '<span class="badge state order-{}">{}</span>', told)


def _delivery_word(record: Any) -> list[tuple[str, str]]:
    if record.delivered <= 0:
        return []
    if record.delivered < record.amount:
        return [("part", gettext("partly delivered"))]
    return [("full", gettext("fully delivered"))]


class TransferTable(ListTable):
    """Transfers, the newest first."""

    order_no = tables.Column(
        verbose_name=_("Order"),
        accessor="order__order_no",
        order_by=("id",),
        attrs={"td": {"class": "cell-no"}},
    )
    from_person = tables.Column(
        verbose_name=pgettext_lazy("transfer", "From"),
        accessor="from_person__name",
        order_by=("from_person__name", "id"),
    )
    to_person = tables.Column(
        verbose_name=pgettext_lazy("transfer", "To"),
        accessor="to_person__name",
        order_by=("to_person__name", "id"),
    )
    reason = tables.Column(
        verbose_name=_("Reason"), orderable=False, attrs={"td": {"class": "cell-main"}}
    )
    state = tables.Column(
        verbose_name=_("State"), order_by=("state", "id"), attrs={"td": {"class": "cell-side"}}
    )
    asked_at = MomentColumn(verbose_name=_("Asked for"), order_by=("asked_at", "id"))
    decided_at = MomentColumn(verbose_name=_("Decided"), order_by=("decided_at", "id"))

    class Meta:
        order_by = ("-order_no",)
        attrs = CARDS

    def render_order_no(self, record: Transfer, value: str) -> SafeString:
        return format_html(
            '<a class="row-link" href="{}">{}</a>', reverse("transfer", args=[record.pk]), value
        )

    def render_state(self, record: Transfer) -> SafeString:
        return format_html(
            '<span class="badge state asked-{}">{}</span>',
            record.state,
            record.get_state_display(),
        )
