"""Finding suspicions: by whom they name, of what kind, how they stand."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models import Suspicion
from core.lists.search import choice_filter, found_by, search_filter

NAMED = (("gains", "employee_no"), ("loses", "employee_no"))


class SuspicionFilter(django_filters.FilterSet):
    """Search by the names of both, or the number of what is suspected; kind, state."""

    q = search_filter(_("Name, pinyin or number"), method="search")
    kind = choice_filter(_("Kind"), _("Any kind"), choices=Suspicion.Kind.choices)
    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[
            ("open", _("waits for a decision")),
            ("dismissed", pgettext_lazy("suspicion", "dismissed")),
            ("taken_up", pgettext_lazy("suspicion", "taken up")),
        ],
    )

    class Meta:
        model = Suspicion
        fields = ["kind"]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return found_by(wanted, rows, texts=["key"], named=NAMED)

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        if wanted == "open":
            return rows.filter(decision=None)
        return rows.filter(decision__outcome=wanted)
