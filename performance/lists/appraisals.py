"""The list of appraisals, and the job that reckons them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists import Empty, ListTable, Stat
from core.models import JobRun
from performance.filters import (
    AppraisalFilter,
)
from performance.forms import QuarterForm
from performance.lists.base import PerformanceList
from performance.models import Appraisal
from performance.permissions import can_reckon
from performance.tables.appraisals import AppraisalTable

RECKONING = "appraisal"


class AppraisalList(PerformanceList):
    """The appraisals one may see: one's own, of those one leads, all for the heads."""

    key = "appraisals"
    title = _("Appraisals")
    table = AppraisalTable
    filterset = AppraisalFilter
    fixed = ("person", "quarter")
    confidential = True
    clauses = ("KPI-1",)
    page_template = "performance/appraisals.html"
    nothing = Empty(
        _("No appraisals"),
        _("Each quarter is reckoned when it is over. You see yours once it was talked over."),
        "award",
    )

    def rows(self) -> QuerySet[Appraisal]:
        return Appraisal.objects.visible_to(self.user)

    def records(self, found: QuerySet[Appraisal], *, first: int, count: int) -> Any:
        return found.select_related("person")

    def sums(self, found: QuerySet[Appraisal], table: ListTable) -> Sequence[Stat]:
        """How many stand where: how far the quarter's talks have come."""
        counted = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
        return [
            Stat(label, intcomma(counted.get(state, 0))) for state, label in Appraisal.State.choices
        ]

    def context(self) -> Mapping[str, Any]:
        reckons = bool(can_reckon(self.user))
        return {
            **super().context(),
            "quarter_form": QuarterForm() if reckons else None,
            "run": reckoning_run() if reckons else None,
        }


def reckoning_run() -> JobRun | None:
    """The reckoning under way, or the last one."""
    return JobRun.objects.filter(kind=RECKONING).order_by("-id").first()
