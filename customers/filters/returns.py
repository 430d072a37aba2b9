"""Finding return visits due: by customer or salesperson, late, soon or by level, whose."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.lists.search import choice_filter
from customers.models import Customer
from customers.querysets.returns import AHEAD, quiet_on, short_of_visits
from payroll.people_filters import OwnedFilter
from policy.querysets import policy_book


class ReturnFilter(OwnedFilter):
    """Search by customer or salesperson; overdue, to come or short of the level's visits; level;
    whose."""

    PERSON = "owner"
    TEXTS = ("customer_no", "name")
    PLACEHOLDER = _("Customer, name or pinyin")

    state = choice_filter(
        _("State"),
        _("All that is due"),
        method="standing",
        choices=[
            ("late", pgettext_lazy("return visit", "overdue")),
            ("soon", pgettext_lazy("return visit", "due these days")),
            ("short", pgettext_lazy("return visit", "short of the level's visits")),
        ],
    )
    level = choice_filter(_("Level"), _("Any level"), choices=Customer.Level.choices)

    class Meta:
        model = Customer
        fields: list[str] = []

    def standing(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        interval = timedelta(days=policy_book().on(clock.today()).return_visit_days)
        since = clock.today() - interval
        return {
            "late": quiet_on(rows, until=since - timedelta(days=1)),
            "soon": quiet_on(rows, since=since, until=since + AHEAD),
            "short": short_of_visits(rows),
        }[wanted]
