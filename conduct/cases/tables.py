"""The list of cases."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from conduct.models import Proceeding
from core.lists import ListTable, MomentColumn
from core.templatetags.house import day

MAIN = {"td": {"class": "cell-main"}}
SIDE = {"td": {"class": "cell-side"}}
SHADES = {"reported": "open", "hearing": "open", "decided": "done", "dismissed": "done"}


def badge(row: Proceeding) -> SafeString:
    return format_html(
        '<span class="badge state meet-{}">{}</span>', SHADES[row.state], row.get_state_display()
    )


class ProceedingTable(ListTable):
    """Cases: number, offence, about whom, since when, until when to reply, how it stands."""

    proceeding_no = tables.Column(
        verbose_name=pgettext_lazy("conduct", "Case"), order_by=("proceeding_no",), attrs=MAIN
    )
    offence = tables.Column(verbose_name=gettext_lazy("Offence"), order_by=("offence", "id"))
    about = tables.Column(
        verbose_name=pgettext_lazy("conduct", "About whom"), accessor="pk", orderable=False
    )
    reported_at = MomentColumn(
        verbose_name=pgettext_lazy("conduct", "Reported"), order_by=("reported_at", "id")
    )
    hearing_until = tables.Column(
        verbose_name=gettext_lazy("Reply by"), order_by=("hearing_until", "id")
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by=("state", "id"), attrs=SIDE)

    class Meta:
        order_by = ("-reported_at",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_proceeding_no(self, record: Proceeding) -> SafeString:
        address = reverse("proceeding", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, record.proceeding_no)

    def value_proceeding_no(self, record: Proceeding) -> str:
        return record.proceeding_no

    def render_about(self, record: Any) -> str:
        return "、".join(each.person.name for each in record.subjects.all())

    def render_hearing_until(self, value: date) -> str:
        return day(value)

    def value_hearing_until(self, value: date | None) -> str:
        return str(value or "")

    def render_state(self, record: Proceeding) -> SafeString:
        return badge(record)

    def value_state(self, record: Proceeding) -> str:
        return record.get_state_display()
