"""The lists of orders and of transfers (ORD-1)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.lists import Empty, List, ListTable, Stat
from core.money import ZERO
from core.navigation import NavItem
from core.templatetags.house import yuan
from orders.filters import OrderFilter, TransferFilter
from orders.models import Dispute, Order, Transfer
from orders.money import with_counted
from orders.permissions import can_add_order
from orders.querysets import SEE_ALL_ORDERS
from orders.tables import OrderTable, TransferTable
from policy.clauses import clause_of


def order_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The orders, and how they passed from hand to hand."""
    pages = [
        NavItem(pgettext("menu", "Orders"), reverse("orders"), "file-text"),
        NavItem(gettext("Transfers"), reverse("transfers"), "arrow-right-left"),
    ]
    return [{"item": page, "current": page.url == request.path} for page in pages]


class OrderList(List):
    """The orders one may see; the sums are of all found."""

    key = "orders"
    title = pgettext_lazy("menu", "Orders")
    table = OrderTable
    filterset = OrderFilter
    fixed = ("order_no", "customer")
    page_template = "orders/orders.html"
    nothing_found = Empty(
        _("Nothing found"), _("No order fits the search. Try fewer letters."), "search"
    )

    def rows(self) -> QuerySet[Order]:
        disputes = Dispute.objects.open().filter(order=OuterRef("pk"))
        seen = Order.objects.visible_to(self.user).with_delivered()
        return with_counted(seen).annotate(is_disputed=Exists(disputes))

    def records(self, found: QuerySet[Order], *, first: int, count: int) -> QuerySet[Order]:
        return found.select_related("customer", "person")

    @cached_property
    def sees_others(self) -> bool:
        return bool(self.user.is_superuser or self.user.has_role(*SEE_ALL_ORDERS, "supervisor"))

    def table_options(self) -> Mapping[str, Any]:
        return {} if self.sees_others else {"exclude": ("salesperson",)}

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose",)

    def sums(self, found: QuerySet[Order], table: ListTable) -> Sequence[Stat]:
        sums = found.order_by().aggregate(
            count=Count("id"),
            all=Sum("amount", default=ZERO),
            went=Sum("delivered", default=ZERO),
            came=Sum("counted", default=ZERO),
        )
        return [
            Stat(pgettext("menu", "Orders"), intcomma(sums["count"])),
            Stat(_("Amount"), yuan(sums["all"])),
            Stat(pgettext("amount", "Delivered"), yuan(sums["went"])),
            Stat(_("Money counted"), yuan(sums["came"])),
        ]

    def empty(self) -> Empty:
        if can_add_order(self.user):
            return Empty(
                _("No orders yet"),
                _("An order is entered with its customer, amount and terms."),
                "file-text",
                reverse("order_new"),
                _("New order"),
            )
        return Empty(_("No orders yet"), _("There is no order you may see."), "file-text")

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": order_tabs(self.request),
            "clause": clause_of("ORD-1"),
            "can_add": can_add_order(self.user),
        }


class TransferList(List):
    """The transfers one may see, the newest first."""

    key = "transfers"
    title = _("Transfers")
    table = TransferTable
    filterset = TransferFilter
    fixed = ("order_no",)
    page_template = "orders/orders.html"
    nothing = Empty(
        _("No transfers"),
        _("A transfer is asked for on the page of an order, and decided by the manager."),
        "arrow-right-left",
    )
    nothing_found = Empty(
        _("Nothing found"), _("No transfer fits the search. Try fewer letters."), "search"
    )

    def rows(self) -> QuerySet[Transfer]:
        return Transfer.objects.visible_to(self.user)

    def records(self, found: QuerySet[Transfer], *, first: int, count: int) -> QuerySet[Transfer]:
        return found.select_related("order", "from_person", "to_person")

    def context(self) -> Mapping[str, Any]:
        return {"tabs": order_tabs(self.request), "clause": clause_of("ORD-1")}
