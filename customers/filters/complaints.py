"""Finding a complaint (COM-1)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.lists.search import choice_filter, day_filter, found_by, search_filter
from customers.models import Complaint

OVERDUE, WAITING = "overdue", "waiting"


class ComplaintFilter(django_filters.FilterSet):
    """Search by customer, line or people; how it stands, what kind, from and to which day."""

    q = search_filter(_("Customer, line, name or pinyin"), method="search")
    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[
            (WAITING, _("Not answered yet")),
            (OVERDUE, pgettext_lazy("complaint", "overdue")),
            *Complaint.State.choices,
        ],
    )
    category = choice_filter(_("What kind"), _("Any kind"), choices=Complaint.Category.choices)
    first = day_filter(_("From"), field_name="opened_on", lookup_expr="gte")
    last = day_filter(_("To"), field_name="opened_on", lookup_expr="lte")

    class Meta:
        model = Complaint
        fields = ["category"]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        named = [("about", "employee_no"), ("handler", "employee_no")]
        return found_by(wanted, rows, texts=["customer_name", "subject", "goods"], named=named)

    def standing(self, rows: Any, _name: str, wanted: str) -> Any:
        if wanted == WAITING:
            return rows.unanswered()
        if wanted == OVERDUE:
            return rows.unanswered().filter(due_on__lt=clock.today())
        return rows.filter(state=wanted)


class RateFilter(django_filters.FilterSet):
    """Whom the complaints are about, of what kind, from and to which day."""

    q = search_filter(_("Name, number or pinyin"), method="search")
    category = choice_filter(_("What kind"), _("Any kind"), choices=Complaint.Category.choices)
    first = day_filter(_("From"), field_name="opened_on", lookup_expr="gte")
    last = day_filter(_("To"), field_name="opened_on", lookup_expr="lte")

    class Meta:
        model = Complaint
        fields = ["category"]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return found_by(wanted, rows, named=[("about", "employee_no")])
