"""The inbox as a list."""

from datetime import datetime

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists import ListTable, MomentColumn
from core.templatetags.house import moment
from notices.models import Notice


class NoticeTable(ListTable):
    """What somebody is told, unread first."""

    said = tables.Column(
        verbose_name=_("Notice"), orderable=False, attrs={"td": {"class": "cell-main"}}
    )
    at = MomentColumn(verbose_name=_("When"), order_by=("at", "id"))
    due = tables.Column(verbose_name=_("Due"), order_by=("due", "id"))
    state = tables.Column(verbose_name=_("State"), empty_values=(), orderable=False)

    class Meta:
        attrs = {"class": "table table-vcenter card-table table-cards"}
        row_attrs = {"class": lambda record: "" if record.read_at else "notice-unread"}

    def render_said(self, record: Notice, value: str) -> SafeString:
        address = reverse("notice", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, value)

    def render_due(self, value: datetime) -> SafeString | str:
        if value >= clock.now():
            return moment(value)
        return format_html('<span class="notice-late">{}</span>', moment(value))

    def value_due(self, value: datetime) -> datetime:
        return value

    def value_state(self, record: Notice) -> str:
        if record.archived_at:
            return gettext("put away")
        return gettext("read") if record.read_at else gettext("unread")

    def render_state(self, record: Notice) -> SafeString:
        context = {"notice": record, "state": self.value_state(record)}
        return render_to_string("notices/_acts.html", context, self.request)
