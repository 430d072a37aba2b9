"""Finding return visits due: by customer or salesperson, late or soon, whose."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.lists.search import choice_filter
from customers.models import Customer
from customers.querysets.returns import quiet_on
from payroll.people_filters import OwnedFilter
from policy.querysets import policy_book


class ReturnFilter(OwnedFilter):
    """Search by customer or salesperson; overdue or to come, whose."""

    PERSON = "owner"
    TEXTS = ("customer_no", "name")
    PLACEHOLDER = _("Customer, name or pinyin")

    state = choice_filter(
        _("State"),
        _("Overdue and to come"),
        method="standing",
        choices=[
            ("late", pgettext_lazy("return visit", "overdue")),
            ("soon", pgettext_lazy("return visit", "due these days")),
        ],
    )

    class Meta:
        model = Customer
        fields: list[str] = []

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        interval = timedelta(days=policy_book().on(clock.today()).return_visit_days)
        since = clock.today() - interval
        return {
            "late": quiet_on(rows, until=since - timedelta(days=1)),
            "soon": quiet_on(rows, since=since),
        }[wanted]
