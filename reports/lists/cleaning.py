"""The list of turns of cleaning: the roster, and what came of it (MEET-3)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists import Bulk, Empty, RowRefused
from core.permissions import require
from reports.filters.cleaning import CleaningFilter
from reports.lists.meetings import ReportsList
from reports.models import CleaningTurn
from reports.permissions import can_confirm_cleaning, can_confirm_turn
from reports.services import ReportsRefused, turn_confirm
from reports.tables.cleaning import CleaningTable


def _confirm(*, row: CleaningTurn, actor: Any) -> bool:
    require(can_confirm_turn(actor, row))
    try:
        return turn_confirm(turn=row, actor=actor)
    except ReportsRefused as refusal:
        raise RowRefused(str(refusal)) from None


class CleaningList(ReportsList):
    """The turns one may see, those to come and the latest first."""

    key = "cleaning"
    title = _("Cleaning roster")
    table = CleaningTable
    filterset = CleaningFilter
    fixed = ("on", "person")
    bulk = (Bulk("confirm", _("Confirm"), can_confirm_cleaning, _confirm),)
    clauses = ("MEET-3", "VIS-2")
    nothing = Empty(
        _("No roster yet"),
        _("The program makes it each night for two weeks, a turn a team and morning."),
        "brush-cleaning",
    )

    def rows(self) -> QuerySet[CleaningTurn]:
        return CleaningTurn.objects.visible_to(self.user).select_related("person")
