"""The list of information from the road."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.lists import ListTable, MomentColumn
from reports.models import Information
from reports.tables.meetings import CARDS, MAIN, SIDE, WIDE, badge, link


class InformationTable(ListTable):
    """Information: in a line, of what kind, whose customer's, by whom, whether it was read."""

    title = tables.Column(
        verbose_name=gettext_lazy("Information"), order_by=("title", "id"), attrs=MAIN
    )
    kind = tables.Column(verbose_name=gettext_lazy("Kind"), order_by=("kind", "id"))
    customer = tables.Column(
        verbose_name=gettext_lazy("Customer"),
        accessor="customer__name",
        order_by=("customer__name", "id"),
    )
    tags = tables.Column(
        verbose_name=gettext_lazy("Tags"), accessor="pk", orderable=False, attrs=WIDE
    )
    source = tables.Column(
        verbose_name=pgettext_lazy("information", "Heard from"), orderable=False, attrs=WIDE
    )
    person = tables.Column(
        verbose_name=gettext_lazy("Filed by"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    filed_at = MomentColumn(verbose_name=gettext_lazy("Filed"), order_by=("filed_at", "id"))
    state = tables.Column(
        verbose_name=gettext_lazy("State"), accessor="pk", orderable=False, attrs=SIDE
    )

    class Meta:
        order_by = ("-filed_at",)
        attrs = CARDS

    def render_title(self, record: Information) -> SafeString:
        return link(reverse("information_one", args=[record.pk]), record.title)

    def value_title(self, record: Information) -> str:
        return record.title

    def render_kind(self, record: Information) -> str:
        return record.get_kind_display()

    def render_tags(self, record: Information) -> str:
        return " ".join(tag.word for tag in record.tags.all())

    def render_state(self, record: Any) -> SafeString:
        if record.urgent:
            return badge("overdue", self.value_state(record))
        return badge("done" if record.is_noted else "open", self.value_state(record))

    def value_state(self, record: Any) -> str:
        read = _("read") if record.is_noted else _("not read yet")
        return f"{_('urgent')} · {read}" if record.urgent else read
