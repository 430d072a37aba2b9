"""Lists of appraisals, of how far people are, of activities."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import django_tables2 as tables
from django.db.models import BigIntegerField, Case, F, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Person
from core.lists import ListTable, MomentColumn, YuanColumn
from core.months import Month
from core.templatetags.house import day, month_name, yuan
from payroll.explaining import says
from payroll.models import Entry
from payroll.rules import Account
from performance.models import Activity, Appraisal
from performance.rules.periods import Period
from performance.words import period_name
from receivables.models import Payment
from receivables.tables.ious import delivery_link
from reports.tables.meetings import CARDS, MAIN, SIDE, WIDE, badge, link

END = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}
SHADES = {
    "draft": "planned",
    "told": "open",
    "acknowledged": "done",
    "objected": "overdue",
    "decided": "done",
    "asked": "open",
    "approved": "planned",
    "refused": "called_off",
    "held": "held",
    "called_off": "called_off",
}


def state_badge(row: Any) -> SafeString:
    """How it stands, for a list or a page."""
    return badge(SHADES[row.state], row.get_state_display())


class AppraisalTable(ListTable):
    """Appraisals: whose, of which quarter, score and grade, how they stand."""

    person = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs=MAIN,
    )
    team = tables.Column(
        verbose_name=gettext_lazy("Team"),
        accessor="person__team",
        order_by=("person__team", "id"),
        attrs=WIDE,
    )
    quarter = tables.Column(
        verbose_name=gettext_lazy("Quarter"), order_by=("quarter", "person__employee_no")
    )
    score = tables.Column(verbose_name=gettext_lazy("Score"), order_by=("score", "id"), attrs=END)
    grade = tables.Column(verbose_name=gettext_lazy("Grade"), order_by=("grade", "id"))
    points = tables.Column(
        verbose_name=gettext_lazy("Points added"), order_by=("points", "id"), attrs=END
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by=("state", "id"), attrs=SIDE)

    class Meta:
        order_by = ("-quarter",)
        attrs = CARDS

    def render_person(self, record: Appraisal) -> SafeString:
        return link(reverse("appraisal", args=[record.pk]), record.person.name)

    def value_person(self, record: Appraisal) -> str:
        return record.person.name

    def render_quarter(self, value: str) -> str:
        return period_name(Period.parse(value))

    def value_quarter(self, value: str) -> str:
        return value

    def render_points(self, value: int) -> str:
        return f"{value:+d}" if value else ""

    def value_points(self, value: int) -> int:
        return value

    def render_state(self, record: Appraisal) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Appraisal) -> str:
        return str(record.get_state_display())


class PercentColumn(tables.Column):
    """A share of the target, in percent; nothing without a target."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(orderable=False, attrs=END, **extra)

    def render(self, value: Decimal) -> SafeString:
        """With a bar that is read as well as seen."""
        shown = min(value, Decimal(100))
        return format_html(
            '<progress class="progress" max="100" value="{}" aria-hidden="true"></progress>{} %',
            shown,
            value,
        )

    def value(self, value: Any) -> Any:
        return value


class AttainingTable(ListTable):
    """How far people are in a period."""

    name = tables.Column(
        verbose_name=gettext_lazy("Salesperson"), order_by=("employee_no",), attrs=MAIN
    )
    team = tables.Column(
        verbose_name=gettext_lazy("Team"), order_by=("team", "employee_no"), attrs=WIDE
    )
    target = YuanColumn(
        verbose_name=gettext_lazy("Target"), accessor="attained__target", orderable=False
    )
    handed_in = YuanColumn(
        verbose_name=gettext_lazy("Handed in"), accessor="attained__handed_in", orderable=False
    )
    handed_in_percent = PercentColumn(
        verbose_name=gettext_lazy("Of the target"), accessor="attained__handed_in_percent"
    )
    handed_in_forecast = YuanColumn(
        verbose_name=gettext_lazy("At the end, as it goes"),
        accessor="attained__handed_in_forecast",
        orderable=False,
    )
    signed = YuanColumn(
        verbose_name=gettext_lazy("Signed"), accessor="attained__signed", orderable=False
    )
    signed_percent = PercentColumn(
        verbose_name=gettext_lazy("Signed, of the target"), accessor="attained__signed_percent"
    )
    change = tables.Column(
        verbose_name=gettext_lazy("Set"),
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
        attrs=SIDE,
    )

    class Meta:
        order_by = ("name",)
        attrs = CARDS

    def __init__(self, *args: Any, period: Period, **kwargs: Any) -> None:
        self.period = period
        super().__init__(*args, **kwargs)

    def render_name(self, record: Person) -> SafeString:
        return link(reverse("person", args=[record.employee_no]), record.name)

    def value_name(self, record: Person) -> str:
        return record.name

    def render_change(self, record: Person) -> SafeString:
        url = reverse("target_set", args=[self.period, record.employee_no])
        return format_html('<a class="btn btn-sm" href="{}">{}</a>', url, gettext_lazy("Set"))


class ActivityTable(ListTable):
    """Activities: what, when, who planned it, how it stands."""

    title = tables.Column(
        verbose_name=gettext_lazy("Activity"), order_by=("title", "id"), attrs=MAIN
    )
    starts_on = tables.Column(verbose_name=gettext_lazy("Day"), order_by=("starts_on", "id"))
    planner = tables.Column(
        verbose_name=gettext_lazy("Planned by"),
        accessor="planner__name",
        order_by=("planner__employee_no", "id"),
    )
    team = tables.Column(verbose_name=gettext_lazy("Team"), order_by=("team", "id"), attrs=WIDE)
    cost = YuanColumn(
        verbose_name=pgettext_lazy("activity", "Cost expected"), order_by=("cost", "id")
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by=("state", "id"), attrs=SIDE)

    class Meta:
        order_by = ("-starts_on",)
        attrs = CARDS

    def render_title(self, record: Activity) -> SafeString:
        return link(reverse("activity", args=[record.pk]), record.title)

    def value_title(self, record: Activity) -> str:
        return record.title

    def render_starts_on(self, record: Activity) -> str:
        if record.ends_on == record.starts_on:
            return day(record.starts_on)
        return f"{day(record.starts_on)} – {day(record.ends_on)}"

    def value_starts_on(self, record: Activity) -> Any:
        return record.starts_on

    def render_cost(self, value: Decimal) -> SafeString | str:
        return yuan(value)

    def render_state(self, record: Activity) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Activity) -> str:
        return str(record.get_state_display())


class PaymentTable(ListTable):
    """Payments: on which slip, whose money, when it came and when it was handed in."""

    slip = tables.Column(
        verbose_name=gettext_lazy("Slip"),
        accessor="slip__slip_no",
        order_by=("slip__slip_no", "id"),
        attrs=MAIN,
    )
    customer = tables.Column(
        verbose_name=gettext_lazy("Customer"),
        accessor="slip__order__customer__name",
        order_by=("slip__order__customer__name", "id"),
    )
    salesperson = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="slip__order__person__name",
        order_by=("slip__order__person__employee_no", "id"),
        attrs=SIDE,
    )
    method = tables.Column(verbose_name=gettext_lazy("Way"), order_by=("method", "id"), attrs=WIDE)
    received_at = MomentColumn(
        verbose_name=gettext_lazy("Received"), order_by=("received_at", "id")
    )
    handed_in_at = MomentColumn(
        verbose_name=gettext_lazy("Handed in"), order_by=("handed_in_at", "id")
    )
    net = YuanColumn(verbose_name=gettext_lazy("Amount"), order_by=("amount", "id"))

    class Meta:
        order_by = ("-received_at",)
        attrs = CARDS

    def render_slip(self, value: str) -> SafeString:
        return link(reverse("slip", args=[value]), value)

    def value_slip(self, value: str) -> str:
        return value

    def render_method(self, record: Payment) -> str:
        return str(record.get_method_display())


class OverdueTable(ListTable):
    """Deliveries that were overdue: for how long, how much of them."""

    order_no = tables.Column(
        verbose_name=gettext_lazy("Order"), accessor="order__order_no", attrs=MAIN
    )
    customer = tables.Column(
        verbose_name=gettext_lazy("Customer"), accessor="order__customer__name"
    )
    salesperson = tables.Column(
        verbose_name=gettext_lazy("Salesperson"), accessor="order__person__name", attrs=SIDE
    )
    delivered_on = tables.Column(verbose_name=gettext_lazy("Delivered"))
    days = tables.Column(verbose_name=gettext_lazy("Days"), attrs=END)
    amount = YuanColumn(verbose_name=gettext_lazy("Amount"))
    unpaid = YuanColumn(verbose_name=gettext_lazy("Unpaid"))

    class Meta:
        order_by = ("delivered_on",)
        attrs = CARDS

    def render_order_no(self, record: Any) -> SafeString:
        return delivery_link(record.order.order_no, record.delivered_on)

    def value_order_no(self, value: str) -> str:
        return value

    def render_delivered_on(self, value: date) -> str:
        return day(value)

    def value_delivered_on(self, value: date) -> date:
        return value


class EntryTable(ListTable):
    """Entries: whose pay they move, what they say, about which month."""

    # In fen: what is taken from pay comes before what is given.
    ON_PAY: ClassVar[Case] = Case(
        When(
            source=Account.PAY,
            then=Cast(F("amount"), BigIntegerField()) * Value(-1, BigIntegerField()),
        ),
        default=Cast(F("amount"), BigIntegerField()),
        output_field=BigIntegerField(),
    )

    person = tables.Column(
        verbose_name=gettext_lazy("Salesperson"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
        attrs=MAIN,
    )
    says = tables.Column(verbose_name=gettext_lazy("What it says"), accessor="pk", orderable=False)
    for_month = tables.Column(
        verbose_name=gettext_lazy("About"), order_by=("for_month", "id"), attrs=WIDE
    )
    posted_at = MomentColumn(verbose_name=gettext_lazy("Posted"), order_by=("posted_at", "id"))
    on_pay = YuanColumn(verbose_name=gettext_lazy("On pay"))

    class Meta:
        order_by = ("person",)
        attrs = CARDS

    def render_person(self, record: Entry, value: str) -> SafeString:
        return link(reverse("entry_why", args=[record.pk]), value)

    def value_person(self, value: str) -> str:
        return value

    def render_says(self, record: Entry) -> str:
        return says(record)

    def render_for_month(self, value: Month) -> str:
        return month_name(value)

    def value_for_month(self, value: Month) -> str:
        return str(value)

    def order_on_pay(
        self, rows: QuerySet[Entry], is_descending: bool
    ) -> tuple[QuerySet[Entry], bool]:
        by = self.ON_PAY.desc() if is_descending else self.ON_PAY.asc()
        return rows.order_by(by, "id"), True
