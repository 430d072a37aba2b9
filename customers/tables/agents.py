"""What the list of prefectures shows."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable
from customers.models import Prefecture
from customers.tables.projects import CARDS, MAIN, SIDE


class PrefectureTable(ListTable):
    """Prefectures: how they stand, and whose; a stranger's is another's."""

    name = tables.Column(verbose_name=_("Prefecture"), order_by=("name", "id"), attrs=MAIN)
    province = tables.Column(verbose_name=_("Province"), order_by=("province", "id"))
    agents = tables.Column(verbose_name=_("Agents"), accessor="pk", orderable=False)
    whose = tables.Column(verbose_name=_("Whose"), accessor="pk", orderable=False)
    standing = tables.Column(verbose_name=_("State"), order_by=("standing", "id"), attrs=SIDE)

    class Meta:
        order_by = ("province",)
        attrs = CARDS

    def render_name(self, record: Prefecture) -> SafeString:
        address = reverse("prefecture", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', address, record.name)

    def value_name(self, record: Prefecture) -> str:
        return record.name

    def render_agents(self, record: Any) -> str:
        return "、".join(each.customer.name for each in record.seen) or "—"

    def value_agents(self, record: Any) -> str:
        return "、".join(each.customer.name for each in record.seen)

    def render_whose(self, record: Any) -> Any:
        names = dict.fromkeys(
            each.customer.owner.name for each in record.seen if each.customer.owner
        )
        said = [*names, *([str(_("another's"))] if record.others else [])]
        return "、".join(said) or "—"

    def value_whose(self, record: Any) -> str:
        return str(self.render_whose(record))

    def render_standing(self, value: str) -> SafeString:
        label = Prefecture.Standing(value).label
        return format_html('<span class="badge state prefecture-{}">{}</span>', value, label)

    def value_standing(self, value: str) -> str:
        return str(Prefecture.Standing(value).label)
