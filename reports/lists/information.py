"""The list of information from the road (INFO-1)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.lists import Empty
from core.lists.bulk import Bulk, RowRefused
from core.permissions import require
from customers.lists.secrets import NamesCustomers
from reports.filters.information import InformationFilter
from reports.lists.meetings import Acts, ReportsList
from reports.models import Information
from reports.permissions import can_file_information, can_read_for, can_read_information
from reports.services.information import information_read
from reports.services.refusals import ReportsRefused
from reports.tables.information import InformationTable


def _read(*, row: Information, actor: Any) -> bool:
    require(can_read_for(actor, row))
    try:
        return information_read(information=row, actor=actor)
    except ReportsRefused as refusal:
        raise RowRefused(str(refusal)) from None


class InformationList(NamesCustomers, ReportsList):
    """What one may read: of the market all, of customers those of one's own line."""

    key = "information"
    title = _("Information")
    table = InformationTable
    filterset = InformationFilter
    fixed = ("title", "filed_at")
    clauses = ("INFO-1",)
    bulk = (Bulk("read", _("Tick as read"), can_read_information, _read),)
    nothing = Empty(
        _("No information yet"),
        _("What salespeople hear of customers and the market stands here."),
        "newspaper",
    )

    def rows(self) -> QuerySet[Any]:
        return Information.objects.visible_to(self.user).with_read(self.user)

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return found.select_related("person", "customer").prefetch_related("tags")

    def context(self) -> Mapping[str, Any]:
        return {**super().context(), "tabs": ()}

    def acts(self) -> Acts:
        if can_file_information(self.user):
            return [(reverse("information_new"), _("File information"), "plus")]
        return ()
