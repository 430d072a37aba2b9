"""A cutoff that has passed: the snapshot of each salesperson (CUT-1)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from core.lists import Empty, List, ListTable, Stat
from core.money import ZERO
from core.templatetags.house import yuan
from receivables.filters.cutoff import SnapshotFilter
from receivables.models import CutoffSnapshot
from receivables.tables.cutoff import SnapshotTable


class SnapshotList(List):
    """What stood at a month's cutoff, of whom one may see; the page says what came of it."""

    key = "cutoff_snapshot"
    title = _("Cutoff")
    table = SnapshotTable
    filterset = SnapshotFilter
    fixed = ("salesperson",)
    page_template = "receivables/cutoff_passed.html"
    nothing = Empty(
        _("No snapshot yet"),
        _("The cutoff has passed; its close writes the snapshot down, in a moment or when asked."),
        "camera",
    )

    def rows(self) -> QuerySet[CutoffSnapshot]:
        seen = CutoffSnapshot.objects.visible_to(self.user)
        return seen.filter(month=self.about["month"])

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return found.select_related("person")

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        sums = found.order_by().aggregate(
            people=Count("id", filter=Q(in_hand__gt=0)),
            handed=Sum("handed_in", default=ZERO),
            hand=Sum("in_hand", default=ZERO),
            slips=Sum("slips_held", default=0),
        )
        return [
            Stat(_("Handed in"), yuan(sums["handed"])),
            Stat(_("In hand"), yuan(sums["hand"])),
            Stat(_("People with money in hand"), intcomma(sums["people"])),
            Stat(_("Slips held"), intcomma(sums["slips"])),
        ]

    def context(self) -> Mapping[str, Any]:
        return self.about
