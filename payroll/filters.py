"""Finding a person among many: by number, name or pinyin, and by team."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.jobs import jobs
from core.models import JobRun
from core.names import matches
from payroll.models import Appeal


class AppealFilter(django_filters.FilterSet):
    """Whose appeal, and how it stands."""

    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        widget=forms.TextInput(attrs={"class": "form-control", "type": "search"}),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=_("Any state"),
        choices=Appeal.State.choices,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    class Meta:
        model = Appeal
        fields = ["state"]

    def search(self, found: "QuerySet[Appeal]", _name: str, wanted: str) -> "QuerySet[Appeal]":
        """By number, name or pinyin of the salesperson."""
        people = Person.objects.filter(appeals__isnull=False).distinct()
        named = [
            pk
            for pk, no, name in people.values_list("id", "employee_no", "name")
            if matches(wanted, no, name)
        ]
        return found.filter(person__in=named)


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
