"""Lists of plans of the day and of the learning log."""

import datetime

import django_tables2 as tables
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lists import ListTable, MomentColumn
from core.templatetags.house import day
from reports.models import Learning
from reports.tables.meetings import CARDS, MAIN, SIDE, WIDE, badge, link


class PlanTable(ListTable):
    """What each meant to do on a day."""

    date = tables.Column(verbose_name=gettext_lazy("Day"), order_by=("date", "id"))
    person = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs=MAIN,
    )
    text = tables.Column(verbose_name=gettext_lazy("Plan"), orderable=False, attrs=SIDE)
    written_at = MomentColumn(
        verbose_name=gettext_lazy("Written"), order_by=("written_at", "id"), attrs=WIDE
    )

    class Meta:
        order_by = ("-date",)
        attrs = CARDS

    def render_date(self, value: datetime.date) -> str:
        return day(value)

    def value_date(self, value: datetime.date) -> datetime.date:
        return value


class ProblemTable(ListTable):
    """Problems met on the road, and what a meeting said."""

    text = tables.Column(verbose_name=gettext_lazy("Problem"), orderable=False, attrs=MAIN)
    person = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    written_at = MomentColumn(verbose_name=gettext_lazy("Written"), order_by=("written_at", "id"))
    answer = tables.Column(
        verbose_name=gettext_lazy("What the meeting says"), orderable=False, attrs=WIDE
    )
    state = tables.Column(
        verbose_name=gettext_lazy("State"), accessor="pk", orderable=False, attrs=SIDE
    )

    class Meta:
        order_by = ("-written_at",)
        attrs = CARDS

    def render_text(self, record: Learning) -> SafeString:
        return link(reverse("problem", args=[record.pk]), record.text)

    def value_text(self, record: Learning) -> str:
        return record.text

    def render_state(self, record: Learning) -> SafeString:
        answered = record.talked_in_id is not None
        return badge("done" if answered else "open", self.value_state(record))

    def value_state(self, record: Learning) -> str:
        return _("answered") if record.talked_in_id is not None else _("waits for a meeting")
