"""Finding handovers, differences and day sheets."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter, day_filter, search_filter
from payroll.people_filters import OwnedFilter
from receivables.models import DaySheet, Discrepancy, Handover


class HandoverFilter(OwnedFilter):
    """Whose money, on which day."""

    TEXTS = ("payments__slip__slip_no",)
    PLACEHOLDER = _("Slip, number, name or pinyin")

    day = day_filter(_("Day"), field_name="counted_at", lookup_expr="date")

    class Meta:
        model = Handover
        fields: list[str] = []

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        found = super().search(rows, _name, wanted)
        return rows.filter(pk__in=found.order_by().values("pk"))  # once, however many slips


class DifferenceFilter(OwnedFilter):
    """Whose difference, and how it stands."""

    PERSON = "handover__person"
    PLACEHOLDER = _("Number, name or pinyin")

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="in_state",
        choices=[("waiting", _("not settled")), *Discrepancy.State.choices],
    )

    class Meta:
        model = Discrepancy
        fields: list[str] = []

    def in_state(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.unsettled() if wanted == "waiting" else rows.filter(state=wanted)  # type: ignore[attr-defined]


class SheetFilter(django_filters.FilterSet):
    """By number; signed off or not."""

    q = search_filter(_("Sheet no."), field_name="sheet_no", lookup_expr="icontains")
    state = choice_filter(
        _("State"),
        _("Any state"),
        method="in_state",
        choices=[("waiting", _("to be signed off")), ("signed", _("signed off"))],
    )

    class Meta:
        model = DaySheet
        fields: list[str] = []

    def in_state(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(signed_at__isnull=wanted == "waiting")
