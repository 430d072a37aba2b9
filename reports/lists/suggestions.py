"""The list of suggestions (REP-4)."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.lists import Empty
from reports.filters.weekly import SuggestionFilter
from reports.lists.meetings import Acts
from reports.lists.weekly import OfReports
from reports.models import Suggestion
from reports.tables.weekly import SuggestionTable


class SuggestionList(OfReports):
    """Suggestions: one's own, and of those one leads."""

    key = "suggestions"
    title = _("Suggestions")
    table = SuggestionTable
    filterset = SuggestionFilter
    fixed = ("title", "state")
    clauses = ("REP-4",)
    nothing = Empty(
        _("No suggestions"),
        _("Anyone may suggest what could be better; each suggestion gets an answer."),
        "lightbulb",
    )

    def rows(self) -> QuerySet[Any]:
        return Suggestion.objects.visible_to(self.user).select_related("person")

    def acts(self) -> Acts:
        return [(reverse("suggestion_new"), _("Make a suggestion"), "plus")]
