"""The list of customers' files."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable
from core.templatetags.house import day
from customers.reads.files import completeness_counted, lacking_words
from customers.reads.telephone import shown_number


class FileTable(ListTable):
    """Files, those opened last first."""

    customer_no = tables.Column(
        verbose_name=_("Number"), order_by=("id",), attrs={"td": {"class": "cell-no"}}
    )
    name = tables.Column(
        verbose_name=_("Customer"), order_by=("name", "id"), attrs={"td": {"class": "cell-main"}}
    )
    owner = tables.Column(
        verbose_name=_("Owner"),
        accessor="owner__name",
        order_by=("owner__employee_no", "id"),
        attrs={"td": {"class": "cell-side"}},
    )
    level = tables.Column(verbose_name=_("Level"), order_by=("level", "id"))
    industry = tables.Column(verbose_name=_("Industry"), order_by=("industry", "id"))
    telephone = tables.Column(verbose_name=_("Telephone"), orderable=False)
    address = tables.Column(verbose_name=_("Address"), orderable=False)
    created_on = tables.Column(verbose_name=_("Opened on"), order_by=("created_on", "id"))
    complete = tables.Column(
        verbose_name=pgettext_lazy("customer", "File"), empty_values=(), orderable=False
    )

    class Meta:
        order_by = ("-customer_no",)
        attrs = {"class": "table table-vcenter card-table table-cards"}
        row_attrs = {"data-customer": lambda record: record.customer_no}

    def __init__(self, *args: Any, calls_a_day: int, **kwargs: Any) -> None:
        self.calls_a_day = calls_a_day
        super().__init__(*args, **kwargs)

    def render_customer_no(self, value: str) -> SafeString:
        return format_html(
            '<a class="row-link" href="{}">{}</a>', reverse("customer", args=[value]), value
        )

    def value_customer_no(self, value: Any) -> Any:
        return value

    def render_name(self, record: Any, value: str) -> SafeString | str:
        if not record.do_not_disturb:
            return value
        return format_html(
            '{} <span class="badge state file-quiet">{}</span>', value, gettext("do not disturb")
        )

    def value_name(self, value: Any) -> Any:
        return value

    def render_telephone(self, record: Any, value: str) -> SafeString | str:
        """Masked while nobody may call them, on the page and in a file alike (VIS-4)."""
        number = shown_number(value, record, most=self.calls_a_day)
        if not number.shut:
            return value
        return format_html('{} <span class="text-secondary">{}</span>', number.text, number.shut)

    def render_level(self, value: str) -> str:
        return value

    def render_created_on(self, value: date) -> str:
        return day(value)

    def value_created_on(self, value: Any) -> Any:
        return value

    def render_complete(self, record: Any) -> SafeString:
        found = completeness_counted(record)
        if found.is_complete:
            return format_html(
                '<span class="badge state file-complete">{}</span>', gettext("complete")
            )
        return format_html(
            '<span class="badge state file-incomplete" title="{}">{} %</span>',
            " · ".join(lacking_words(found.lacking)),
            found.percent,
        )

    def value_complete(self, record: Any) -> str:
        return f"{completeness_counted(record).percent} %"
