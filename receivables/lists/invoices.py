"""The lists of invoices, and of orders by what is counted and invoiced (SLIP-5)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.lists import Empty, List, ListTable, Stat
from core.money import ZERO
from core.navigation import NavItem
from core.templatetags.house import yuan
from orders.models import Order
from policy.clauses import clause_of
from receivables.filters.invoices import InvoiceFilter, InvoiceOrderFilter
from receivables.models import Invoice
from receivables.querysets.counted import with_invoicing
from receivables.tables.invoices import InvoiceOrderTable, InvoiceTable


def invoice_tabs(current: str) -> list[dict[str, Any]]:
    pages = (
        ("invoices", NavItem(_("Invoices"), reverse("invoices"), "file-text")),
        ("invoice_orders", NavItem(_("By order"), reverse("invoice_orders"), "list-checks")),
    )
    return [{"item": item, "current": name == current} for name, item in pages]


class InvoiceList(List):
    """The invoices of orders one may see, the latest first."""

    key = "invoices"
    title = pgettext_lazy("menu", "Invoices")
    table = InvoiceTable
    filterset = InvoiceFilter
    fixed = ("customer", "invoice_no")
    page_template = "receivables/invoices.html"

    def rows(self) -> QuerySet[Invoice]:
        return Invoice.objects.visible_to(self.user)

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return found.select_related("order__customer", "order__person")

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        valid = Q(cancelled_at=None)
        sums = found.order_by().aggregate(
            valid=Sum("amount", filter=valid, default=ZERO),
            cancelled=Sum("amount", filter=~valid, default=ZERO),
        )
        return [
            Stat(_("Invoiced"), yuan(sums["valid"])),
            Stat(_("Cancelled"), yuan(sums["cancelled"])),
        ]

    def empty(self) -> Empty:
        return Empty(
            _("No invoices yet"),
            _("An invoice is issued for an order once the cashier has counted money for it."),
            "file-text",
            reverse("invoice_orders"),
            _("Orders with money counted"),
        )

    def context(self) -> Mapping[str, Any]:
        return {"tabs": invoice_tabs("invoices"), "clause": clause_of("SLIP-5")}


class InvoiceOrderList(List):
    """The orders one may see that have money counted or invoices, most to invoice first."""

    key = "invoice_orders"
    title = pgettext_lazy("menu", "Invoices")
    table = InvoiceOrderTable
    filterset = InvoiceOrderFilter
    fixed = ("customer", "order_no")
    page_template = "receivables/invoices.html"

    def rows(self) -> QuerySet[Any]:
        seen = with_invoicing(Order.objects.visible_to(self.user))
        return seen.filter(Q(counted__gt=ZERO) | Q(invoiced__gt=ZERO))

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return found.select_related("customer", "person")

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        return [Stat(_("Orders"), intcomma(table.paginator.count))]

    def empty(self) -> Empty:
        return Empty(
            _("Nothing to invoice"),
            _("No money has been counted for an order yet."),
            "file-text",
        )

    def context(self) -> Mapping[str, Any]:
        return {"tabs": invoice_tabs("invoice_orders"), "clause": clause_of("SLIP-5")}
