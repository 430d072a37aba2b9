"""Finding spot checks: by customer, salesperson, how they stand, day."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.lists.search import choice_filter, day_filter
from customers.models import SpotCheck
from payroll.people_filters import OwnedFilter


class SpotCheckFilter(OwnedFilter):
    """Search by customer or salesperson; how it stands, from and to which day, whose."""

    NAMED = (("customer", "customer_no"),)
    PLACEHOLDER = _("Customer, name or pinyin")

    state = choice_filter(
        _("Verdict"),
        _("Any verdict"),
        method="standing",
        choices=[
            ("drawn", pgettext_lazy("spot check", "to be checked")),
            ("records", _("records found")),
            ("none", _("no record")),
            ("replied", pgettext_lazy("spot check", "replied, to be decided")),
            ("accepted", pgettext_lazy("spot check", "reply accepted")),
        ],
    )
    first = day_filter(_("From"), field_name="checked_on", lookup_expr="gte")
    last = day_filter(_("To"), field_name="checked_on", lookup_expr="lte")

    class Meta:
        model = SpotCheck
        fields: list[str] = []

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return {
            "drawn": rows.filter(verdict=""),
            "records": rows.filter(verdict="records"),
            "none": rows.filter(verdict="none"),
            "replied": rows.filter(verdict="none", replied_at__isnull=False, answer=""),
            "accepted": rows.filter(answer="accepted"),
        }[wanted]
