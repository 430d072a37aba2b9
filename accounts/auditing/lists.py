"""The lists of what was changed, and of who opened what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.auditing.filters import ChangeFilter, OpeningFilter
from accounts.auditing.navigation import tabs
from accounts.auditing.querysets import changes_visible_to
from accounts.auditing.tables import ChangeTable, OpeningTable
from core.history.reading import Moment, moments_of, with_names
from core.lists import Empty, List
from core.models import AuditRow, Opening

MOST_TAKEN_OUT = 10_000


class _Trail(List):
    """Rows that are only ever added, a million of them: walked through, never counted."""

    by_number = "at"
    confidential = True
    most_in_file = MOST_TAKEN_OUT
    page_template = "accounts/trail.html"

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return with_names(found)

    def context(self) -> Mapping[str, Any]:
        return {"tabs": tabs(self.request)}


class ChangeList(_Trail):
    """Every change one may look through, the latest first."""

    key = "audit"
    title = _("What was changed")
    table = ChangeTable
    filterset = ChangeFilter
    fixed = ("subject",)
    nothing = Empty(
        _("Nothing was changed yet"),
        _("Every change of a record appears here with who made it, and with what it was before."),
        "history",
    )
    nothing_found = Empty(_("Nothing found"), _("No change fits the search."), "search")

    def rows(self) -> QuerySet[AuditRow]:
        return changes_visible_to(self.user)

    def told(self, rows: Sequence[AuditRow]) -> list[Moment]:
        return moments_of(rows, self.user)


class OpeningList(_Trail):
    """Who opened, printed or took out which confidential record, the latest first."""

    key = "audit_openings"
    title = _("Who opened what")
    table = OpeningTable
    filterset = OpeningFilter
    fixed = ("kind",)
    nothing = Empty(
        _("Nobody opened anything yet"),
        _(
            "Whoever opens or takes out something confidential appears here, before they get to "
            "see it."
        ),
        "eye",
    )
    nothing_found = Empty(_("Nothing found"), _("Nobody opened what fits the search."), "search")

    def rows(self) -> QuerySet[Opening]:
        return Opening.objects.all()
