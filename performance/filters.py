"""Finding appraisals, targets and activities."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.lists.search import choice_filter
from payroll.models import Entry
from payroll.people_filters import OwnedFilter
from performance.models import Activity, Appraisal
from performance.rules.periods import Period
from performance.words import period_name
from receivables.models import Payment


class AppraisalFilter(OwnedFilter):
    """Search by name; quarter, how it stands, grade, whose."""

    PLACEHOLDER = _("Name, pinyin or number")

    quarter = choice_filter(_("Quarter"), _("Any quarter"))
    state = choice_filter(_("State"), _("Any state"), choices=Appraisal.State.choices)
    grade = choice_filter(
        _("Grade"), _("Any grade"), choices=[(each, each) for each in ("A", "B", "C", "D")]
    )

    class Meta:
        model = Appraisal
        fields = ["quarter", "state", "grade"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quarters = self.queryset.order_by("-quarter").values_list("quarter", flat=True).distinct()
        self.filters["quarter"].extra["choices"] = [
            (each, period_name(Period.parse(each))) for each in quarters
        ]


class AttainingFilter(OwnedFilter):
    """Search by name; whose."""

    PERSON = "pk"
    PLACEHOLDER = _("Name, pinyin or number")

    class Meta:
        model = Person
        fields: list[str] = []

    def _choices(self) -> list[tuple[str, str]]:
        teams = self.queryset.order_by("team").values_list("team", flat=True).distinct()
        return [(f"team/{team}", team) for team in teams if team]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        from core.names import matches

        names = rows.order_by().values_list("pk", "employee_no", "name")
        return rows.filter(pk__in=[pk for pk, no, name in names if matches(wanted, no, name)])

    def of(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(team=wanted.removeprefix("team/"))


class ActivityFilter(OwnedFilter):
    """Search by what it is, where or who planned it; how it stands."""

    PERSON = "planner"
    TEXTS = ("title", "place")
    PLACEHOLDER = _("Activity, place or planner")

    state = choice_filter(_("State"), _("Any state"), choices=Activity.State.choices)

    class Meta:
        model = Activity
        fields = ["state"]


class PaymentFilter(OwnedFilter):
    """Search by payment, slip, order or whose order it paid; of which team."""

    PERSON = "slip__order__person"
    TEXTS = ("payment_no", "slip__slip_no", "slip__order__order_no")
    NAMED = (("slip__order__customer", "customer_no"),)
    PLACEHOLDER = _("Slip, order, customer, name or pinyin")

    class Meta:
        model = Payment
        fields: list[str] = []


class EntryFilter(OwnedFilter):
    """Search by whose pay it moves; of which team."""

    PLACEHOLDER = _("Name, pinyin or number")

    class Meta:
        model = Entry
        fields: list[str] = []
