"""Finding an invoice, or an order to invoice, among many."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter
from core.money import ZERO
from orders.models import Order
from payroll.people_filters import OwnedFilter
from receivables.models import Invoice


class InvoiceFilter(OwnedFilter):
    """Search by number, order, customer or salesperson; whose; valid or cancelled."""

    PERSON = "order__person"
    TEXTS = ("invoice_no", "order__order_no")
    NAMED = (("order__customer", "customer_no"),)
    PLACEHOLDER = _("Invoice, order, customer, name or pinyin")

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="in_state",
        choices=[("valid", _("valid")), ("cancelled", _("cancelled"))],
    )

    class Meta:
        model = Invoice
        fields: list[str] = []

    def in_state(self, rows: QuerySet[Invoice], _name: str, wanted: str) -> QuerySet[Invoice]:
        return rows.filter(cancelled_at__isnull=wanted == "valid")


class InvoiceOrderFilter(OwnedFilter):
    """Search by order, customer or salesperson; still to invoice, all of it, or too much."""

    TEXTS = ("order_no",)
    NAMED = (("customer", "customer_no"),)
    PLACEHOLDER = _("Order, customer, name or pinyin")

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="in_state",
        choices=[
            ("open", _("still to invoice")),
            ("done", _("all invoiced")),
            ("over", _("invoiced too much")),
        ],
    )

    class Meta:
        model = Order
        fields: list[str] = []

    def in_state(self, rows: QuerySet[Order], _name: str, wanted: str) -> QuerySet[Order]:
        way = {"open": "to_invoice__gt", "over": "to_invoice__lt"}.get(wanted, "to_invoice")
        return rows.filter(**{way: ZERO})
