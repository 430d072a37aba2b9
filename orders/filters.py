"""Finding an order, or a transfer, among many."""

from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter, day_filter, found_by, search_filter
from orders.models import Order, Transfer
from payroll.people_filters import OwnedFilter

Orders = QuerySet[Any]  # with what `OrderList.rows` adds to each


class OrderFilter(OwnedFilter):
    """Search by number, customer or salesperson; whose; how far it has come; signed from and to
    which day."""

    TEXTS = ("order_no",)
    NAMED = (("customer", "customer_no"),)
    PLACEHOLDER = _("Order, customer, name or pinyin")

    signed = choice_filter(
        _("Signing"),
        _("Signed or not"),
        method="in_signing",
        choices=[("yes", _("signed")), ("no", _("not signed"))],
    )
    delivery = choice_filter(
        _("Delivery"),
        _("Delivered or not"),
        method="in_delivery",
        choices=[
            ("none", _("nothing delivered")),
            ("part", _("partly delivered")),
            ("full", _("fully delivered")),
        ],
    )
    payment = choice_filter(
        _("Paid or not"),
        _("Paid or not"),
        method="in_payment",
        choices=[
            ("owed", _("delivered, not paid")),
            ("open", _("not paid in full")),
            ("paid", _("paid in full")),
        ],
    )
    dispute = choice_filter(
        _("Disputes"),
        _("Disputed or not"),
        method="in_dispute",
        choices=[("open", _("in dispute"))],
    )
    first = day_filter(_("Signed from"), field_name="signed_on", lookup_expr="gte")
    last = day_filter(_("Signed to"), field_name="signed_on", lookup_expr="lte")

    class Meta:
        model = Order
        fields: list[str] = []

    def in_signing(self, rows: Orders, _name: str, wanted: str) -> Orders:
        return rows.filter(signed_on__isnull=wanted == "no")

    def in_delivery(self, rows: Orders, _name: str, wanted: str) -> Orders:
        if wanted == "none":
            return rows.filter(delivered__lte=0)
        if wanted == "full":
            return rows.filter(delivered__gte=F("amount"))
        return rows.filter(delivered__gt=0, delivered__lt=F("amount"))

    def in_payment(self, rows: Orders, _name: str, wanted: str) -> Orders:
        if wanted == "owed":
            return rows.filter(counted__lt=F("delivered"))
        if wanted == "open":
            return rows.filter(counted__lt=F("amount"))
        return rows.filter(counted__gte=F("amount"))

    def in_dispute(self, rows: Orders, _name: str, _wanted: str) -> Orders:
        return rows.filter(is_disputed=True)


class TransferFilter(django_filters.FilterSet):
    """Search by order, or by either of the two."""

    q = search_filter(_("Order, name or pinyin"), method="search")
    state = choice_filter(_("State"), _("Any state"), choices=Transfer.State.choices)

    class Meta:
        model = Transfer
        fields: list[str] = []

    def search(self, rows: QuerySet[Transfer], _name: str, wanted: str) -> QuerySet[Transfer]:
        named = (("from_person", "employee_no"), ("to_person", "employee_no"))
        return found_by(wanted, rows, texts=("order__order_no",), named=named)
