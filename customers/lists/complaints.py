"""The list of complaints, and their figures by person and month (COM-1)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists import Empty, List, ListTable, Stat
from core.months import Month
from core.templatetags.house import count, month_name
from customers.filters.complaints import ComplaintFilter, RateFilter
from customers.lists.secrets import NamesCustomers
from customers.models import Complaint
from customers.navigation.complaints import tabs
from customers.tables.complaints import ComplaintTable, RateTable, share
from policy.clauses import clause_of

DRAWN = 12  # months of the chart
IN_TIME, LATE, OPEN = "#2f9e6e", "#c2410c", "#9aa7b4"


class ComplaintList(NamesCustomers):
    """The complaints one may see, the latest first."""

    key = "complaints"
    title = _("Complaints")
    table = ComplaintTable
    filterset = ComplaintFilter
    fixed = ("subject", "state")
    page_template = "lists/chapter.html"
    nothing = Empty(
        _("No complaints"),
        _("What a customer complains about is taken in here by whoever hears of it."),
        "message-square-warning",
    )

    def rows(self) -> QuerySet[Complaint]:
        return Complaint.objects.visible_to(self.user)

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return found.select_related("about", "handler")

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        waits = Q(state__in=("opened", "handled"))
        late = waits & Q(due_on__lt=clock.today())
        sums = found.order_by().aggregate(
            waiting=Count("id", filter=waits), overdue=Count("id", filter=late)
        )
        return [
            Stat(_("Not answered yet"), count(sums["waiting"])),
            Stat(pgettext("complaint", "overdue"), count(sums["overdue"])),
        ]

    def context(self) -> Mapping[str, Any]:
        new = (reverse("complaint_new"), _("Take in a complaint"), "plus")
        return {"tabs": tabs(self.request), "acts": [new], "clauses": [clause_of("COM-1")]}


FIGURES: Mapping[str, Any] = {
    "count": Count("id"),
    "answered": Count("id", filter=Q(in_time__isnull=False)),
    "in_time": Count("id", filter=Q(in_time=True)),
    "satisfaction": Avg("satisfaction"),
}


class RateList(List):
    """Whom complaints are about, by month: how many, answered in time, how satisfied."""

    key = "complaint_rates"
    title = _("Complaints by person and month")
    table = RateTable
    filterset = RateFilter
    fixed = ("name", "month")
    page_template = "customers/complaint_rates.html"
    found_template = "customers/_complaint_rates_found.html"
    nothing = Empty(
        _("No figures"),
        _("No complaint is about you or those you lead."),
        "chart-bar",
    )

    def rows(self) -> QuerySet[Complaint]:
        return Complaint.objects.judged_by(self.user)

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> Any:
        grouped = found.order_by().annotate(month=TruncMonth("opened_on"))
        by = grouped.values("month", number=F("about__employee_no"), name=F("about__name"))
        return by.annotate(**FIGURES)

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        sums = found.order_by().aggregate(**FIGURES)
        mean = sums["satisfaction"]
        return [
            Stat(_("Complaints"), count(sums["count"])),
            Stat(_("Answered in time"), share(sums["in_time"], sums["answered"])),
            Stat(_("Satisfaction"), "—" if mean is None else f"{mean:.1f} / 5"),
        ]

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": tabs(self.request),
            "clause": clause_of("COM-1"),
            "chart": self._chart(),
        }

    def _chart(self) -> dict[str, Any]:
        """Bars of the latest months: answered in time, late, not answered yet; for `charts.js`."""
        by_month = self.found.order_by().annotate(month=TruncMonth("opened_on")).values("month")
        months = list(by_month.annotate(**FIGURES).order_by("-month")[:DRAWN])[::-1]
        parts = (
            (gettext("Answered in time"), IN_TIME, [m["in_time"] for m in months]),
            (gettext("Answered late"), LATE, [m["answered"] - m["in_time"] for m in months]),
            (gettext("Not answered yet"), OPEN, [m["count"] - m["answered"] for m in months]),
        )
        return {
            "type": "bar",
            "data": {
                "labels": [month_name(Month.of(m["month"])) for m in months],
                "datasets": [
                    {"label": label, "backgroundColor": colour, "data": values}
                    for label, colour, values in parts
                ],
            },
            "options": {
                "animation": False,
                "maintainAspectRatio": False,
                "scales": {
                    "x": {"stacked": True},
                    "y": {"stacked": True, "beginAtZero": True, "ticks": {"precision": 0}},
                },
                "plugins": {"legend": {"position": "bottom"}},
            },
        }
