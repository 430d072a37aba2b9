"""Visits as a list (VIS-1)."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.lists import ListTable, MomentColumn
from core.templatetags.house import day
from customers.models import Visit

MAIN = {"td": {"class": "cell-main"}}
SIDE = {"td": {"class": "cell-side"}}
WIDE = {"td": {"class": "wide"}}
CARDS = {"class": "table table-vcenter card-table table-cards"}
SHOWN = 60


def link(address: str, text: Any) -> SafeString:
    return format_html('<a class="row-link" href="{}">{}</a>', address, text)


def badge(state: str, label: Any) -> SafeString:
    return format_html('<span class="badge state visit-{}">{}</span>', state, label)


class VisitTable(ListTable):
    """Visits: with whom, when, of what kind, what came of it."""

    customer = tables.Column(
        verbose_name=gettext_lazy("Customer"),
        accessor="customer__name",
        order_by=("customer__customer_no", "id"),
        attrs=MAIN,
    )
    person = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    at = MomentColumn(verbose_name=gettext_lazy("When"), order_by=("at", "id"))
    kind = tables.Column(verbose_name=gettext_lazy("Kind"), order_by=("kind", "id"))
    outcome = tables.Column(
        verbose_name=gettext_lazy("Outcome"), order_by=("outcome", "id"), empty_values=()
    )
    content = tables.Column(
        verbose_name=pgettext_lazy("visit", "What was said"), orderable=False, attrs=WIDE
    )
    next_on = tables.Column(
        verbose_name=gettext_lazy("Next step"), order_by=("next_on", "id"), attrs=WIDE
    )
    void = tables.Column(
        verbose_name=gettext_lazy("State"), order_by=("void", "id"), attrs=SIDE, empty_values=()
    )

    class Meta:
        order_by = ("-at",)
        attrs = CARDS

    def render_customer(self, record: Visit) -> SafeString:
        return link(reverse("visit", args=[record.pk]), record.customer.name)

    def value_customer(self, record: Visit) -> str:
        return record.customer.name

    def render_kind(self, record: Visit) -> str:
        return record.get_kind_display()

    def render_outcome(self, record: Visit) -> str:
        return record.get_outcome_display()

    def render_content(self, value: str) -> str:
        return value if len(value) <= SHOWN else f"{value[:SHOWN]}…"

    def value_content(self, value: str) -> str:
        return value

    def render_next_on(self, record: Visit) -> str:
        done = _("done") if record.next_done_at else day(record.next_on)
        return f"{record.next_step} · {done}"

    def value_next_on(self, record: Visit) -> str:
        return f"{record.next_on} {record.next_step}" if record.next_on else ""

    def render_void(self, record: Visit) -> SafeString | str:
        if record.void:
            return badge("void", _("void"))
        return badge("late", _("recorded later")) if record.came_late else ""

    def value_void(self, record: Visit) -> str:
        return _("void") if record.void else ""
