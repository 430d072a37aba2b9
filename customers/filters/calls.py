"""Finding whom to call, and calls: by customer, salesperson, day, outcome (VIS-4)."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.lists.search import choice_filter, day_filter
from customers.models import Call, Customer
from customers.querysets.calls import BACK, DUE, NEVER
from payroll.people_filters import OwnedFilter


class ToCallFilter(OwnedFilter):
    """Search by customer or salesperson; why they are on the list, whose."""

    PERSON = "owner"
    TEXTS = ("customer_no", "name")
    PLACEHOLDER = _("Customer, name or pinyin")

    why = choice_filter(
        _("Why"),
        pgettext_lazy("to call", "Everybody to call"),
        method="because",
        choices=[
            (BACK, pgettext_lazy("to call", "call-back time has come")),
            (NEVER, pgettext_lazy("to call", "never called on")),
            (DUE, pgettext_lazy("to call", "return visit due")),
        ],
    )

    class Meta:
        model = Customer
        fields: list[str] = []

    def because(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(why=wanted)


class CallFilter(OwnedFilter):
    """Search by customer or salesperson; outcome, from and to which day, whose."""

    TEXTS: ClassVar[tuple[str, ...]] = ("note",)
    NAMED: ClassVar[tuple[tuple[str, str], ...]] = (("customer", "customer_no"),)
    PLACEHOLDER = _("Customer, name or pinyin")

    outcome = choice_filter(
        _("Outcome"),
        pgettext_lazy("call", "Any outcome"),
        method="came_of",
        choices=[*Call.Outcome.choices, ("open", pgettext_lazy("call", "not finished"))],
    )
    first = day_filter(_("From"), method="since")
    last = day_filter(_("To"), method="until")

    class Meta:
        model = Call
        fields: list[str] = []

    def came_of(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(outcome="" if wanted == "open" else wanted)

    def since(self, rows: QuerySet[Any], _name: str, wanted: Any) -> QuerySet[Any]:
        return rows.filter(on__gte=wanted)

    def until(self, rows: QuerySet[Any], _name: str, wanted: Any) -> QuerySet[Any]:
        return rows.filter(on__lte=wanted)


class CallFigureFilter(CallFilter):
    """As calls are found; a line for each day, or for each month."""

    PLACEHOLDER = _("Name or pinyin")
    TEXTS = ()
    NAMED = ()

    per = choice_filter(
        pgettext_lazy("figures", "For each"),
        pgettext_lazy("figures", "By day"),
        method="as_it_is",
        choices=[("month", pgettext_lazy("figures", "By month"))],
    )
    outcome = None

    def as_it_is(self, rows: QuerySet[Any], _name: str, _wanted: str) -> QuerySet[Any]:
        return rows

    @property
    def is_by_month(self) -> bool:
        return bool(self.form.is_valid() and self.form.cleaned_data.get("per") == "month")
