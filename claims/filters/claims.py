"""Finding a claim, or an order of one's own, among many."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claims.models import Expense
from core.lists.search import choice_filter, found_by, search_filter
from orders.models import Order
from payroll.people_filters import OwnedFilter


class ExpenseFilter(OwnedFilter):
    """Search by number, order or salesperson; how it stands, for what, whose."""

    TEXTS = ("claim_no", "order__order_no", "note")
    PLACEHOLDER = _("Claim, order, name or pinyin")

    state = choice_filter(
        _("State"), _("Any state"), method="standing", choices=Expense.State.choices
    )
    kind = choice_filter(_("Kind"), _("Travel and meals"), choices=Expense.Kind.choices)

    class Meta:
        model = Expense
        fields = ["kind"]

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        if wanted == Expense.State.APPROVED:
            return rows.exclude(approved_on=None)
        ended = "" if wanted == Expense.State.WAITING else wanted
        return rows.filter(approved_on=None, ended=ended)


class WaitingFilter(OwnedFilter):
    """Among claims that wait for a decision."""

    TEXTS = ("claim_no", "order__order_no", "note")
    PLACEHOLDER = _("Claim, order, name or pinyin")

    kind = choice_filter(_("Kind"), _("Travel and meals"), choices=Expense.Kind.choices)

    class Meta:
        model = Expense
        fields = ["kind"]


class OrderFilter(django_filters.FilterSet):
    """One's own orders: by number or customer."""

    q = search_filter(_("Order, customer or pinyin"), method="search")
    signed = choice_filter(
        _("Signed"),
        _("Signed or not"),
        method="is_signed",
        choices=[("yes", _("signed")), ("no", _("not signed yet"))],
    )

    class Meta:
        model = Order
        fields: list[str] = []

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return found_by(wanted, rows, texts=["order_no"], named=[("customer", "customer_no")])

    def is_signed(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(signed_on__isnull=wanted == "no")
