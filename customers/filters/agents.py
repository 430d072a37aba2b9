"""Finding prefectures."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter, found_by, search_filter
from customers.models import Prefecture


class PrefectureFilter(django_filters.FilterSet):
    """By name or province; covered, in talks, open."""

    q = search_filter(_("Prefecture or province"), method="search")
    standing = choice_filter(
        _("State"), _("Any state"), method="stands", choices=Prefecture.Standing.choices
    )

    class Meta:
        model = Prefecture
        fields: list[str] = []

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return found_by(wanted, rows, texts=["name", "province"])

    def stands(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(standing=wanted)
