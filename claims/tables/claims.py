"""Lists of claims, and of orders with what they can still pay."""

from datetime import date
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.models import Expense
from core.lists import ListTable, YuanColumn
from core.templatetags.house import day, yuan
from orders.models import Order

RIGHT = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}
WIDE = {"td": {"class": "wide"}}


class ExpenseTable(ListTable):
    """Claims: on which order, for what, how much, how they stand."""

    claim_no = tables.Column(
        verbose_name=_("Claim"), order_by=("claim_no",), attrs={"td": {"class": "cell-no"}}
    )
    person = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    order = tables.Column(
        verbose_name=_("Order"),
        accessor="order__order_no",
        order_by=("order__order_no", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    customer = tables.Column(
        verbose_name=_("Customer"), accessor="order__customer__name", orderable=False, attrs=WIDE
    )
    kind = tables.Column(verbose_name=_("Kind"), order_by=("kind", "id"))
    amount = YuanColumn(verbose_name=_("Amount"), order_by=("amount", "id"))
    spent_on = tables.Column(verbose_name=_("Spent on"), order_by=("spent_on", "id"))
    state = tables.Column(
        verbose_name=_("State"),
        accessor="pk",
        orderable=False,
        attrs={"td": {"class": "cell-side"}},
    )
    approved_on = tables.Column(
        verbose_name=_("Approved on"), order_by=("approved_on", "id"), attrs=WIDE
    )

    class Meta:
        order_by = ("-spent_on",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_claim_no(self, record: Expense) -> SafeString:
        return _link(reverse("expense", args=[record.pk]), record.claim_no)

    def value_claim_no(self, record: Expense) -> str:
        return record.claim_no

    def render_kind(self, record: Expense) -> str:
        return record.get_kind_display()

    def render_spent_on(self, value: date) -> str:
        return day(value)

    def value_spent_on(self, value: date) -> date:
        return value

    def render_approved_on(self, value: date) -> str:
        return day(value)

    def value_approved_on(self, value: date | None) -> date | None:
        return value

    def render_state(self, record: Expense) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Expense) -> str:
        return str(record.state.label)


class WaitingTable(ExpenseTable):
    """Claims that wait, with what each would pay if it were approved now."""

    pays = YuanColumn(verbose_name=_("Would pay"), accessor="pays", orderable=False)

    class Meta(ExpenseTable.Meta):
        order_by = ("spent_on",)
        exclude = ("state", "approved_on")


class AllowanceTable(ListTable):
    """One's own orders, with what each can still pay for travel and for meals."""

    order_no = tables.Column(
        verbose_name=_("Order"), order_by=("order_no",), attrs={"td": {"class": "cell-main"}}
    )
    customer = tables.Column(
        verbose_name=_("Customer"), accessor="customer__name", order_by=("customer__name", "id")
    )
    amount = YuanColumn(verbose_name=_("Order amount"), order_by=("amount", "id"))
    signed_on = tables.Column(
        verbose_name=_("Signed on"), order_by=("signed_on", "id"), empty_values=()
    )
    travel = YuanColumn(verbose_name=_("Travel left"), accessor="pk", orderable=False)
    meal = YuanColumn(verbose_name=_("Meals left"), accessor="pk", orderable=False)

    class Meta:
        order_by = ("-signed_on",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_order_no(self, record: Order) -> SafeString:
        return _link(reverse("allowance_of", args=[record.order_no]), record.order_no)

    def value_order_no(self, record: Order) -> str:
        return record.order_no

    def render_signed_on(self, value: date | None) -> Any:
        return day(value) if value else _("not signed yet")

    def value_signed_on(self, value: date | None) -> date | None:
        return value

    def render_travel(self, record: Any) -> Any:
        return yuan(_left(record, "travel"))

    def render_meal(self, record: Any) -> Any:
        return yuan(_left(record, "meal"))

    def value_travel(self, record: Any) -> Decimal:
        return _left(record, "travel")

    def value_meal(self, record: Any) -> Decimal:
        return _left(record, "meal")


def _left(record: Any, kind: str) -> Decimal:
    left: Decimal = next(each.now.left for each in record.standings if each.kind == kind)
    return left


def _link(address: str, text: str) -> SafeString:
    return format_html('<a class="row-link" href="{}">{}</a>', address, text)


def state_badge(claim: Expense) -> SafeString:
    state = claim.state
    return format_html('<span class="badge state claim-{}">{}</span>', state.value, state.label)
