"""Finding an unpaid delivery among many."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from core.lists.search import choice_filter
from payroll.people_filters import OwnedFilter
from receivables.models import UnpaidDelivery
from receivables.querysets.ageing import with_promised
from receivables.querysets.plans import UNPLANNED, PlanState, with_plan


class UnpaidFilter(OwnedFilter):
    """Search by order, customer or salesperson; whose; escalated or not."""

    PERSON = "order__person"
    TEXTS = ("order__order_no",)
    NAMED = (("order__customer", "customer_no"),)
    PLACEHOLDER = _("Order, customer, name or pinyin")

    state = choice_filter(
        _("State"),
        _("Any state"),
        method="in_state",
        choices=[
            ("escalated", _("escalated")),
            ("reminded", _("reminded daily")),
            ("unplanned", _("without a plan")),
            ("promised", _("promise due this week")),
            ("broken", _("promise broken")),
        ],
    )

    class Meta:
        model = UnpaidDelivery
        fields: list[str] = []

    def in_state(
        self, rows: QuerySet[UnpaidDelivery], _name: str, wanted: str
    ) -> QuerySet[UnpaidDelivery]:
        if wanted in ("escalated", "reminded"):
            return rows.filter(escalated_on__isnull=wanted != "escalated")
        if wanted == "promised":
            return with_promised(rows, clock.today()).filter(is_promised=True)
        states = UNPLANNED if wanted == "unplanned" else (PlanState.BROKEN.value,)
        return with_plan(rows).filter(plan_state__in=states)
