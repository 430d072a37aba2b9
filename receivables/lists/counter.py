"""The lists of the counter: handovers, differences, day sheets (SLIP-3)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from core.lists import Empty, List, ListTable, Stat
from core.money import ZERO
from core.templatetags.house import yuan
from receivables.filters.counter import DifferenceFilter, HandoverFilter, SheetFilter
from receivables.models import DaySheet, Discrepancy, Handover
from receivables.navigation import counter_tabs
from receivables.permissions.counter import can_close_sheet
from receivables.querysets.day_sheets import next_sheet
from receivables.querysets.unpaid import SEE_ALL_MONEY
from receivables.tables.counter import DifferenceTable, HandoverTable, SheetTable


class _OfPeople(List):
    """What somebody brought: a salesperson's own, the others' all they may see."""

    page_template = "receivables/counter_list.html"

    @cached_property
    def sees_others(self) -> bool:
        return bool(self.user.is_superuser or self.user.has_role(*SEE_ALL_MONEY, "supervisor"))

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose",)

    def context(self) -> Mapping[str, Any]:
        return {"tabs": counter_tabs(self.request)}


class HandoverList(_OfPeople):
    """The handovers one may see, the latest first; the sums are of all found."""

    key = "handovers"
    title = _("Handovers")
    table = HandoverTable
    filterset = HandoverFilter
    fixed = ("person",)
    nothing = Empty(
        _("Nothing handed in yet"),
        _("What the cashier counts is listed here, with its receipt."),
        "hand-coins",
    )

    def rows(self) -> QuerySet[Handover]:
        return Handover.objects.visible_to(self.user).annotate(apart=F("cash") - F("recorded"))

    def records(self, found: QuerySet[Handover], *, first: int, count: int) -> QuerySet[Handover]:
        return found.select_related("person", "sheet")

    def sums(self, found: QuerySet[Handover], table: ListTable) -> Sequence[Stat]:
        sums = found.aggregate(
            handovers=Count("id"), cash=Sum("cash", default=ZERO), due=Sum("cheques", default=ZERO)
        )
        return [
            Stat(_("Handovers"), intcomma(sums["handovers"])),
            Stat(_("Cash counted"), yuan(sums["cash"])),
            Stat(_("Cheques"), yuan(sums["due"])),
        ]


class DifferenceList(_OfPeople):
    """Differences at the counter, the latest first; how many wait."""

    key = "differences"
    title = _("Differences")
    table = DifferenceTable
    filterset = DifferenceFilter
    fixed = ("person",)
    nothing = Empty(
        _("No differences"),
        _("All cash that was counted was the cash recorded."),
        "circle-check-big",
    )

    def rows(self) -> QuerySet[Discrepancy]:
        return Discrepancy.objects.visible_to(self.user)

    def records(
        self, found: QuerySet[Discrepancy], *, first: int, count: int
    ) -> QuerySet[Discrepancy]:
        return found.select_related("handover__person")

    def sums(self, found: QuerySet[Discrepancy], table: ListTable) -> Sequence[Stat]:
        waits = ~Q(state=Discrepancy.State.SETTLED)
        sums = found.aggregate(
            waiting=Count("id", filter=waits),
            missing=Sum("amount", filter=waits & Q(amount__lt=0), default=ZERO),
            surplus=Sum("amount", filter=waits & Q(amount__gt=0), default=ZERO),
        )
        return [
            Stat(_("Not settled"), intcomma(sums["waiting"])),
            Stat(_("Missing"), yuan(sums["missing"])),
            Stat(_("Too much"), yuan(sums["surplus"])),
        ]


class SheetList(List):
    """The day sheets, the latest first; above them what will stand on the next."""

    key = "day_sheets"
    title = _("Day sheets")
    table = SheetTable
    filterset = SheetFilter
    fixed = ("sheet_no",)
    page_template = "receivables/sheets.html"
    nothing = Empty(
        _("No sheets yet"),
        _("The cashier closes the day; its sheet is listed here until finance has signed it off."),
        "clipboard-list",
    )

    def rows(self) -> QuerySet[DaySheet]:
        return DaySheet.objects.all()

    def records(self, found: QuerySet[DaySheet], *, first: int, count: int) -> QuerySet[DaySheet]:
        return found.select_related("closed_by__person", "signed_by__person")

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": counter_tabs(self.request),
            "next_sheet": next_sheet(),
            "can_close": can_close_sheet(self.user),
        }
