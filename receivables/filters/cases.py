"""Finding a bad-debt case among many, and a reserve."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.lists.search import choice_filter
from payroll.filters import PeopleFilter
from payroll.people_filters import OwnedFilter
from receivables.models import BadDebt
from receivables.rules.reserve_book import YearEnd


class CaseFilter(OwnedFilter):
    """Search by case, order, customer or salesperson; whose; where it stands."""

    PERSON = "order__person"
    TEXTS = ("case_no", "order__order_no")
    NAMED = (("order__customer", "customer_no"),)
    PLACEHOLDER = _("Case, order, customer, name or pinyin")

    stage = choice_filter(
        _("State"),
        _("Any state"),
        method="in_stage",
        choices=[("open", _("still open")), *BadDebt.Stage.choices],
    )

    class Meta:
        model = BadDebt
        fields: list[str] = []

    def in_stage(self, rows: QuerySet[BadDebt], _name: str, wanted: str) -> QuerySet[BadDebt]:
        if wanted == "open":
            return rows.filter(outcome="")
        found: QuerySet[BadDebt] = rows.in_stage(wanted)  # type: ignore[attr-defined]
        return found


class ReserveFilter(PeopleFilter):
    """Whose reserve; of which team; with an open case or without."""

    cases = choice_filter(
        _("Cases"),
        _("With cases or without"),
        method="with_cases",
        choices=[("open", _("with an open case")), ("none", _("without an open case"))],
    )

    def with_cases(self, people: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return people.filter(open_cases__gt=0) if wanted == "open" else people.filter(open_cases=0)


KINDS = {
    "refunded": _("paid back"),
    "stays": _("stays, for a case"),
    "left": _("left in the year"),
    "empty": _("nothing in it"),
}


class YearEndFilter(PeopleFilter):
    """Whose reserve; what the year's end (`ends`, by employee number) does with it."""

    kind = choice_filter(
        _("Outcome"), _("Any outcome"), method="of_kind", choices=list(KINDS.items())
    )

    def __init__(self, *args: Any, ends: Mapping[str, YearEnd], **kwargs: Any) -> None:
        self.ends = ends
        super().__init__(*args, **kwargs)

    def of_kind(self, people: QuerySet[Person], _name: str, wanted: str) -> QuerySet[Person]:
        nos = [no for no, end in self.ends.items() if end.kind == wanted]
        return people.filter(employee_no__in=nos)
