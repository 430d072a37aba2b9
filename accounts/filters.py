"""Finding a person: by number, name or pinyin; by team, role, channel, status."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Channel, Person, Role
from accounts.models.people import Status
from core.lists.search import choice_filter, search_filter
from core.names import matches

HERE = "here"


def found_people(people: QuerySet[Person], wanted: str) -> QuerySet[Person]:
    """The people that what was typed names."""
    named = people.order_by().values_list("id", "employee_no", "name")
    return people.filter(id__in=[pk for pk, no, name in named if matches(wanted, no, name)])


def team_choices(people: QuerySet[Person]) -> list[tuple[str, str]]:
    teams = people.exclude(team="").order_by("team").values_list("team", flat=True)
    return [(team, team) for team in teams.distinct()]


class PersonFilter(django_filters.FilterSet):
    """What cannot be understood filters nothing. Who has left is shown only if asked for."""

    q = search_filter(_("Number, name or pinyin"), method="search")
    team = choice_filter(_("Team"), _("All teams"))
    role = choice_filter(_("Role"), _("All roles"), method="holding", choices=Role.choices)
    channel = choice_filter(_("Channel"), _("All channels"), choices=Channel.choices)
    status = choice_filter(
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
        self.filters["team"].extra["choices"] = team_choices(self.queryset)

    def search(self, people: QuerySet[Person], _name: str, wanted: str) -> QuerySet[Person]:
        return found_people(people, wanted)

    def holding(self, people: QuerySet[Person], _name: str, role: str) -> QuerySet[Person]:
        return people.filter(roles__contains=role)

    def standing(self, people: Any, _name: str, status: str) -> Any:
        if status == HERE:
            return people.exclude(id__in=people.with_status("left").order_by().values("id"))
        return people.with_status(status)
