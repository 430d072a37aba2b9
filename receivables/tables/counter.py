"""Tables of handovers, differences and day sheets."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable, MomentColumn, YuanColumn
from core.templatetags.house import day
from receivables.models import DaySheet, Discrepancy, Handover

_CARDS = {"class": "table table-vcenter card-table table-cards"}


class HandoverTable(ListTable):
    """Who brought how much, and when."""

    person = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    employee_no = tables.Column(
        verbose_name=_("No."),
        accessor="person__employee_no",
        order_by=("person__employee_no", "id"),
        attrs={"td": {"class": "cell-no"}},
    )
    counted_at = MomentColumn(
        verbose_name=_("Counted"),
        order_by=("counted_at", "id"),
        attrs={"td": {"class": "cell-side"}},
    )
    recorded = YuanColumn(verbose_name=_("Cash recorded"), order_by=("recorded", "id"))
    cash = YuanColumn(verbose_name=_("Cash counted"), order_by=("cash", "id"))
    cheques = YuanColumn(verbose_name=_("Cheques"), order_by=("cheques", "id"))
    difference = YuanColumn(verbose_name=_("Difference"), order_by=("apart", "id"))
    sheet = tables.Column(
        verbose_name=_("Day sheet"), accessor="sheet__sheet_no", order_by=("sheet__id", "id")
    )

    class Meta:
        order_by = ("-counted_at",)
        attrs = _CARDS

    def render_person(self, record: Handover, value: str) -> SafeString:
        address = reverse("handover", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, value)


class DifferenceTable(ListTable):
    """What differs, of whose money, and how it stands."""

    person = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="handover__person__name",
        order_by=("handover__person__employee_no", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    employee_no = tables.Column(
        verbose_name=_("No."),
        accessor="handover__person__employee_no",
        order_by=("handover__person__employee_no", "id"),
        attrs={"td": {"class": "cell-no"}},
    )
    state = tables.Column(
        verbose_name=_("State"), order_by=("state", "id"), attrs={"td": {"class": "cell-side"}}
    )
    counted_at = MomentColumn(
        verbose_name=_("Counted"),
        accessor="handover__counted_at",
        order_by=("handover__counted_at", "id"),
    )
    amount = YuanColumn(verbose_name=_("Difference"), order_by=("amount", "id"))
    settlement = tables.Column(verbose_name=_("How it was settled"), order_by=("settlement", "id"))

    class Meta:
        order_by = ("-counted_at",)
        attrs = _CARDS

    def render_person(self, record: Discrepancy, value: str) -> SafeString:
        address = reverse("difference", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, value)

    def render_state(self, record: Discrepancy) -> SafeString:
        return format_html(
            '<span class="badge state difference-{}">{}</span>',
            record.state,
            record.get_state_display(),
        )

    def render_settlement(self, record: Discrepancy) -> str:
        return record.get_settlement_display()


class SheetTable(ListTable):
    """Numbered sheets: when, how much, closed and signed by whom."""

    sheet_no = tables.Column(
        verbose_name=_("Sheet no."), order_by=("id",), attrs={"td": {"class": "cell-main"}}
    )
    date = tables.Column(
        verbose_name=_("Day"), order_by=("date", "id"), attrs={"td": {"class": "cell-no"}}
    )
    signed_at = tables.Column(
        verbose_name=_("State"),
        empty_values=(),
        order_by=("signed_at", "id"),
        attrs={"td": {"class": "cell-side"}},
    )
    cash = YuanColumn(verbose_name=_("Cash counted"), order_by=("cash", "id"))
    cheques = YuanColumn(verbose_name=_("Cheques"), order_by=("cheques", "id"))
    closed_by = tables.Column(verbose_name=_("Closed by"), orderable=False)
    signed_by = tables.Column(verbose_name=_("Signed off by"), orderable=False)

    class Meta:
        order_by = ("-sheet_no",)
        attrs = _CARDS

    def render_sheet_no(self, record: DaySheet) -> SafeString:
        address = reverse("sheet", args=[record.sheet_no])
        return format_html('<a class="row-link" href="{}">{}</a>', address, record.sheet_no)

    def render_date(self, value: Any) -> str:
        return day(value)

    def render_signed_at(self, record: DaySheet) -> SafeString:
        name, said = (
            ("settled", gettext("signed off"))
            if record.signed_at
            else ("open", gettext("to be signed off"))
        )
        return format_html('<span class="badge state difference-{}">{}</span>', name, said)

    def render_closed_by(self, value: Any) -> str:
        return str(value.get_full_name())

    def render_signed_by(self, value: Any) -> str:
        return str(value.get_full_name())
