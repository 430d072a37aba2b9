"""Finding a person among many: by number, name or pinyin, and by team."""

from functools import lru_cache
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pypinyin import Style, lazy_pinyin

from accounts.models import Person
from core.jobs import jobs
from core.models import JobRun


@lru_cache(maxsize=20_000)
def spellings(name: str) -> tuple[str, str]:
    """A name in pinyin: in full and by its first letters."""
    full = "".join(lazy_pinyin(name)).lower()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return full, initials


def matches(wanted: str, employee_no: str, name: str) -> bool:
    """Whether what was typed names this person: part of the number, the name, or its pinyin."""
    wanted = "".join(wanted.lower().split())
    if wanted in employee_no.lower() or wanted in name.lower():
        return True
    full, initials = spellings(name)
    return wanted in full or initials.startswith(wanted)


class JobFilter(django_filters.FilterSet):
    """Kind and state of a run."""

    kind = django_filters.ChoiceFilter(
        label=_("Job"),
        empty_label=_("All jobs"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=_("Any state"),
        choices=JobRun.State.choices,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    class Meta:
        model = JobRun
        fields = ["kind", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = [
            (job.kind, gettext(job.label)) for job in jobs() if job.kind != "close_group"
        ]


class PeopleFilter(django_filters.FilterSet):
    """Search and team. What cannot be understood filters nothing."""

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
    team = django_filters.ChoiceFilter(
        label=_("Team"),
        empty_label=_("All teams"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    class Meta:
        model = Person
        fields = ["team"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = self.queryset.exclude(team="").order_by("team").values_list("team", flat=True)
        self.filters["team"].extra["choices"] = [(team, team) for team in teams.distinct()]

    def search(self, people: QuerySet[Person], _name: str, wanted: str) -> QuerySet[Person]:
        named = people.values_list("id", "employee_no", "name")
        return people.filter(id__in=[pk for pk, no, name in named if matches(wanted, no, name)])
