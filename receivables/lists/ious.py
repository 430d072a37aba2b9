"""The list of missing IOUs, and that of originals to come (IOU-1)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.lists import Bulk, Empty, List, ListTable, RowRefused, Stat
from core.lists.asking import export_of
from core.money import ZERO
from core.navigation import due_tabs
from core.templatetags.house import yuan
from policy.clauses import clause_of
from receivables.filters.ious import MissingIouFilter, OriginalFilter
from receivables.models import Iou, UnpaidDelivery
from receivables.permissions import can_receive_original, can_receive_originals
from receivables.querysets.ious import Terms, ious_missing, originals_to_come, terms_now
from receivables.querysets.unpaid import SEE_ALL_MONEY
from receivables.rules.ious import IouState
from receivables.services import iou_original
from receivables.tables.ious import MissingIouTable, OriginalTable


class MissingIouList(List):
    """Deliveries one may see whose IOU, or its original, was due and is not there."""

    key = "ious_missing"
    title = pgettext_lazy("menu", "Due")
    table = MissingIouTable
    filterset = MissingIouFilter
    fixed = ("customer",)
    page_template = "receivables/unpaid.html"

    @cached_property
    def terms(self) -> Terms:
        return terms_now()

    def rows(self) -> QuerySet[UnpaidDelivery]:
        return ious_missing(UnpaidDelivery.objects.visible_to(self.user), self.terms)

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return found.select_related("order__customer", "order__person")

    @cached_property
    def sees_others(self) -> bool:
        return bool(self.user.is_superuser or self.user.has_role(*SEE_ALL_MONEY, "supervisor"))

    def table_options(self) -> Mapping[str, Any]:
        exclude = () if self.sees_others else ("salesperson",)
        return {"exclude": exclude, "due_at": self.terms.due}

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose",)

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        missing, original = (
            Q(iou_state=each.value) for each in (IouState.MISSING, IouState.ORIGINAL_MISSING)
        )
        sums = found.order_by().aggregate(
            missing=Count("id", filter=missing),
            missing_owed=Sum("unpaid", filter=missing, default=ZERO),
            original=Count("id", filter=original),
            original_owed=Sum("unpaid", filter=original, default=ZERO),
        )
        return [
            Stat(_("IOUs missing"), intcomma(sums["missing"])),
            Stat(_("Unpaid, no IOU"), yuan(sums["missing_owed"])),
            Stat(_("Originals missing"), intcomma(sums["original"])),
            Stat(_("Unpaid, no original"), yuan(sums["original_owed"])),
        ]

    def empty(self) -> Empty:
        return Empty(
            _("No IOU is missing"),
            _("For every unpaid delivery the IOU is there, or there is time for it."),
            "circle-check-big",
        )

    def context(self) -> Mapping[str, Any]:
        return {"tabs": due_tabs(self.request), "clause": clause_of("IOU-1")}


def _receive(*, row: Iou, actor: Any) -> bool:
    """The service for one row of the list, in finance's name."""
    if not (decision := can_receive_original(actor, row)):
        raise RowRefused(str(decision.reason))
    return iou_original(actor=actor, iou=row)


class OriginalList(List):
    """IOUs of unpaid deliveries whose original finance waits for."""

    key = "iou_originals"
    title = pgettext_lazy("menu", "Due")
    table = OriginalTable
    filterset = OriginalFilter
    fixed = ("customer",)
    page_template = "receivables/unpaid.html"
    bulk = (Bulk("received", _("Originals received"), can_receive_originals, _receive, "inbox"),)

    def rows(self) -> QuerySet[Iou]:
        return originals_to_come(Iou.objects.visible_to(self.user)).select_related(
            "delivery__order__person"
        )

    def records(self, found: QuerySet[Any], *, first: int, count: int) -> QuerySet[Any]:
        return found.select_related("delivery__order__customer", "delivery__order__person")

    def table_options(self) -> Mapping[str, Any]:
        in_file = export_of(self.request) is not None
        return {"exclude": ("receive",)} if in_file or not self.actions else {}

    def sums(self, found: QuerySet[Any], table: ListTable) -> Sequence[Stat]:
        sums = found.order_by().aggregate(owed=Sum("amount", default=ZERO))
        return [
            Stat(_("Originals to come"), intcomma(table.paginator.count)),
            Stat(_("Amount"), yuan(sums["owed"])),
        ]

    def empty(self) -> Empty:
        return Empty(
            _("No original is to come"),
            _("Finance has the original of every IOU that was recorded."),
            "circle-check-big",
            reverse("ious_missing"),
            _("IOUs that are missing"),
        )

    def context(self) -> Mapping[str, Any]:
        return {"tabs": due_tabs(self.request), "clause": clause_of("IOU-1")}
