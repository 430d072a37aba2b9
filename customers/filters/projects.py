"""Finding projects and conflicts."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.lists.search import choice_filter, found_by, search_filter
from customers.models import Conflict, Project
from payroll.people_filters import OwnedFilter


class ProjectFilter(OwnedFilter):
    """Search by number, project, customer or salesperson; how it stands, at which stage, whose."""

    TEXTS = ("project_no", "name", "customer_name", "prefecture")
    PLACEHOLDER = _("Project, customer, place, name or pinyin")

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[
            ("open", pgettext_lazy("project", "going on")),
            ("stale", pgettext_lazy("project", "gone quiet")),
            ("assign", _("to be assigned")),
            *Project.Ended.choices,
        ],
    )
    stage = choice_filter(_("Stage"), _("Any stage"), choices=Project.Stage.choices)

    class Meta:
        model = Project
        fields = ["stage"]

    def standing(self, rows: Any, _name: str, wanted: str) -> QuerySet[Any]:
        if wanted == "open":
            return rows.going_on()
        if wanted == "stale":
            return rows.stale(clock.now())
        return rows.to_assign() if wanted == "assign" else rows.filter(ended=wanted)


class ConflictFilter(django_filters.FilterSet):
    """By number; waiting or ruled on."""

    q = search_filter(_("Conflict no."), method="search")
    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[("open", _("to be ruled on")), ("ruled", _("ruled on"))],
    )

    class Meta:
        model = Conflict
        fields: list[str] = []

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return found_by(wanted, rows, texts=["conflict_no"])

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(ruling="") if wanted == "open" else rows.exclude(ruling="")
