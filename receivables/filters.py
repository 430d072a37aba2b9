"""Finding an unpaid delivery among many."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from payroll.people_filters import OwnedFilter
from receivables.models import UnpaidDelivery


class UnpaidFilter(OwnedFilter):
    """Search by order, customer or salesperson; whose; escalated or not."""

    PERSON = "order__person"
    TEXTS = ("order__order_no",)
    NAMED = (("order__customer", "customer_no"),)
    PLACEHOLDER = _("Order, customer, name or pinyin")

    state = django_filters.ChoiceFilter(
        method="in_state",
        label=_("State"),
        empty_label=_("Any state"),
        choices=[("escalated", _("escalated")), ("reminded", _("reminded daily"))],
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    class Meta:
        model = UnpaidDelivery
        fields: list[str] = []

    def in_state(
        self, rows: QuerySet[UnpaidDelivery], _name: str, wanted: str
    ) -> QuerySet[UnpaidDelivery]:
        return rows.filter(escalated_on__isnull=wanted != "escalated")
