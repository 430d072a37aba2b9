"""Lists of the books."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.templatetags.house import yuan


class YuanColumn(tables.Column):
    """An amount: right-aligned, tabular figures."""

    def __init__(self, **extra: Any) -> None:
        attrs = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}
        super().__init__(attrs=attrs, **extra)

    def render(self, value: Decimal) -> SafeString | str:
        return yuan(value)


class StatementTable(tables.Table):
    """The statements of a month, one row a person."""

    employee_no = tables.Column(verbose_name=_("No."), attrs={"td": {"class": "cell-no"}})
    name = tables.Column(verbose_name=_("Name"), attrs={"td": {"class": "cell-main"}})
    team = tables.Column(verbose_name=_("Team"), attrs={"td": {"class": "cell-side"}})
    plus = YuanColumn(verbose_name=_("Plus"))
    minus = YuanColumn(verbose_name=_("Minus"))
    total = YuanColumn(verbose_name=_("Total"))

    class Meta:
        order_by = ("employee_no",)
        attrs = {"class": "table table-vcenter card-table table-cards"}
        row_attrs = {"data-employee": lambda record: record["employee_no"]}

    def render_name(self, record: dict[str, Any], value: str) -> SafeString:
        address = reverse("statement", args=[record["month"], record["employee_no"]])
        return format_html('<a class="row-link" href="{}">{}</a>', address, value)
