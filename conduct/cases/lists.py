"""The list of cases (DIS-1): each sees those they are concerned in."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.cases.filters import ProceedingFilter
from conduct.cases.tables import ProceedingTable
from conduct.models import Proceeding
from conduct.navigation import tabs
from core.lists import Empty, List
from policy.clauses import clause_of


class ProceedingList(List):
    """The cases one is concerned in, the latest first."""

    key = "proceedings"
    title = pgettext_lazy("conduct", "Cases")
    table = ProceedingTable
    filterset = ProceedingFilter
    fixed = ("proceeding_no", "state")
    page_template = "lists/chapter.html"
    confidential = True
    nothing = Empty(
        _("No cases"),
        _("Here stand the cases you decide on, those about you, and what you reported yourself."),
        "gavel",
    )

    def rows(self) -> QuerySet[Proceeding]:
        return Proceeding.objects.visible_to(self.user)

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return found.prefetch_related("subjects__person")

    def context(self) -> Mapping[str, Any]:
        new = (reverse("proceeding_new"), _("Report something"), "plus")
        return {"tabs": tabs(self.request), "acts": [new], "clauses": [clause_of("DIS-1")]}
