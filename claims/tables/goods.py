"""Lists of goods, loans, requests and damages."""

from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models import Damage, Goods, Loan, LoanRequest
from claims.rules import due_back_on
from core import clock
from core.lists import ListTable, MomentColumn, YuanColumn
from core.templatetags.house import day
from policy.rules import PolicyBook

CARDS = {"class": "table table-vcenter card-table table-cards"}
MAIN, SIDE, NO = ({"td": {"class": f"cell-{name}"}} for name in ("main", "side", "no"))


def _link(address: str, text: Any) -> SafeString:
    return format_html('<a class="row-link" href="{}">{}</a>', address, text)


def _badge(name: str, text: Any) -> SafeString:
    return format_html('<span class="badge state loan-{}">{}</span>', name, text)


class GoodsTable(ListTable):
    """The register: what there is, at what price, whether it can be had."""

    code = tables.Column(verbose_name=_("Goods code"), order_by=("code",), attrs=NO)
    name = tables.Column(verbose_name=_("Goods"), order_by=("name", "id"), attrs=MAIN)
    serial_no = tables.Column(
        verbose_name=_("Serial number"),
        order_by=("serial_no", "id"),
        attrs={"td": {"class": "wide"}},
    )
    place = tables.Column(verbose_name=_("Where"), order_by=("place", "id"))
    price = YuanColumn(verbose_name=_("Price"), order_by=("price", "id"))
    state = tables.Column(verbose_name=_("State"), accessor="pk", orderable=False, attrs=SIDE)

    class Meta:
        order_by = ("code",)
        attrs = CARDS

    def __init__(self, *args: Any, book: PolicyBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book, self.today = book, clock.today()

    def render_name(self, record: Goods) -> SafeString:
        return _link(reverse("goods_one", args=[record.code]), record.name)

    def value_name(self, record: Goods) -> str:
        return record.name

    def render_state(self, record: Any) -> SafeString:
        return _badge(*self._standing(record))

    def value_state(self, record: Any) -> str:
        return str(self._standing(record)[1])

    def _standing(self, record: Any) -> tuple[str, str]:
        if record.retired_on:
            return "retired", gettext("retired")
        if record.out_since is None:
            return "here", gettext("to lend")
        due = due_back_on(clock.local_date(record.out_since), self.today, self.book)
        name = "overdue" if due < self.today else "out"
        return name, gettext("lent, due back %(day)s") % {"day": day(due)}


class LoansTable(ListTable):
    """Loans, those still out and those that are over."""

    loan_no = tables.Column(verbose_name=_("Loan"), order_by=("loan_no",), attrs=NO)
    item = tables.Column(verbose_name=_("Goods"), order_by=("item", "id"), attrs=MAIN)
    person = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    lent_at = MomentColumn(verbose_name=_("Lent"), order_by=("lent_at", "id"))
    due = tables.Column(verbose_name=_("Due back"), accessor="lent_at", orderable=False)
    returned_on = tables.Column(verbose_name=_("Found on"), order_by=("returned_on", "id"))
    price = YuanColumn(verbose_name=_("Price"), order_by=("price", "id"))
    state = tables.Column(verbose_name=_("State"), accessor="pk", orderable=False, attrs=SIDE)

    class Meta:
        order_by = ("-lent_at",)
        attrs = CARDS

    def __init__(self, *args: Any, book: PolicyBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book, self.today = book, clock.today()

    def render_item(self, record: Loan) -> SafeString:
        return _link(reverse("loan", args=[record.pk]), record.item)

    def value_item(self, record: Loan) -> str:
        return record.item

    def render_due(self, value: datetime) -> str:
        return day(self._due(value))

    def value_due(self, value: datetime) -> date:
        return self._due(value)

    def _due(self, lent_at: datetime) -> date:
        return due_back_on(clock.local_date(lent_at), self.today, self.book)

    def render_returned_on(self, value: date) -> str:
        return day(value)

    def value_returned_on(self, value: date | None) -> date | None:
        return value

    def render_state(self, record: Loan) -> SafeString:
        return _badge(*self._standing(record))

    def value_state(self, record: Loan) -> str:
        return self._standing(record)[1]

    def _standing(self, loan: Loan) -> tuple[str, str]:
        if loan.is_out:
            late = self._due(loan.lent_at) < self.today
            return ("overdue", gettext("overdue")) if late else ("out", gettext("out"))
        # An empty condition is that of a table which does not say: back, and nothing charged.
        return loan.condition or "good", str(loan.get_condition_display() or gettext("back"))


class RequestTable(ListTable):
    """Who asks for which goods, and what came of it."""

    goods = tables.Column(
        verbose_name=_("Goods"), accessor="goods__name", order_by=("goods__name", "id"), attrs=MAIN
    )
    person = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    purpose = tables.Column(verbose_name=_("What for"), orderable=False)
    asked_at = MomentColumn(verbose_name=_("Requested"), order_by=("asked_at", "id"))
    state = tables.Column(verbose_name=_("State"), order_by=("state", "id"), attrs=SIDE)

    class Meta:
        order_by = ("-asked_at",)
        attrs = CARDS

    def render_goods(self, record: LoanRequest) -> SafeString:
        return _link(reverse("goods_one", args=[record.goods.code]), record.goods.name)

    def value_goods(self, record: LoanRequest) -> str:
        return record.goods.name

    def render_state(self, record: LoanRequest) -> SafeString:
        return _badge(record.state, record.get_state_display())

    def value_state(self, record: LoanRequest) -> str:
        return record.get_state_display()


class DamageTable(ListTable):
    """What was broken, by whom, at what price."""

    damage_no = tables.Column(verbose_name=_("Damage no."), order_by=("damage_no",), attrs=NO)
    item = tables.Column(verbose_name=_("Thing"), order_by=("item", "id"), attrs=MAIN)
    person = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    on = tables.Column(verbose_name=_("Day"), order_by=("on", "id"))
    cost_price = YuanColumn(verbose_name=_("Cost price"), order_by=("cost_price", "id"))
    on_purpose = tables.Column(verbose_name=_("How"), order_by=("on_purpose", "id"), attrs=SIDE)

    class Meta:
        order_by = ("-on",)
        attrs = CARDS

    def render_item(self, record: Damage) -> SafeString:
        return _link(reverse("damage", args=[record.pk]), record.item)

    def value_item(self, record: Damage) -> str:
        return record.item

    def render_on(self, value: date) -> str:
        return day(value)

    def value_on(self, value: date) -> date:
        return value

    def render_on_purpose(self, value: bool) -> str:
        return gettext("on purpose") if value else gettext("by accident")
