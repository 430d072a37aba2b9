"""The list of suspicions (DIS-3): for the manager alone."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from conduct.models import Suspicion
from conduct.suspicions.filters import SuspicionFilter
from conduct.suspicions.tables import SuspicionTable
from core.lists import Empty, List
from policy.clauses import clause_of


class SuspicionList(List):
    """Those one decides on, the latest first."""

    key = "suspicions"
    title = _("Suspicions")
    table = SuspicionTable
    filterset = SuspicionFilter
    fixed = ("kind",)
    page_template = "conduct/suspicions.html"
    confidential = True
    nothing = Empty(
        _("No suspicions"),
        _(
            "Each night the program looks for orders that changed hands outside a transfer, for "
            "what was registered twice, and for orders signed by another than the customer's owner."
        ),
        "scan-search",
    )

    def rows(self) -> QuerySet[Any]:
        return Suspicion.objects.visible_to(self.user)

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return found.select_related("gains", "loses", "decision")

    def context(self) -> Mapping[str, Any]:
        return {"clause": clause_of("DIS-3")}
