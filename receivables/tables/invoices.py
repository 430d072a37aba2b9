"""Lists of invoices (SLIP-5)."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable, YuanColumn
from core.templatetags.house import day
from orders.models import Order
from receivables.models import Invoice


class InvoiceTable(ListTable):
    """Invoices, the latest first."""

    invoice_no = tables.Column(
        verbose_name=_("Invoice"), order_by=("invoice_no",), attrs={"td": {"class": "cell-no"}}
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
    order_no = tables.Column(
        verbose_name=_("Order"),
        accessor="order__order_no",
        order_by=("order__order_no", "id"),
    )
    issued_on = tables.Column(verbose_name=_("Issued on"), order_by=("issued_on", "id"))
    cancelled_at = tables.Column(
        verbose_name=_("State"), empty_values=(), order_by=("cancelled_at", "id")
    )
    amount = YuanColumn(verbose_name=_("Amount"), order_by=("amount", "id"))

    class Meta:
        order_by = ("-issued_on",)
        attrs = {"class": "table table-vcenter card-table table-cards"}
        row_attrs = {"data-invoice": lambda record: record.invoice_no}

    def render_invoice_no(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("invoice", args=[value]), value)

    def value_invoice_no(self, value: str) -> str:
        return value

    def render_order_no(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("order_invoices", args=[value]), value)

    def value_order_no(self, value: str) -> str:
        return value

    def render_issued_on(self, value: date) -> str:
        return day(value)

    def value_issued_on(self, value: date) -> date:
        return value

    def render_cancelled_at(self, record: Invoice) -> SafeString:
        name, said = (
            ("cancelled", gettext("cancelled"))
            if record.cancelled_at
            else ("standing", gettext("valid"))
        )
        return format_html('<span class="badge state invoice-{}">{}</span>', name, said)


class InvoiceOrderTable(ListTable):
    """Orders with what is counted for them and what was invoiced of it."""

    order_no = tables.Column(
        verbose_name=_("Order"), order_by=("order_no",), attrs={"td": {"class": "cell-no"}}
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
    counted = YuanColumn(verbose_name=_("Money counted"), order_by=("counted", "id"))
    invoiced = YuanColumn(verbose_name=_("Invoiced"), order_by=("invoiced", "id"))
    to_invoice = YuanColumn(verbose_name=_("Still to invoice"), order_by=("to_invoice", "id"))

    class Meta:
        order_by = ("-to_invoice",)
        attrs = {"class": "table table-vcenter card-table table-cards"}
        row_attrs = {"data-order": lambda record: record.order_no}

    def render_order_no(self, record: Order) -> SafeString:
        address = reverse("order_invoices", args=[record.order_no])
        return format_html('<a href="{}">{}</a>', address, record.order_no)

    def value_order_no(self, value: Any) -> Any:
        return value
