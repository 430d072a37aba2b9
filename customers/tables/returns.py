"""Return visits due, as a list (VIS-3, VIS-5)."""

from datetime import date, datetime, timedelta
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from core.lists import ListTable
from core.templatetags.house import day
from customers.tables.visits import CARDS, MAIN, SIDE, badge, link


class ReturnTable(ListTable):
    """Customers: whose, when last called on, when the return visit is due, how late it is; of their
    level's visits those made this month."""

    name = tables.Column(
        verbose_name=gettext_lazy("Customer"), order_by=("customer_no",), attrs=MAIN
    )
    owner = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="owner__name",
        order_by=("owner__employee_no", "id"),
    )
    last_at = tables.Column(
        verbose_name=gettext_lazy("Last visit"), orderable=False, empty_values=()
    )
    due_on = tables.Column(
        verbose_name=gettext_lazy("Return visit by"),
        accessor="quiet_since",
        order_by=("quiet_since", "id"),
    )
    late = tables.Column(
        verbose_name=gettext_lazy("Overdue"), accessor="quiet_since", orderable=False, attrs=SIDE
    )
    level = tables.Column(
        verbose_name=gettext_lazy("Visits by level"),
        order_by=("level", "-missing", "id"),
        empty_values=("",),
    )

    class Meta:
        order_by = ("due_on",)
        attrs = CARDS

    def __init__(self, *args: Any, interval: int, records_visits: bool, **kwargs: Any) -> None:
        self.interval, self.records_visits = timedelta(days=interval), records_visits
        super().__init__(*args, **kwargs)

    def render_name(self, record: Any) -> SafeString | str:
        if not self.records_visits:
            return link(reverse("customer", args=[record.customer_no]), record.name)
        query = urlencode({"customer": f"{record.customer_no} {record.name}"})
        return link(f"{reverse('visit_new')}?{query}", record.name)

    def value_name(self, record: Any) -> str:
        return f"{record.customer_no} {record.name}"

    def render_last_at(self, record: Any) -> str:
        return day(record.last_at) if record.last_at else _("never")

    def value_last_at(self, record: Any) -> date | None:
        return clock.local_date(record.last_at) if record.last_at else None

    def render_due_on(self, value: datetime) -> str:
        return day(self._due(value))

    def value_due_on(self, value: datetime) -> date:
        return self._due(value)

    def render_late(self, value: datetime) -> SafeString | str:
        late = self._days(value)
        if late <= 0:
            return ""
        return badge("none", ngettext("%(n)s day", "%(n)s days", late) % {"n": late})

    def value_late(self, value: datetime) -> int:
        return max(0, self._days(value))

    def render_level(self, record: Any) -> SafeString | str:
        said = self.value_level(record)
        return badge("none", said) if record.missing > 0 else said

    def value_level(self, record: Any) -> str:
        """The level, and of the visits it asks for this month those made."""
        if not record.level or not record.asked:
            return str(record.level)
        return f"{record.level} {record.had}/{record.asked}"

    def _due(self, quiet_since: datetime) -> date:
        return clock.local_date(quiet_since) + self.interval

    def _days(self, quiet_since: datetime) -> int:
        return (clock.today() - self._due(quiet_since)).days
