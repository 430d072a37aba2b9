"""The lists of what was asked about days, of those that wait, of outages, of cash handed over."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from attendance.filters.asked import ExcuseFilter, MakeUpFilter, OutingFilter
from attendance.kinds import EXCUSES, MAKE_UPS, OUTINGS, Kind
from attendance.models import FineHandover, Outage
from attendance.navigation.explaining import cash_tabs, day_tabs, waiting_tabs
from attendance.permissions.explaining import (
    DECIDES_DAYS,
    can_decide,
    can_decide_days,
    can_decide_outages,
    can_explain,
)
from attendance.permissions.fines import can_sign
from attendance.services.asked import asked_approve, asked_refuse
from attendance.services.refusals import AttendanceRefused
from attendance.tables.asked import (
    ExcuseTable,
    HandoverTable,
    MakeUpTable,
    OutageTable,
    OutingTable,
)
from attendance.visible import SEE_ALL_ATTENDANCE
from core.lists import Bulk, Empty, List, RowRefused
from core.permissions import require
from policy.clauses import clause_of

NEW = {
    EXCUSES.slug: ("explain_new", _("Explain")),
    MAKE_UPS.slug: ("make_up_new", _("Ask for a punch")),
    OUTINGS.slug: ("outing_new", _("Say an outing")),
}


class AskedList(List):
    """What was asked of one kind, by those one may see; the latest first."""

    kind: ClassVar[Kind]
    page_template = "lists/chapter.html"
    fixed = ("person",)
    nothing = Empty(
        _("Nothing here yet"), _("What is asked about days, and decided, stands here."), "inbox"
    )

    def rows(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.kind.model.objects.visible_to(self.user)
        return found

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return _with_names(found, self.kind)

    @cached_property
    def sees_others(self) -> bool:
        roles = (*SEE_ALL_ATTENDANCE, *DECIDES_DAYS)
        return bool(self.user.is_superuser or self.user.has_role(*roles))

    def table_options(self) -> Mapping[str, Any]:
        return {} if self.sees_others else {"exclude": ("person",)}

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose",)

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": day_tabs(self.request),
            "acts": _acts(self.user, self.kind),
            "clauses": [clause_of("ATT-6" if self.kind is OUTINGS else "ATT-1")],
        }


def _with_names(found: QuerySet[Any], kind: Kind) -> QuerySet[Any]:
    return found.select_related("person", *(("customer",) if kind is OUTINGS else ()))


def _acts(user: Any, kind: Kind) -> list[tuple[str, Any, str]]:
    acts: list[tuple[str, Any, str]] = []
    if can_decide_days(user):
        address = reverse("asked_to_decide", args=[kind.slug])
        acts.append((address, _now("To decide"), "check-check"))
    if can_explain(user):
        name, label = NEW[kind.slug]
        acts.append((reverse(name), label, "plus"))
    return acts


class ExcuseList(AskedList):
    key, title, kind = "explanations", EXCUSES.title, EXCUSES
    table, filterset = ExcuseTable, ExcuseFilter


class MakeUpList(AskedList):
    key, title, kind = "make_up_punches", MAKE_UPS.title, MAKE_UPS
    table, filterset = MakeUpTable, MakeUpFilter


class OutingList(AskedList):
    key, title, kind = "outings", OUTINGS.title, OUTINGS
    table, filterset = OutingTable, OutingFilter


def _approve(*, row: Any, actor: Any) -> bool:
    if row.status != "pending":
        return False
    require(can_decide(actor, row))
    try:
        asked_approve(row=row, actor=actor)
    except AttendanceRefused as refusal:
        raise RowRefused(str(refusal)) from None
    return True


def _refuse(*, row: Any, actor: Any, said: str) -> bool:
    if row.status != "pending":
        return False
    require(can_decide(actor, row))
    try:
        asked_refuse(row=row, reply=said, actor=actor)
    except AttendanceRefused as refusal:
        raise RowRefused(str(refusal)) from None
    return True


class AskedWaitingList(List):
    """What waits for one's own word; several are approved at once, or refused with one reason."""

    kind: ClassVar[Kind]
    page_template = "lists/chapter.html"
    fixed = ("person",)
    bulk = (
        Bulk("approve", _("Approve"), can_decide_days, _approve),
        Bulk("refuse", _("Refuse"), can_decide_days, _refuse, "x", asks=_("Reason")),
    )
    nothing = Empty(
        _("Nothing to decide"), _("What your people ask waits here for your word."), "check-check"
    )

    def rows(self) -> QuerySet[Any]:
        waiting: QuerySet[Any] = self.kind.model.objects.to_decide_by(self.user)
        return _with_names(waiting.select_related("person__supervisor"), self.kind)

    def table_options(self) -> Mapping[str, Any]:
        return {"exclude": ("status",)}

    def filters_left_out(self) -> Sequence[str]:
        return ("status",)

    def context(self) -> Mapping[str, Any]:
        return {"tabs": waiting_tabs(self.request)}


class ExcuseWaitingList(AskedWaitingList):
    key, title, kind = "explanations_to_decide", EXCUSES.to_decide, EXCUSES
    table, filterset = ExcuseTable, ExcuseFilter


class MakeUpWaitingList(AskedWaitingList):
    key, title, kind = "make_up_punches_to_decide", MAKE_UPS.to_decide, MAKE_UPS
    table, filterset = MakeUpTable, MakeUpFilter


class OutingWaitingList(AskedWaitingList):
    key, title, kind = "outings_to_decide", OUTINGS.to_decide, OUTINGS
    table, filterset = OutingTable, OutingFilter


LISTS = {each.kind.slug: each for each in (ExcuseList, MakeUpList, OutingList)}
WAITING = {
    each.kind.slug: each for each in (ExcuseWaitingList, MakeUpWaitingList, OutingWaitingList)
}


class OutageList(List):
    """Outages that were excused, the latest first."""

    key = "outages"
    title = _("Outages")
    table = OutageTable
    fixed = ("start_at",)
    page_template = "lists/chapter.html"
    nothing = Empty(_("No outages"), _("No machine or network has failed so far."), "zap")

    def rows(self) -> QuerySet[Outage]:
        return Outage.objects.all()

    def context(self) -> Mapping[str, Any]:
        acts = []
        if can_decide_outages(self.user):
            acts.append((reverse("outage_new"), _now("Excuse an outage"), "plus"))
        return {"tabs": day_tabs(self.request), "acts": acts, "clauses": [clause_of("ATT-6")]}


class HandoverList(List):
    """Cash of fines handed to the cashier, the latest first."""

    key = "fine_handovers"
    title = _("Cash of fines handed over")
    table = HandoverTable
    fixed = ("made_at", "amount")
    page_template = "attendance/handovers.html"
    nothing = Empty(
        _("Nothing handed over yet"), _("Fines paid in cash go to the cashier."), "hand-coins"
    )

    def rows(self) -> QuerySet[FineHandover]:
        return FineHandover.objects.all()

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return found.select_related("made_by__person", "signed_by__person")

    def context(self) -> Mapping[str, Any]:
        waiting = FineHandover.objects.filter(signed_at=None).order_by("made_at")
        to_sign = list(waiting.select_related("made_by__person")[:20])
        return {
            "tabs": cash_tabs(self.request),
            "clauses": [clause_of("ATT-2")],
            "to_sign": to_sign,
            "signable": {row.pk for row in to_sign if can_sign(self.user, row)},
        }
