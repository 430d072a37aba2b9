"""Finding trips, their reports, and people by how they report."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from attendance.models import Status, Trip, TripReport
from core.lists.search import choice_filter, day_filter, search_filter
from core.names import matches
from payroll.people_filters import OwnedFilter


class TripFilter(OwnedFilter):
    """By whose it is, what for, how it stands, when."""

    TEXTS = ("purpose",)
    PLACEHOLDER = _("Name, number, pinyin or purpose")

    status = choice_filter(_("State"), _("Any state"), choices=Status.choices)
    start = day_filter(_("From day"), field_name="end_on", lookup_expr="gte")
    until = day_filter(_("To day"), field_name="start_on", lookup_expr="lte")

    class Meta:
        model = Trip
        fields = ["status"]


class WaitingTripFilter(OwnedFilter):
    """Among applications that wait, and among those who are away now."""

    TEXTS = ("purpose",)
    PLACEHOLDER = _("Name, number, pinyin or purpose")

    class Meta:
        model = Trip
        fields: list[str] = []


class ReportFilter(OwnedFilter):
    """Reports: whose, read or not, of which days."""

    PLACEHOLDER = _("Name, number or pinyin")

    read = choice_filter(
        _("Read"),
        _("Read or not"),
        method="by_tick",
        choices=[("no", _("not read")), ("yes", _("read"))],
    )
    start = day_filter(_("From day"), field_name="date", lookup_expr="gte")
    until = day_filter(_("To day"), field_name="date", lookup_expr="lte")

    class Meta:
        model = TripReport
        fields: list[str] = []

    def by_tick(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(read_at__isnull=wanted == "no")


class TravellerFilter(django_filters.FilterSet):
    """People who were on a trip in a month."""

    q = search_filter(_("Name, number or pinyin"), method="search")

    class Meta:
        model = Person
        fields: list[str] = []

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        names = rows.order_by().values_list("pk", "employee_no", "name")
        return rows.filter(pk__in=[pk for pk, no, name in names if matches(wanted, no, name)])
