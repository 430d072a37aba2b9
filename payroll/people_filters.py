"""Finding among what is somebody's: orders, goods. By text, by people's names, by whose it is."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.names import matches

MINE, TEAM = "mine", "team/"


class OwnedFilter(django_filters.FilterSet):
    """Search and whose. What cannot be understood filters nothing.

    `PERSON` is the way to whose a row is, `TEXTS` what is searched as it stands, `NAMED` the ways
    to others with a number and a name, found by pinyin as people are.
    """

    PERSON: ClassVar[str] = "person"
    TEXTS: ClassVar[tuple[str, ...]] = ()
    NAMED: ClassVar[tuple[tuple[str, str], ...]] = ()
    PLACEHOLDER: ClassVar[Any] = ""

    q = django_filters.CharFilter(
        method="search",
        label=_("Search"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "class": "form-control",
                "autocomplete": "off",
                "enterkeyhint": "search",
            }
        ),
    )
    whose = django_filters.ChoiceFilter(
        method="of",
        label=_("Whose"),
        empty_label=_("Everybody"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["q"].extra["widget"].attrs["placeholder"] = self.PLACEHOLDER
        self.filters["whose"].extra["choices"] = self._choices()

    def _choices(self) -> list[tuple[str, str]]:
        """One's own, for whoever sells and sees others too; then the teams there are."""
        name = f"{self.PERSON}__team"
        teams = self.queryset.order_by(name).values_list(name, flat=True).distinct()
        user = self.request.user
        own = [(MINE, gettext("My own"))] if user.has_role("salesperson", "supervisor") else []
        return own + [(TEAM + team, team) for team in teams if team]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        found = Q()
        for text in self.TEXTS:
            found |= Q(**{f"{text}__icontains": wanted.strip()})
        for way, number in ((self.PERSON, "employee_no"), *self.NAMED):
            named = rows.order_by().values_list(way, f"{way}__{number}", f"{way}__name").distinct()
            ids = [pk for pk, no, name in named if matches(wanted, no, name)]
            found |= Q(**{f"{way}__in": ids})
        return rows.filter(found)

    def of(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        if wanted == MINE:
            return rows.filter(**{self.PERSON: self.request.user.person_id})
        return rows.filter(**{f"{self.PERSON}__team": wanted.removeprefix(TEAM)})
