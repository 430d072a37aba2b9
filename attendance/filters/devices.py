"""Finding attendance machines."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from attendance.models import Device
from core.lists.search import choice_filter, found_by, search_filter


class DeviceFilter(django_filters.FilterSet):
    """By name or place; in use unless others are asked for."""

    q = search_filter(_("Name or place"), method="search")
    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[("used", _("in use")), ("retired", _("retired"))],
    )

    class Meta:
        model = Device
        fields: list[str] = []

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return found_by(wanted, rows, texts=("name", "place"))

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(retired_at__isnull=wanted == "used")
