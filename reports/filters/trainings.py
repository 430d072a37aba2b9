"""Finding a training, or somebody's record."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter, day_filter, found_by, search_filter
from payroll.people_filters import OwnedFilter
from reports.filters.meetings import TeamedFilter
from reports.models import Enrolment, Training


class TrainingFilter(TeamedFilter):
    """Search by title, trainer or place; how it stands; from and to which day."""

    q = search_filter(_("Title, trainer or place"), method="search")
    state = choice_filter(_("State"), _("Any state"), choices=Training.State.choices)
    first = day_filter(_("From"), field_name="starts_at", lookup_expr="date__gte")
    last = day_filter(_("To"), field_name="starts_at", lookup_expr="date__lte")

    class Meta:
        model = Training
        fields = ["state", "team"]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return found_by(wanted, rows, texts=["title", "trainer", "place"])


class RecordFilter(OwnedFilter):
    """Search by training or person; with what result; whose."""

    TEXTS = ("training__title",)
    PLACEHOLDER = _("Training, name or pinyin")

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[
            ("enrolled", _("enrolled")),
            ("came", _("came")),
            ("missed", _("did not come")),
            *Enrolment.Result.choices,
        ],
    )

    class Meta:
        model = Enrolment
        fields: list[str] = []

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        asked: dict[str, dict[str, Any]] = {
            "enrolled": {"attended": None},
            "came": {"attended": True},
            "missed": {"attended": False},
        }
        return rows.filter(**asked.get(wanted, {"result": wanted}))
