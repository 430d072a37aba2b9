"""Finding weekly and oral reports, suggestions; and people by how their week's report stands."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter, day_filter
from payroll.filters.books import PeopleFilter
from payroll.people_filters import OwnedFilter
from reports.models import OralReport, Suggestion, WeeklyReport

STANDINGS = [
    ("to_read", _("to read")),
    ("accepted", _("accepted")),
    ("returned", _("returned")),
    ("late", _("late")),
    ("missing", _("not handed in")),
]


class WeeklyFilter(OwnedFilter):
    TEXTS = ("summary", "problems", "plan")
    PLACEHOLDER = _("Text, name or pinyin")

    state = choice_filter(_("State"), _("Any state"), choices=WeeklyReport.State.choices)
    first = day_filter(_("From"), field_name="monday", lookup_expr="gte")
    last = day_filter(_("To"), field_name="monday", lookup_expr="lte")

    class Meta:
        model = WeeklyReport
        fields: list[str] = []


class BoardFilter(PeopleFilter):
    """Whose; of which team; how it stands."""

    standing = choice_filter(_("State"), _("Any state"), method="stands", choices=STANDINGS)

    def stands(self, people: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return {
            "to_read": people.filter(standing="handed_in"),
            "accepted": people.filter(standing="accepted"),
            "returned": people.filter(standing="returned"),
            "late": people.filter(is_late=True),
            "missing": people.filter(standing__in=("missing", "waiting")),
        }[wanted]


class OralFilter(OwnedFilter):
    TEXTS = ("note",)
    PLACEHOLDER = _("Note, name or pinyin")

    way = choice_filter(_("Way"), _("Any way"), choices=OralReport.Way.choices)
    first = day_filter(_("From"), field_name="on", lookup_expr="gte")
    last = day_filter(_("To"), field_name="on", lookup_expr="lte")

    class Meta:
        model = OralReport
        fields: list[str] = []


class SuggestionFilter(OwnedFilter):
    TEXTS = ("title", "text", "answer")
    PLACEHOLDER = _("Text, name or pinyin")

    state = choice_filter(_("State"), _("Any state"), choices=Suggestion.State.choices)

    class Meta:
        model = Suggestion
        fields: list[str] = []
