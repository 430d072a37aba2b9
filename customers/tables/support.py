"""What the list of requests for support shows."""

from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable
from core.templatetags.house import day
from customers.models import SupportRequest
from customers.tables.projects import CARDS, MAIN, NO, SIDE, WIDE


class SupportTable(ListTable):
    """Who asks for what, for which customer, by when, who helps, how it stands."""

    request_no = tables.Column(verbose_name=_("Request"), order_by=("request_no",), attrs=NO)
    person = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs=MAIN,
    )
    kind = tables.Column(verbose_name=_("What is needed"), order_by=("kind", "id"), attrs=MAIN)
    customer = tables.Column(
        verbose_name=_("Customer"), accessor="customer__name", order_by=("customer__name", "id")
    )
    wanted_on = tables.Column(verbose_name=_("Wanted by"), order_by=("wanted_on", "id"))
    helper = tables.Column(
        verbose_name=_("Who helps"), accessor="helper__name", order_by=("helper__name", "id")
    )
    help_by = tables.Column(verbose_name=_("Helps by"), order_by=("help_by", "id"), attrs=WIDE)
    state = tables.Column(verbose_name=_("State"), order_by=("state", "id"), attrs=SIDE)

    class Meta:
        order_by = ("-request_no",)
        attrs = CARDS

    def render_request_no(self, record: SupportRequest) -> SafeString:
        address = reverse("support_request", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, record.request_no)

    def value_request_no(self, record: SupportRequest) -> str:
        return record.request_no

    def render_wanted_on(self, value: date) -> str:
        return day(value)

    def value_wanted_on(self, value: date) -> date:
        return value

    def render_help_by(self, value: date) -> str:
        return day(value)

    def value_help_by(self, value: date | None) -> date | None:
        return value

    def render_state(self, record: SupportRequest) -> SafeString:
        return format_html(
            '<span class="badge state support-{}">{}</span>',
            record.state,
            record.get_state_display(),
        )

    def value_state(self, record: SupportRequest) -> str:
        return str(record.get_state_display())
