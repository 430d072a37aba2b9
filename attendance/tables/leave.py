"""Lists of leave, of reward leave given, of leave types."""

from datetime import date
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attendance.leave_words import days_text, days_words, span_words, type_name
from attendance.models import Leave, LeaveType, RewardGrant
from core.lists import ListTable
from core.templatetags.house import day, yuan_text

MAIN = {"td": {"class": "cell-main"}}
WHO = {"td": {"class": "cell-who"}}
SIDE = {"td": {"class": "cell-side"}}
CARDS = {"class": "table table-vcenter card-table table-cards"}


class LeaveTable(ListTable):
    """Leave: whose, which, from when to when, how it stands. Never why."""

    person = tables.Column(
        verbose_name=pgettext_lazy("leave", "Who"),
        accessor="person__name",
        order_by=("person__employee_no", "-start_on", "id"),
        attrs=WHO,
    )
    days = tables.Column(
        verbose_name=_("Leave from – to"),
        accessor="pk",
        order_by=("start_on", "start_half", "id"),
        attrs=MAIN,
    )
    type = tables.Column(verbose_name=_("Type of leave"), order_by=("type", "-start_on", "id"))
    status = tables.Column(
        verbose_name=_("State"), order_by=("status", "-start_on", "id"), attrs=SIDE
    )
    filed_at = tables.Column(
        verbose_name=pgettext_lazy("leave", "Asked"),
        order_by=("filed_at", "id"),
        attrs={"td": {"class": "wide"}},
    )

    class Meta:
        order_by = ("-days",)
        attrs = CARDS

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        self.names = names
        super().__init__(*args, **kwargs)

    def render_days(self, record: Leave) -> SafeString:
        return _link(reverse("leave_one", args=[record.pk]), span_words(record))

    def value_days(self, record: Leave) -> str:
        return span_words(record)

    def render_type(self, value: str) -> str:
        return type_name(value, self.names)

    def render_status(self, record: Leave) -> SafeString:
        return state_badge(record)

    def value_status(self, record: Leave) -> str:
        return str(record.get_status_display())

    def render_filed_at(self, value: Any) -> str:
        return day(value)


class WaitingLeaveTable(LeaveTable):
    """Leave that waits, with what it costs and who else is away then."""

    cost = tables.Column(verbose_name=_("Costs"), accessor="pk", orderable=False)
    away = tables.Column(verbose_name=_("Also away"), accessor="pk", orderable=False)

    class Meta(LeaveTable.Meta):
        order_by = ("days",)
        exclude = ("status",)

    def render_cost(self, record: Any) -> Any:
        lines = [*_costs(record)]
        if record.outcome.lacks_evidence:
            lines.append(_("no evidence yet"))
        return format_html_join("", "<div>{}</div>", ((line,) for line in lines)) or "—"

    def value_cost(self, record: Any) -> str:
        return yuan_text(sum((cost.costs for cost in record.outcome.costs), Decimal(0)))

    def render_away(self, record: Any) -> Any:
        return format_html_join("", "<div>{}</div>", ((t,) for t in _also_away(record))) or "—"

    def value_away(self, record: Any) -> str:
        return "; ".join(_also_away(record))


def _costs(record: Any) -> Any:
    for cost in record.outcome.costs:
        if cost.excess:
            said = _("%(days)s over: %(yuan)s yuan")
            values = {"days": days_text(cost.excess), "yuan": yuan_text(cost.costs)}
            yield said % values
        elif cost.costs:
            yield _("%(yuan)s yuan less pay") % {"yuan": yuan_text(cost.costs)}


def _also_away(record: Any) -> list[str]:
    most = max(record.outcome.clashes, key=lambda each: len(each.clash.away), default=None)
    if most is None:
        return []
    said = _("%(n)s of %(team)s on %(day)s")
    values = {"n": len(most.clash.away), "team": most.clash.team, "day": day(most.clash.day)}
    return [str(said % values)]


class RewardTable(ListTable):
    """Days of reward leave that were given."""

    person = tables.Column(
        verbose_name=pgettext_lazy("leave", "Who"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs=WHO,
    )
    days = tables.Column(verbose_name=_("Days"), order_by=("days", "id"), attrs=MAIN)
    use_by = tables.Column(verbose_name=_("To be used by"), order_by=("use_by", "id"))
    granted_on = tables.Column(verbose_name=_("Given on"), order_by=("granted_on", "id"))
    reason = tables.Column(verbose_name=pgettext_lazy("reward", "What for"), orderable=False)
    state = tables.Column(verbose_name=_("State"), accessor="pk", orderable=False, attrs=SIDE)

    class Meta:
        order_by = ("-granted_on",)
        attrs = CARDS

    def render_days(self, record: RewardGrant) -> SafeString:
        return _link(reverse("reward", args=[record.pk]), days_words(record.days))

    def value_days(self, record: RewardGrant) -> Decimal:
        return record.days

    def render_use_by(self, value: date) -> str:
        return day(value)

    def value_use_by(self, value: date) -> date:
        return value

    def render_granted_on(self, value: date) -> str:
        return day(value)

    def value_granted_on(self, value: date) -> date:
        return value

    def render_state(self, record: RewardGrant) -> Any:
        return _("taken back") if record.taken_back_at else ""


class LeaveTypeTable(ListTable):
    """The company's own leave types."""

    name = tables.Column(
        verbose_name=pgettext_lazy("leave type", "Name"), order_by=("name", "id"), attrs=MAIN
    )
    code = tables.Column(verbose_name=pgettext_lazy("leave type", "Code"), order_by=("code",))
    pay_rate = tables.Column(
        verbose_name=pgettext_lazy("leave type", "Pay"), order_by=("pay_rate", "id")
    )
    evidence_needed = tables.BooleanColumn(
        verbose_name=pgettext_lazy("leave", "Evidence"),
        order_by=("evidence_needed", "id"),
        yesno="✓,—",
    )
    monthly_cap_days = tables.Column(
        verbose_name=_("Days a month"), order_by=("monthly_cap_days", "id")
    )
    past_cap = tables.Column(verbose_name=_("Past that"), orderable=False)
    retired_on = tables.Column(
        verbose_name=_("Retired on"), order_by=("retired_on", "id"), attrs=SIDE
    )

    class Meta:
        order_by = ("code",)
        attrs = CARDS

    def render_name(self, record: LeaveType) -> SafeString:
        return _link(reverse("leave_type_edit", args=[record.code]), record.name)

    def value_name(self, record: LeaveType) -> str:
        return record.name

    def render_pay_rate(self, value: Decimal) -> str:
        return f"{days_text(value * 100)}%"

    def value_pay_rate(self, value: Decimal) -> Decimal:
        return value

    def render_monthly_cap_days(self, value: Decimal) -> str:
        return days_text(value)

    def render_past_cap(self, record: LeaveType) -> str:
        return record.get_past_cap_display() if record.monthly_cap_days is not None else "—"

    def render_retired_on(self, value: date) -> str:
        return day(value)


def _link(address: str, text: str) -> SafeString:
    return format_html('<a class="row-link" href="{}">{}</a>', address, text)


def state_badge(leave: Leave) -> SafeString:
    return format_html(
        '<span class="badge state leave-{}">{}</span>', leave.status, leave.get_status_display()
    )
