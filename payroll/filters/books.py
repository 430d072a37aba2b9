"""Finding a person among many: by number, name or pinyin, and by team; finding a job."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.jobs import jobs
from core.lists.search import choice_filter, found_by, search_filter
from core.models import JobRun, TableLoad
from core.names import matches
from core.tables import fact_tables
from core.tables.naming import label_of
from payroll.models import Appeal


class AppealFilter(django_filters.FilterSet):
    """Whose appeal, and how it stands."""

    q = search_filter(_("Number, name or pinyin"), method="search")
    state = choice_filter(_("State"), _("Any state"), choices=Appeal.State.choices)

    class Meta:
        model = Appeal
        fields = ["state"]

    def search(self, found: "QuerySet[Appeal]", _name: str, wanted: str) -> "QuerySet[Appeal]":
        return found_by(wanted, found, named=[("person", "employee_no")])


class JobFilter(django_filters.FilterSet):
    """Kind and state of a run."""

    kind = choice_filter(_("Job"), _("All jobs"))
    state = choice_filter(_("State"), _("Any state"), choices=JobRun.State.choices)

    class Meta:
        model = JobRun
        fields = ["kind", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = [
            (job.kind, gettext(job.label)) for job in jobs() if job.kind != "close_group"
        ]


class LoadFilter(django_filters.FilterSet):
    """Files that were loaded: by name or by who loaded them; of which table; right or wrong."""

    q = search_filter(_("File, name or pinyin"), method="search")
    table = choice_filter(_("Table"), _("All tables"))
    ended = choice_filter(
        _("Outcome"),
        _("Loaded or refused"),
        method="ended_so",
        choices=[("loaded", _("loaded")), ("refused", _("refused"))],
    )

    class Meta:
        model = TableLoad
        fields = ["table"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["table"].extra["choices"] = [
            (name, label_of(table)) for name, table in fact_tables().items()
        ]

    def search(self, loads: QuerySet[TableLoad], _name: str, wanted: str) -> QuerySet[TableLoad]:
        way = "actor__person"
        return found_by(wanted, loads, texts=["file"], named=[(way, "employee_no")])

    def ended_so(self, loads: QuerySet[TableLoad], _name: str, wanted: str) -> QuerySet[TableLoad]:
        return loads.filter(wrong=0) if wanted == "loaded" else loads.filter(wrong__gt=0)


class PeopleFilter(django_filters.FilterSet):
    """Search and team. What cannot be understood filters nothing."""

    q = search_filter(_("Number, name or pinyin"), method="search")
    team = choice_filter(_("Team"), _("All teams"))

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
