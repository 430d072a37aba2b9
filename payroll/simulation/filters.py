"""Finding a person in a simulation."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from payroll.filters import matches
from payroll.simulation.models import SimulationRow


class SimulationFilter(django_filters.FilterSet):
    """By number, name or pinyin. What cannot be understood filters nothing."""

    q = django_filters.CharFilter(
        method="search",
        label=_("Search"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "placeholder": _("Number, name or pinyin"),
                "class": "form-control",
                "autocomplete": "off",
                "enterkeyhint": "search",
            }
        ),
    )

    class Meta:
        model = SimulationRow
        fields: list[str] = []

    def search(
        self, rows: QuerySet[SimulationRow], _name: str, wanted: str
    ) -> QuerySet[SimulationRow]:
        named = rows.order_by().values_list("id", "person__employee_no", "person__name")
        return rows.filter(id__in=[pk for pk, no, name in named if matches(wanted, no, name)])
