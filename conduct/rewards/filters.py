"""Finding proposed rewards: by name and reason, kind and state."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from conduct.models import RewardProposal
from core.lists.search import choice_filter, found_by, search_filter


class RewardFilter(django_filters.FilterSet):
    """Search by name or what for; kind, state."""

    q = search_filter(_("Name, pinyin or what for"), method="search")
    kind = choice_filter(_("Kind"), _("Any kind"), choices=RewardProposal.Kind.choices)
    state = choice_filter(_("State"), _("Any state"), choices=RewardProposal.State.choices)

    class Meta:
        model = RewardProposal
        fields = ["kind", "state"]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        named = [("person", "employee_no")]
        return found_by(wanted, rows, texts=["reason", "title"], named=named)
