"""What is owed by its age, by customer or salesperson; and the supervisor's board (DUE-1)."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.lists import ListTable, YuanColumn
from receivables.rules.ageing import BUCKETS

DAYS = [format_lazy(_("{days} days"), days=each.name) for each in BUCKETS]


def unpaid_of(number: str, state: str = "") -> str:
    """The list of unpaid deliveries of a person or customer, narrowed down."""
    asked = {"q": number, **({"state": state} if state else {})}
    return f"{reverse('unpaid')}?{urlencode(asked)}"


class CountColumn(tables.Column):
    """How many: in a file a number, on the page a link to the deliveries it counts, where `state`
    names a filter of theirs."""

    def __init__(self, state: str = "", **extra: Any) -> None:
        self.state = state
        attrs = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}
        super().__init__(attrs=attrs, **extra)

    def render(self, value: int, record: Any) -> Any:
        if not value or not self.state:
            return value
        return format_html(
            '<a class="tap" href="{}">{}</a>', unpaid_of(record["number"], self.state), value
        )

    def value(self, value: int, record: Any) -> int:
        return value


class AgeingTable(ListTable):
    """One line for whoever owes; the most owed first."""

    name = tables.Column(
        verbose_name=_("Customer"),
        order_by=("name", "number"),
        attrs={"td": {"class": "cell-main"}},
    )
    number = tables.Column(
        verbose_name=pgettext_lazy("of a person", "No."), attrs={"td": {"class": "cell-no"}}
    )
    deliveries = CountColumn(verbose_name=_("Deliveries"), order_by=("deliveries", "number"))
    age_0 = YuanColumn(verbose_name=DAYS[0], order_by=("age_0", "number"))
    age_1 = YuanColumn(verbose_name=DAYS[1], order_by=("age_1", "number"))
    age_2 = YuanColumn(verbose_name=DAYS[2], order_by=("age_2", "number"))
    age_3 = YuanColumn(verbose_name=DAYS[3], order_by=("age_3", "number"))
    age_4 = YuanColumn(verbose_name=DAYS[4], order_by=("age_4", "number"))
    owed = YuanColumn(verbose_name=_("Unpaid"), order_by=("owed", "number"))

    class Meta:
        order_by = ("-owed",)
        attrs = {"class": "table table-vcenter card-table table-cards"}
        row_attrs = {"data-owes": lambda record: record["number"]}

    def render_name(self, record: Any) -> SafeString:
        return format_html(
            '<a class="tap" href="{}">{}</a>', unpaid_of(record["number"]), record["name"]
        )

    def value_name(self, value: str) -> str:
        return value


class AgeingPeopleTable(AgeingTable):
    """One line for whoever sold what is owed."""

    name = tables.Column(
        verbose_name=_("Salesperson"), order_by=("number",), attrs={"td": {"class": "cell-main"}}
    )


class BoardTable(ListTable):
    """One line for each salesperson; every count leads to its deliveries."""

    name = tables.Column(
        verbose_name=_("Salesperson"), order_by=("number",), attrs={"td": {"class": "cell-main"}}
    )
    owed = YuanColumn(verbose_name=_("Unpaid"), order_by=("owed", "number"))
    escalated = CountColumn(
        "escalated", verbose_name=_("Escalated"), order_by=("escalated", "number")
    )
    unplanned = CountColumn(
        "unplanned", verbose_name=_("Without a plan"), order_by=("unplanned", "number")
    )
    promised = CountColumn(
        "promised", verbose_name=_("Promises due this week"), order_by=("promised", "number")
    )
    broken = CountColumn("broken", verbose_name=_("Promises broken"), order_by=("broken", "number"))

    class Meta:
        order_by = ("-owed",)
        attrs = {"class": "table table-vcenter card-table table-cards"}
        row_attrs = {"data-person": lambda record: record["number"]}

    def render_name(self, record: Any) -> SafeString:
        return format_html(
            '<a class="tap" href="{}">{}</a>', unpaid_of(record["number"]), record["name"]
        )

    def value_name(self, value: str) -> str:
        return value
