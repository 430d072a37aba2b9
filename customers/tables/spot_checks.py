"""Spot checks as a list (VIS-3)."""

from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.lists import ListTable
from core.templatetags.house import day
from customers.models import SpotCheck
from customers.tables.visits import CARDS, MAIN, SIDE, WIDE, badge, link


class SpotCheckTable(ListTable):
    """Checks: whose records about which customer, when, what came of it."""

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
    checked_on = tables.Column(
        verbose_name=gettext_lazy("Day of inspection"), order_by=("checked_on", "id")
    )
    phone = tables.Column(
        verbose_name=gettext_lazy("Telephoned"), orderable=False, attrs=WIDE, empty_values=()
    )
    reply_until = tables.Column(
        verbose_name=gettext_lazy("Reply until"), order_by=("reply_until", "id"), attrs=WIDE
    )
    verdict = tables.Column(
        verbose_name=gettext_lazy("Verdict"),
        order_by=("verdict", "id"),
        attrs=SIDE,
        empty_values=(),
    )

    class Meta:
        order_by = ("-checked_on",)
        attrs = CARDS

    def render_customer(self, record: SpotCheck) -> SafeString:
        return link(reverse("spot_check", args=[record.pk]), record.customer.name)

    def value_customer(self, record: SpotCheck) -> str:
        return record.customer.name

    def render_checked_on(self, value: date) -> str:
        return day(value)

    def value_checked_on(self, value: date) -> date:
        return value

    def render_phone(self, record: SpotCheck) -> str:
        return record.get_phone_display()

    def render_reply_until(self, value: date) -> str:
        return day(value)

    def value_reply_until(self, value: date | None) -> date | None:
        return value

    def render_verdict(self, record: SpotCheck) -> SafeString:
        return badge(record.standing, standing_word(record))

    def value_verdict(self, record: SpotCheck) -> str:
        return standing_word(record)


def standing_word(check: SpotCheck) -> str:
    return {
        "drawn": pgettext("spot check", "to be checked"),
        "records": _("records found"),
        "none": _("no record"),
        "replied": pgettext("spot check", "replied, to be decided"),
        "accepted": pgettext("spot check", "reply accepted"),
    }[check.standing]
