"""The lists of goods, loans, requests and damages (GOOD-1, GOOD-2)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.filters.goods import DamageFilter, GoodsFilter, LoansFilter, RequestFilter
from claims.models import Damage, Goods, Loan, LoanRequest
from claims.navigation import goods_tabs
from claims.permissions import can_keep_goods, can_record_damage
from claims.querysets import SEE_ALL_CLAIMS, SEE_ALL_GOODS
from claims.tables.goods import DamageTable, GoodsTable, LoansTable, RequestTable
from core.lists import Empty, List, ListTable, Stat
from core.money import ZERO
from core.templatetags.house import yuan
from policy.clauses import clause_of
from policy.querysets import policy_book


class _OfGoods(List):
    """What the lists about goods have in common: their tabs, their clause, whose are shown."""

    page_template = "lists/chapter.html"
    rule = "GOOD-1"
    see_all: tuple[str, ...] = SEE_ALL_GOODS

    @cached_property
    def sees_others(self) -> bool:
        return bool(self.user.is_superuser or self.user.has_role(*self.see_all, "supervisor"))

    def table_options(self) -> Mapping[str, Any]:
        return {} if self.sees_others else {"exclude": ("person",)}

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose",)

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": goods_tabs(self.request),
            "clauses": [clause_of(self.rule)],
            "acts": self.acts(),
        }

    def acts(self) -> Sequence[tuple[str, Any, str]]:
        """What can be begun here: address, label, icon."""
        return ()


class GoodsList(_OfGoods):
    """The register of what can be lent."""

    key = "goods"
    title = _("Goods to lend")
    table = GoodsTable
    filterset = GoodsFilter
    fixed = ("name",)

    def rows(self) -> QuerySet[Goods]:
        return Goods.objects.visible_to(self.user).with_loan_out()

    def table_options(self) -> Mapping[str, Any]:
        return {"book": policy_book()}

    def acts(self) -> Sequence[tuple[str, Any, str]]:
        if not can_keep_goods(self.user):
            return ()
        return (
            (reverse("goods_file", args=["xlsx"]), _("Take out"), "download"),
            (reverse("imports"), _("Import"), "upload"),
            (reverse("goods_labels"), _("Print labels"), "qr-code"),
            (reverse("goods_new"), _("New goods"), "plus"),
        )

    def empty(self) -> Empty:
        if can_keep_goods(self.user):
            return Empty(
                _("The register is empty"),
                _("Put on file what can be lent; each piece gets a label with its code."),
                "package",
                reverse("goods_new"),
                _("New goods"),
            )
        return Empty(
            _("The register is empty"), _("The keeper has put nothing on file."), "package"
        )


class LoansList(_OfGoods):
    """The loans one may see, the latest first."""

    key = "loans"
    title = _("Goods on loan")
    table = LoansTable
    filterset = LoansFilter
    fixed = ("item",)
    nothing = Empty(_("No loans"), _("Nothing was lent to anybody you may see."), "package")

    def rows(self) -> QuerySet[Loan]:
        return Loan.objects.visible_to(self.user)

    def records(self, found: QuerySet[Loan], *, first: int, count: int) -> QuerySet[Loan]:
        return found.select_related("person")

    def table_options(self) -> Mapping[str, Any]:
        return {**super().table_options(), "book": policy_book()}


class RequestList(_OfGoods):
    """Who asks for goods: the keeper sees all, others their own and their people's."""

    key = "loan_requests"
    title = _("Requests for goods")
    table = RequestTable
    filterset = RequestFilter
    fixed = ("goods",)
    nothing = Empty(
        _("No requests"),
        _("Who wants to borrow scans the label of the goods, or opens them in the list."),
        "hand",
    )

    def rows(self) -> QuerySet[LoanRequest]:
        return LoanRequest.objects.visible_to(self.user)

    def records(
        self, found: QuerySet[LoanRequest], *, first: int, count: int
    ) -> QuerySet[LoanRequest]:
        return found.select_related("person", "goods")


class DamageList(_OfGoods):
    """Company property broken."""

    key = "damages"
    title = _("Damages")
    table = DamageTable
    filterset = DamageFilter
    fixed = ("item",)
    rule = "GOOD-2"
    see_all = (*SEE_ALL_CLAIMS, "keeper")
    nothing = Empty(_("No damages"), _("Nothing is on record that you may see."), "shield-check")

    def rows(self) -> QuerySet[Damage]:
        return Damage.objects.visible_to(self.user)

    def records(self, found: QuerySet[Damage], *, first: int, count: int) -> QuerySet[Damage]:
        return found.select_related("person")

    def acts(self) -> Sequence[tuple[str, Any, str]]:
        if not can_record_damage(self.user):
            return ()
        return ((reverse("damage_new"), _("Record a damage"), "plus"),)

    def sums(self, found: QuerySet[Damage], table: ListTable) -> Sequence[Stat]:
        price = found.aggregate(price=Sum("cost_price", default=ZERO))["price"]
        return [
            Stat(_("Damages"), intcomma(table.paginator.count)),
            Stat(_("Cost price"), yuan(price)),
        ]
