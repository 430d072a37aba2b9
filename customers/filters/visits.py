"""Finding visits: by customer, salesperson, day, kind."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.lists.search import choice_filter, day_filter
from customers.models import Visit
from payroll.people_filters import OwnedFilter

IN_PERSON = "in_person"


class VisitFilter(OwnedFilter):
    """Search by customer or salesperson; kind, how it stands, from and to which day, whose."""

    TEXTS = ("content",)
    NAMED = (("customer", "customer_no"),)
    PLACEHOLDER = _("Customer, name or pinyin")

    kind = choice_filter(
        _("Kind"),
        _("Any kind"),
        method="of_kind",
        choices=[*Visit.Kind.choices, (IN_PERSON, _("all in person"))],
    )
    state = choice_filter(
        _("State"),
        _("Any state"),
        method="standing",
        choices=[
            ("genuine", pgettext_lazy("visit", "counts")),
            ("void", _("void")),
            ("step", _("next step open")),
        ],
    )
    first = day_filter(_("From"), method="since")
    last = day_filter(_("To"), method="until")

    class Meta:
        model = Visit
        fields: list[str] = []

    def of_kind(self, rows: Any, _name: str, wanted: str) -> Any:
        return rows.in_person() if wanted == IN_PERSON else rows.filter(kind=wanted)

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return {
            "genuine": rows.filter(void=False),
            "void": rows.filter(void=True),
            "step": rows.filter(void=False, next_on__isnull=False, next_done_at=None),
        }[wanted]

    def since(self, rows: QuerySet[Any], _name: str, wanted: Any) -> QuerySet[Any]:
        return rows.filter(at__gte=clock.start_of(wanted))

    def until(self, rows: QuerySet[Any], _name: str, wanted: Any) -> QuerySet[Any]:
        return rows.filter(at__lt=clock.end_of(wanted))
