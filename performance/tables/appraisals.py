"""The list of appraisals."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from core.lists import ListTable
from performance.models import Appraisal
from performance.rules.periods import Period
from performance.tables.states import state_badge
from performance.words import period_name
from reports.tables.meetings import CARDS, MAIN, SIDE, WIDE, link

END = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}


class AppraisalTable(ListTable):
    """Appraisals: whose, of which quarter, score and grade, how they stand."""

    person = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs=MAIN,
    )
    team = tables.Column(
        verbose_name=gettext_lazy("Team"),
        accessor="person__team",
        order_by=("person__team", "id"),
        attrs=WIDE,
    )
    quarter = tables.Column(
        verbose_name=gettext_lazy("Quarter"), order_by=("quarter", "person__employee_no")
    )
    score = tables.Column(verbose_name=gettext_lazy("Score"), order_by=("score", "id"), attrs=END)
    grade = tables.Column(verbose_name=gettext_lazy("Grade"), order_by=("grade", "id"))
    points = tables.Column(
        verbose_name=gettext_lazy("Points added"), order_by=("points", "id"), attrs=END
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by=("state", "id"), attrs=SIDE)

    class Meta:
        order_by = ("-quarter",)
        attrs = CARDS

    def render_person(self, record: Appraisal) -> SafeString:
        return link(reverse("appraisal", args=[record.pk]), record.person.name)

    def value_person(self, record: Appraisal) -> str:
        return record.person.name

    def render_quarter(self, value: str) -> str:
        return period_name(Period.parse(value))

    def value_quarter(self, value: str) -> str:
        return value

    def render_points(self, value: int) -> str:
        return f"{value:+d}" if value else ""

    def value_points(self, value: int) -> int:
        return value

    def render_state(self, record: Appraisal) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Appraisal) -> str:
        return str(record.get_state_display())
