"""Lists of IOUs that are missing, and of originals to come (IOU-1)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists import ListTable, MomentColumn, YuanColumn
from core.templatetags.house import day, moment
from receivables.models import Iou, UnpaidDelivery
from receivables.rules.ious import IouState


def delivery_link(order_no: str, delivered_on: date) -> SafeString:
    """An order's number that leads to the page of one of its deliveries."""
    address = reverse("unpaid_delivery", args=[order_no, delivered_on])
    return format_html('<a href="{}">{}</a>', address, order_no)


class MissingIouTable(ListTable):
    """Deliveries whose IOU, or its original, is overdue; the oldest first."""

    order_no = tables.Column(
        verbose_name=_("Order"),
        accessor="order__order_no",
        order_by=("order__order_no", "id"),
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
    delivered_on = tables.Column(verbose_name=_("Delivered"), order_by=("delivered_on", "id"))
    due = tables.Column(
        verbose_name=_("IOU due"),
        accessor="delivered_on",
        order_by=("delivered_on", "id"),
        attrs={"td": {"class": "wide"}},
    )
    iou_state = tables.Column(verbose_name=_("What is missing"), order_by=("iou_state", "id"))
    unpaid = YuanColumn(verbose_name=_("Unpaid"), order_by=("unpaid", "id"))

    def __init__(
        self, *args: Any, due_at: Callable[[date], datetime] = clock.end_of, **kwargs: Any
    ) -> None:
        self.due_at = due_at
        super().__init__(*args, **kwargs)

    class Meta:
        order_by = ("delivered_on",)
        attrs = {"class": "table table-vcenter card-table table-cards table-due"}
        row_attrs = {"data-delivery": lambda record: record.order.order_no}

    def render_order_no(self, record: UnpaidDelivery) -> SafeString:
        return delivery_link(record.order.order_no, record.delivered_on)

    def value_order_no(self, value: str) -> str:
        return value

    def render_delivered_on(self, value: date) -> str:
        return day(value)

    def value_delivered_on(self, value: date) -> date:
        return value

    def render_due(self, value: date) -> str:
        return moment(self.due_at(value))

    def value_due(self, value: date) -> datetime:
        return self.due_at(value)

    def render_iou_state(self, record: Any) -> SafeString:
        says = (
            gettext("the original")
            if record.iou_state == IouState.ORIGINAL_MISSING
            else gettext("covers too little")
            if record.iou_amount
            else gettext("the IOU")
        )
        return format_html('<span class="badge state iou-{}">{}</span>', record.iou_state, says)


class OriginalTable(ListTable):
    """IOUs whose original finance waits for, the oldest first; each is received with one click."""

    customer = tables.Column(
        verbose_name=_("Customer"),
        accessor="delivery__order__customer__name",
        order_by=("delivery__order__customer__name", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    order_no = tables.Column(
        verbose_name=_("Order"),
        accessor="delivery__order__order_no",
        order_by=("delivery__order__order_no", "id"),
        attrs={"td": {"class": "cell-no"}},
    )
    salesperson = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="delivery__order__person__name",
        order_by=("delivery__order__person__employee_no", "id"),
        attrs={"td": {"class": "cell-side"}},
    )
    recorded_at = MomentColumn(
        verbose_name=_("Recorded"), order_by=("recorded_at", "id"), attrs={"td": {"class": "wide"}}
    )
    signed_by = tables.Column(verbose_name=_("Signed by"), order_by=("signed_by", "id"))
    amount = YuanColumn(verbose_name=_("Amount"), order_by=("amount", "id"))
    receive = tables.Column(verbose_name=_("Original"), accessor="id", orderable=False)

    class Meta:
        order_by = ("recorded_at",)
        attrs = {"class": "table table-vcenter card-table table-cards table-due"}
        row_attrs = {"data-iou": lambda record: record.pk}

    def render_order_no(self, record: Iou) -> SafeString:
        delivery = record.delivery
        return delivery_link(delivery.order.order_no, delivery.delivered_on)

    def value_order_no(self, value: str) -> str:
        return value

    def render_receive(self, record: Iou) -> SafeString:
        return format_html(
            '<button class="btn btn-sm" type="submit" form="{}" formaction="{}">{}'
            '<span class="visually-hidden"> {}</span></button>',
            self.chosen_for,
            reverse("iou_original", args=[record.pk]),
            gettext("Received"),
            record.delivery.order.order_no,
        )
