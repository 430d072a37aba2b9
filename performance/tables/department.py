"""The records behind the figures of the department."""

from datetime import date
from typing import Any, ClassVar

import django_tables2 as tables
from django.db.models import BigIntegerField, Case, F, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from core.lists import ListTable, MomentColumn, YuanColumn
from core.months import Month
from core.templatetags.house import day, month_name
from payroll.explaining import says
from payroll.models import Entry
from payroll.rules import Account
from receivables.models import Payment
from receivables.tables.ious import delivery_link
from reports.tables.meetings import CARDS, MAIN, SIDE, WIDE, link

END = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}


class PaymentTable(ListTable):
    """Payments: on which slip, whose money, when it came and when it was handed in."""

    slip = tables.Column(
        verbose_name=gettext_lazy("Slip"),
        accessor="slip__slip_no",
        order_by=("slip__slip_no", "id"),
        attrs=MAIN,
    )
    customer = tables.Column(
        verbose_name=gettext_lazy("Customer"),
        accessor="slip__order__customer__name",
        order_by=("slip__order__customer__name", "id"),
    )
    salesperson = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="slip__order__person__name",
        order_by=("slip__order__person__employee_no", "id"),
        attrs=SIDE,
    )
    method = tables.Column(verbose_name=gettext_lazy("Way"), order_by=("method", "id"), attrs=WIDE)
    received_at = MomentColumn(
        verbose_name=gettext_lazy("Received"), order_by=("received_at", "id")
    )
    handed_in_at = MomentColumn(
        verbose_name=gettext_lazy("Handed in"), order_by=("handed_in_at", "id")
    )
    net = YuanColumn(verbose_name=gettext_lazy("Amount"), order_by=("amount", "id"))

    class Meta:
        order_by = ("-received_at",)
        attrs = CARDS

    def render_slip(self, value: str) -> SafeString:
        return link(reverse("slip", args=[value]), value)

    def value_slip(self, value: str) -> str:
        return value

    def render_method(self, record: Payment) -> str:
        return str(record.get_method_display())


class OverdueTable(ListTable):
    """Deliveries that were overdue: for how long, how much of them."""

    order_no = tables.Column(
        verbose_name=gettext_lazy("Order"), accessor="order__order_no", attrs=MAIN
    )
    customer = tables.Column(
        verbose_name=gettext_lazy("Customer"), accessor="order__customer__name"
    )
    salesperson = tables.Column(
        verbose_name=gettext_lazy("Salesperson"), accessor="order__person__name", attrs=SIDE
    )
    delivered_on = tables.Column(verbose_name=gettext_lazy("Delivered"))
    days = tables.Column(verbose_name=gettext_lazy("Days"), attrs=END)
    amount = YuanColumn(verbose_name=gettext_lazy("Amount"))
    unpaid = YuanColumn(verbose_name=gettext_lazy("Unpaid"))

    class Meta:
        order_by = ("delivered_on",)
        attrs = CARDS

    def render_order_no(self, record: Any) -> SafeString:
        return delivery_link(record.order.order_no, record.delivered_on)

    def value_order_no(self, value: str) -> str:
        return value

    def render_delivered_on(self, value: date) -> str:
        return day(value)

    def value_delivered_on(self, value: date) -> date:
        return value


class EntryTable(ListTable):
    """Entries: whose pay they move, what they say, about which month."""

    # In fen: what is taken from pay comes before what is given.
    ON_PAY: ClassVar[Case] = Case(
        When(
            source=Account.PAY,
            then=Cast(F("amount"), BigIntegerField()) * Value(-1, BigIntegerField()),
        ),
        default=Cast(F("amount"), BigIntegerField()),
        output_field=BigIntegerField(),
    )

    person = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs=MAIN,
    )
    says = tables.Column(verbose_name=gettext_lazy("What it says"), accessor="pk", orderable=False)
    for_month = tables.Column(
        verbose_name=gettext_lazy("About"), order_by=("for_month", "id"), attrs=WIDE
    )
    posted_at = MomentColumn(verbose_name=gettext_lazy("Posted"), order_by=("posted_at", "id"))
    on_pay = YuanColumn(verbose_name=gettext_lazy("On pay"))

    class Meta:
        order_by = ("person",)
        attrs = CARDS

    def render_person(self, record: Entry, value: str) -> SafeString:
        return link(reverse("entry_why", args=[record.pk]), value)

    def value_person(self, value: str) -> str:
        return value

    def render_says(self, record: Entry) -> str:
        return says(record)

    def render_for_month(self, value: Month) -> str:
        return month_name(value)

    def value_for_month(self, value: Month) -> str:
        return str(value)

    def order_on_pay(
        self, rows: QuerySet[Entry], is_descending: bool
    ) -> tuple[QuerySet[Entry], bool]:
        by = self.ON_PAY.desc() if is_descending else self.ON_PAY.asc()
        return rows.order_by(by, "id"), True
