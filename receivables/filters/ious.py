"""Finding a missing IOU, or one whose original is to come."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter
from payroll.people_filters import OwnedFilter
from receivables.models import Iou, UnpaidDelivery
from receivables.rules.ious import IouState


class MissingIouFilter(OwnedFilter):
    """Search by order, customer or salesperson; whose; the IOU itself or its original."""

    PERSON = "order__person"
    TEXTS = ("order__order_no",)
    NAMED = (("order__customer", "customer_no"),)
    PLACEHOLDER = _("Order, customer, name or pinyin")

    state = choice_filter(
        _("What is missing"),
        _("Anything missing"),
        method="in_state",
        choices=[
            (IouState.MISSING.value, _("the IOU")),
            (IouState.ORIGINAL_MISSING.value, _("the original")),
        ],
    )

    class Meta:
        model = UnpaidDelivery
        fields: list[str] = []

    def in_state(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        return rows.filter(iou_state=wanted)


class OriginalFilter(OwnedFilter):
    """Search by order, customer or salesperson; whose."""

    PERSON = "delivery__order__person"
    TEXTS = ("delivery__order__order_no", "signed_by")
    NAMED = (("delivery__order__customer", "customer_no"),)
    PLACEHOLDER = _("Order, customer, name or pinyin")

    class Meta:
        model = Iou
        fields: list[str] = []
