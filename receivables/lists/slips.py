"""The list of collection slips (SLIP-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.querysets import led_ids
from core.lists import Bulk, Empty, List, ListTable, Stat, Way, counted
from receivables.filters.slips import SlipFilter
from receivables.models import Slip
from receivables.permissions.slips import can_issue_slips, can_see_blocks, can_see_slips
from receivables.querysets.claims import slips_attach
from receivables.querysets.unpaid import SEE_ALL_MONEY
from receivables.tables.slips import SlipTable

COUNTED_TO = 10_000
SEARCHED_TO = 1_000  # of what is searched for, each is looked at to be counted
FEW_PEOPLE = 50  # whose slips are sooner read than looked for among all


class SlipList(List):
    """The slips one may see, the latest first, a million of them: walked through, not counted past
    ten thousand (of what is searched for, a thousand); their money is read for a page at a time."""

    key = "slips"
    title = _("Collection slips")
    table = SlipTable
    filterset = SlipFilter
    fixed = ("slip_no",)
    by_number = "slip_no"
    page_template = "receivables/slips.html"
    bulk = (Bulk("print", _("Print"), can_see_slips, icon="printer", address="slip_sheets"),)
    nothing_found = Empty(
        _("Nothing found"),
        _("No slip fits the search. Try fewer letters, or all of them."),
        "search",
    )
    nothing = Empty(
        _("No slips yet"),
        _("Finance hands them out in the morning; from then on they stand here."),
        "receipt-text",
    )

    def rows(self) -> QuerySet[Slip]:
        return Slip.objects.visible_to(self.user)

    def records(self, found: QuerySet[Slip], *, first: int, count: int) -> QuerySet[Slip]:
        return found.select_related("order__customer", "person")

    def told(self, rows: Sequence[Slip]) -> list[Slip]:
        return slips_attach(list(rows))

    @cached_property
    def ways(self) -> Sequence[Way]:
        """Those of a few people are few, however they are found."""
        ways: list[Way] = self.filter.ways
        is_of_few = not self._sees_all and len(led_ids(self.user)) <= FEW_PEOPLE
        return [replace(way, is_few=way.is_few or is_of_few) for way in ways]

    def sums(self, found: QuerySet[Slip], table: ListTable) -> Sequence[Stat]:
        most = SEARCHED_TO if self.filter.is_search else COUNTED_TO
        many = counted(self.ways, most=most)
        return [Stat(_("Slips"), f"{intcomma(most)}+" if many > most else intcomma(many))]

    @cached_property
    def _sees_all(self) -> bool:
        return bool(self.user.is_superuser or self.user.has_role(*SEE_ALL_MONEY))

    @cached_property
    def sees_others(self) -> bool:
        return self._sees_all or bool(self.user.has_role("supervisor"))

    def table_options(self) -> Mapping[str, Any]:
        return {} if self.sees_others else {"exclude": ("salesperson",)}

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose",)

    def context(self) -> Mapping[str, Any]:
        return {
            "can_issue": can_issue_slips(self.user),
            "can_see_blocks": can_see_blocks(self.user),
        }
