"""Finding a person: by number, name or pinyin; by team, role, channel, status."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Channel, Person, Role
from accounts.models.people import Status
from core.names import matches

HERE = "here"


def _choice(label: Any, empty: Any, **options: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label,
        empty_label=empty,
        widget=forms.Select(attrs={"class": "form-select"}),
        **options,
    )


class PersonFilter(django_filters.FilterSet):
    """What cannot be understood filters nothing. Who has left is shown only if asked for."""

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
    team = _choice(_("Team"), _("All teams"))
    role = _choice(_("Role"), _("All roles"), method="holding", choices=Role.choices)
    channel = _choice(_("Channel"), _("All channels"), choices=Channel.choices)
    status = _choice(
        _("Status"),
        _("Everybody, whoever left too"),
        method="standing",
        choices=[(HERE, _("All who are here")), *Status.choices],
    )

    class Meta:
        model = Person
        fields = ["team", "channel"]

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        data = data.copy() if data else {}
        data.setdefault("status", HERE)
        super().__init__(data, *args, **kwargs)
        teams = self.queryset.exclude(team="").order_by("team").values_list("team", flat=True)
        self.filters["team"].extra["choices"] = [(team, team) for team in teams.distinct()]

    def search(self, people: QuerySet[Person], _name: str, wanted: str) -> QuerySet[Person]:
        named = people.order_by().values_list("id", "employee_no", "name")
        return people.filter(id__in=[pk for pk, no, name in named if matches(wanted, no, name)])

    def holding(self, people: QuerySet[Person], _name: str, role: str) -> QuerySet[Person]:
        return people.filter(roles__contains=role)

    def standing(self, people: Any, _name: str, status: str) -> Any:
        if status == HERE:
            return people.exclude(id__in=people.with_status("left").order_by().values("id"))
        return people.with_status(status)
