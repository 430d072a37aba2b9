"""Whom to call, calls, and their figures, as lists (VIS-4)."""

from datetime import date, datetime, timedelta
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from core import clock
from core.lists import ListTable, MomentColumn
from core.months import Month
from core.templatetags.house import day, moment, month_name
from customers.models import Call
from customers.querysets.calls import BACK, NEVER
from customers.tables.visits import CARDS, MAIN, SHOWN, SIDE, WIDE, badge, link

END = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}
CALLING = "calling"  # the form that a button of a row sends


class ToCallTable(ListTable):
    """Customers to be called: why, whose, how often today. Never their number (VIS-4)."""

    name = tables.Column(
        verbose_name=gettext_lazy("Customer"), order_by=("customer_no",), attrs=MAIN
    )
    owner = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="owner__name",
        order_by=("owner__employee_no", "id"),
    )
    why = tables.Column(
        verbose_name=gettext_lazy("Why"),
        order_by=("turn", "back_at", "quiet_since", "id"),
    )
    last_at = tables.Column(
        verbose_name=gettext_lazy("Last visit"),
        orderable=False,
        empty_values=(),
        attrs={"td": {"class": "wide"}},
    )
    called = tables.Column(verbose_name=gettext_lazy("Called today"), order_by=("called", "id"))
    call = tables.Column(
        verbose_name=gettext_lazy("Telephone"), accessor="customer_no", orderable=False, attrs=SIDE
    )

    class Meta:
        order_by = ("why",)
        attrs = {"class": f"{CARDS['class']} table-calls"}

    def __init__(self, *args: Any, interval: int, **kwargs: Any) -> None:
        self.interval = timedelta(days=interval)
        super().__init__(*args, **kwargs)

    def render_name(self, record: Any) -> SafeString:
        return link(reverse("customer", args=[record.customer_no]), record.name)

    def value_name(self, record: Any) -> str:
        return f"{record.customer_no} {record.name}"

    def render_why(self, record: Any) -> SafeString | str:
        if record.why == BACK:
            return badge("late", _("call back %(at)s") % {"at": moment(record.back_at)})
        return self._why(record)

    def value_why(self, record: Any) -> str:
        if record.why == BACK:
            return _("call back %(at)s") % {"at": moment(record.back_at)}
        return self._why(record)

    def _why(self, record: Any) -> str:
        if record.why == NEVER:
            return pgettext("to call", "never called on")
        due = clock.local_date(record.quiet_since) + self.interval
        return _("return visit by %(day)s") % {"day": day(due)}

    def render_last_at(self, record: Any) -> str:
        return day(record.last_at) if record.last_at else _("never")

    def value_last_at(self, record: Any) -> date | None:
        return clock.local_date(record.last_at) if record.last_at else None

    def render_called(self, value: int) -> str:
        return ngettext("%(n)s time", "%(n)s times", value) % {"n": value} if value else ""

    def value_called(self, value: int) -> int:
        return value

    def render_call(self, record: Any) -> SafeString:
        return format_html(
            '<button class="btn btn-primary" type="submit" form="{}" formaction="{}">{}'
            '<span class="visually-hidden"> {}</span></button>',
            CALLING,
            reverse("call_new", args=[record.customer_no]),
            pgettext("act", "Call"),
            record.name,
        )

    def value_call(self, record: Any) -> str:
        """Nothing: the number is not for a list."""
        return ""


def outcome_of(call: Call) -> str:
    return str(call.get_outcome_display()) or pgettext("call", "not finished")


class CallTable(ListTable):
    """Calls: to whom, by whom, when, what came of them."""

    customer = tables.Column(
        verbose_name=gettext_lazy("Customer"),
        accessor="customer__name",
        order_by=("customer__customer_no", "id"),
        attrs=MAIN,
    )
    person = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    started_at = MomentColumn(
        verbose_name=pgettext_lazy("telephone", "Called"), order_by=("started_at", "id")
    )
    note = tables.Column(
        verbose_name=pgettext_lazy("visit", "What was said"), orderable=False, attrs=WIDE
    )
    back_at = tables.Column(
        verbose_name=gettext_lazy("Call back at"), order_by=("back_at", "id"), attrs=WIDE
    )
    outcome = tables.Column(
        verbose_name=gettext_lazy("Outcome"),
        order_by=("outcome", "id"),
        attrs=SIDE,
        empty_values=(),
    )

    class Meta:
        order_by = ("-started_at",)
        attrs = CARDS

    def render_customer(self, record: Call) -> SafeString:
        return link(reverse("call", args=[record.pk]), record.customer.name)

    def value_customer(self, record: Call) -> str:
        return str(record.customer.name)

    def render_note(self, value: str) -> str:
        return value if len(value) <= SHOWN else f"{value[:SHOWN]}…"

    def value_note(self, value: str) -> str:
        return value

    def render_back_at(self, record: Call) -> str:
        return _("done") if record.back_done_at else moment(record.back_at)

    def value_back_at(self, value: datetime | None) -> datetime | None:
        return value

    def render_outcome(self, record: Call) -> SafeString:
        return format_html(
            '<span class="badge state call-{}">{}</span>',
            record.outcome or "open",
            outcome_of(record),
        )

    def value_outcome(self, record: Call) -> str:
        return outcome_of(record)


class CallFigureTable(ListTable):
    """A line for a person and a day, or a month."""

    name = tables.Column(
        verbose_name=gettext_lazy("Salesperson"), order_by=("number", "period"), attrs=MAIN
    )
    period = tables.Column(verbose_name=gettext_lazy("Day or month"), order_by=("period", "number"))
    calls = tables.Column(
        verbose_name=pgettext_lazy("figures", "Calls"),
        order_by=("calls", "number", "period"),
        attrs=END,
    )
    reached = tables.Column(
        verbose_name=pgettext_lazy("figures", "Reached"),
        order_by=("reached", "number", "period"),
        attrs=END,
    )
    not_reached = tables.Column(
        verbose_name=pgettext_lazy("figures", "Not reached"),
        order_by=("not_reached", "number", "period"),
        attrs=END,
    )
    call_back = tables.Column(
        verbose_name=pgettext_lazy("figures", "Call back"),
        order_by=("call_back", "number", "period"),
        attrs=END,
    )
    not_interested = tables.Column(
        verbose_name=pgettext_lazy("figures", "Not interested"),
        order_by=("not_interested", "number", "period"),
        attrs=END,
    )
    do_not_disturb = tables.Column(
        verbose_name=pgettext_lazy("figures", "Do not disturb"),
        order_by=("do_not_disturb", "number", "period"),
        attrs=END,
    )

    class Meta:
        order_by = ("-period",)
        attrs = CARDS

    def __init__(self, *args: Any, by_month: bool, **kwargs: Any) -> None:
        self.by_month = by_month
        super().__init__(*args, **kwargs)

    def render_period(self, value: date) -> str:
        return month_name(Month.of(value)) if self.by_month else day(value)

    def value_period(self, value: date) -> Any:
        return str(Month.of(value)) if self.by_month else value
