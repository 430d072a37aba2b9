"""Lists of complaints, and of their figures by person and month (COM-1)."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from core.lists import ListTable
from core.months import Month
from core.templatetags.house import day, month_name
from customers.models import Complaint

MAIN = {"td": {"class": "cell-main"}}
SIDE = {"td": {"class": "cell-side"}}
WIDE = {"td": {"class": "wide"}}
END = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}
CARDS = {"class": "table table-vcenter card-table table-cards"}


def standing(row: Complaint) -> tuple[str, str]:
    """How a complaint stands, for a badge."""
    if row.is_overdue:
        return "overdue", pgettext("complaint", "overdue")
    return row.state, row.get_state_display()


class ComplaintTable(ListTable):
    """Complaints: what, whose, about whom, who handles it until when, how it stands."""

    subject = tables.Column(
        verbose_name=gettext_lazy("Complaint"), order_by=("subject", "id"), attrs=MAIN
    )
    customer_name = tables.Column(
        verbose_name=gettext_lazy("Customer"), order_by=("customer_name", "id")
    )
    category = tables.Column(
        verbose_name=gettext_lazy("What kind"), order_by=("category", "id"), attrs=WIDE
    )
    about = tables.Column(
        verbose_name=pgettext_lazy("complaint", "About"),
        accessor="about__name",
        order_by=("about__employee_no", "id"),
        empty_values=(),
    )
    handler = tables.Column(
        verbose_name=gettext_lazy("Handled by"),
        accessor="handler__name",
        order_by=("handler__employee_no", "id"),
    )
    opened_on = tables.Column(
        verbose_name=pgettext_lazy("complaint", "Came in"), order_by=("opened_on", "id"), attrs=WIDE
    )
    due_on = tables.Column(verbose_name=gettext_lazy("Answer by"), order_by=("due_on", "id"))
    satisfaction = tables.Column(
        verbose_name=gettext_lazy("Satisfaction"), order_by=("satisfaction", "id"), attrs=WIDE
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by=("state", "id"), attrs=SIDE)

    class Meta:
        order_by = ("-opened_on",)
        attrs = CARDS

    def render_subject(self, record: Complaint) -> SafeString:
        address = reverse("complaint", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, record.subject)

    def value_subject(self, record: Complaint) -> str:
        return record.subject

    def render_about(self, value: str | None, record: Complaint) -> str:
        return value or record.goods

    def render_opened_on(self, value: date) -> str:
        return day(value)

    def value_opened_on(self, value: date) -> date:
        return value

    def render_due_on(self, value: date) -> str:
        return day(value)

    def value_due_on(self, value: date) -> date:
        return value

    def render_satisfaction(self, value: int) -> str:
        return f"{value} / 5"

    def value_satisfaction(self, value: int | None) -> int | None:
        return value

    def render_state(self, record: Complaint) -> SafeString:
        state, said = standing(record)
        return format_html('<span class="badge state complaint-{}">{}</span>', state, said)

    def value_state(self, record: Complaint) -> str:
        return standing(record)[1]


class RateTable(ListTable):
    """A line for whom complaints are about and the month they came in."""

    name = tables.Column(
        verbose_name=pgettext_lazy("complaint", "About"),
        order_by=("number", "month"),
        attrs=MAIN,
        empty_values=(),
    )
    number = tables.Column(
        verbose_name=pgettext_lazy("of a person", "No."), attrs={"td": {"class": "cell-no"}}
    )
    month = tables.Column(
        verbose_name=gettext_lazy("Month"), order_by=("month", "number"), empty_values=()
    )
    count = tables.Column(
        verbose_name=gettext_lazy("Complaints"), order_by=("count", "number", "month"), attrs=END
    )
    answered = tables.Column(
        verbose_name=gettext_lazy("Answered"),
        order_by=("answered", "number", "month"),
        attrs=END,
    )
    in_time = tables.Column(
        verbose_name=gettext_lazy("In time"), order_by=("in_time", "number", "month"), attrs=END
    )
    satisfaction = tables.Column(
        verbose_name=gettext_lazy("Satisfaction"),
        order_by=("satisfaction", "number", "month"),
        attrs=END,
    )

    class Meta:
        order_by = ("-month",)
        attrs = CARDS

    def render_name(self, value: str | None) -> str:
        return value or _("goods and deliveries")

    def render_month(self, value: date) -> str:
        return month_name(Month.of(value))

    def value_month(self, value: date) -> str:
        return str(Month.of(value))

    def render_in_time(self, value: int, record: Any) -> str:
        return share(value, record["answered"])

    def value_in_time(self, value: int) -> int:
        return value

    def render_satisfaction(self, value: float) -> str:
        return f"{value:.1f}"

    def value_satisfaction(self, value: float | None) -> str:
        return "" if value is None else f"{value:.1f}"


def share(some: int, of: int) -> str:
    """How many of how many, as a percentage beside the number."""
    return f"{some} · {some * 100 // of} %" if of else str(some)
