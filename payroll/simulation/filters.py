"""Finding a person in a simulation."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter, found_by, search_filter
from core.money import ZERO
from payroll.simulation.models import SimulationRow


class SimulationFilter(django_filters.FilterSet):
    """By number, name or pinyin; by team; those who would get more, or less. What cannot be
    understood filters nothing."""

    q = search_filter(_("Number, name or pinyin"), method="search")
    team = choice_filter(_("Team"), _("All teams"), field_name="person__team")
    way = choice_filter(
        _("Difference"),
        _("Everybody"),
        method="differing",
        choices=[("any", _("differs")), ("more", _("more")), ("less", _("less"))],
    )

    class Meta:
        model = SimulationRow
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = "person__team"
        teams = self.queryset.order_by(name).values_list(name, flat=True).distinct()
        self.filters["team"].extra["choices"] = [(team, team) for team in teams if team]

    def search(
        self, rows: QuerySet[SimulationRow], _name: str, wanted: str
    ) -> QuerySet[SimulationRow]:
        return found_by(wanted, rows, named=[("person", "employee_no")])

    def differing(
        self, rows: QuerySet[SimulationRow], _name: str, wanted: str
    ) -> QuerySet[SimulationRow]:
        if wanted == "any":
            return rows.exclude(difference=ZERO)
        return (
            rows.filter(difference__gt=ZERO)
            if wanted == "more"
            else rows.filter(difference__lt=ZERO)
        )
