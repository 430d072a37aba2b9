"""Finding plans and problems."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter, day_filter
from payroll.people_filters import OwnedFilter
from reports.models import DayPlan, Learning


class PlanFilter(OwnedFilter):
    TEXTS = ("text",)
    PLACEHOLDER = _("Text, name or pinyin")

    first = day_filter(_("From"), field_name="date", lookup_expr="gte")
    last = day_filter(_("To"), field_name="date", lookup_expr="lte")

    class Meta:
        model = DayPlan
        fields: list[str] = []


class ProblemFilter(OwnedFilter):
    TEXTS = ("text", "answer")
    PLACEHOLDER = _("Text, name or pinyin")

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[("open", _("waits for a meeting")), ("answered", _("answered"))],
    )

    class Meta:
        model = Learning
        fields: list[str] = []

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(talked_in__isnull=wanted == "open")
