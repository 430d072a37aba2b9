"""Lists of bad-debt cases and reserves."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from core.lists import ListTable, YuanColumn
from core.templatetags.house import day, yuan
from receivables.filters.cases import KINDS
from receivables.models import BadDebt
from receivables.rules.reserve_book import YearEnd

CARDS = {"class": "table table-vcenter card-table table-cards"}


class DayColumn(tables.Column):
    """A day."""

    def render(self, value: date) -> str:
        return day(value)

    def value(self, value: Any) -> Any:
        """As a file has it: a day."""
        return value


def _link(address: str, text: str) -> SafeString:
    return format_html('<a class="row-link" href="{}">{}</a>', address, text)


class CaseTable(ListTable):
    """Bad-debt cases, the open ones first. `owed` and `cost` are read a page at a time."""

    case_no = tables.Column(
        verbose_name=_("Case"), order_by=("case_no",), attrs={"td": {"class": "cell-no"}}
    )
    customer = tables.Column(
        verbose_name=_("Customer"),
        accessor="order__customer__name",
        order_by=("order__customer__name", "id"),
        attrs={"td": {"class": "cell-main"}},
    )
    order_no = tables.Column(
        verbose_name=_("Order"), accessor="order__order_no", order_by=("order__order_no", "id")
    )
    salesperson = tables.Column(
        verbose_name=_("Salesperson"),
        accessor="order__person__name",
        order_by=("order__person__employee_no", "id"),
        attrs={"td": {"class": "cell-side"}},
    )
    state = tables.Column(
        verbose_name=_("State"),
        accessor="stage",
        order_by=("outcome", "-sued_on", "id"),
        empty_values=(),
    )
    opened_on = DayColumn(verbose_name=_("Opened"), order_by=("opened_on", "id"))
    age = tables.Column(
        verbose_name=_("Days"),
        accessor="opened_on",
        order_by=("-opened_on", "-id"),
        attrs={"td": {"class": "text-end"}, "th": {"class": "text-end"}},
    )
    last_step_on = DayColumn(verbose_name=_("Last step"), order_by=("last_step_on", "id"))
    next_on = DayColumn(verbose_name=_("Next step by"), order_by=("next_on", "id"))
    owed = YuanColumn(verbose_name=_("Unpaid"), orderable=False)
    cost = YuanColumn(verbose_name=_("Legal costs"), order_by=("cost", "id"))

    class Meta:
        order_by = ("state",)
        attrs = CARDS
        row_attrs = {"data-case": lambda record: record.case_no}

    def render_customer(self, record: BadDebt, value: str) -> SafeString:
        return _link(reverse("bad_debt", args=[record.case_no]), value)

    def render_state(self, record: BadDebt) -> SafeString:
        return format_html(
            '<span class="badge state case-{}">{}</span>', record.stage, record.stage_name
        )

    def value_state(self, record: BadDebt) -> str:
        return record.stage_name

    def render_age(self, record: BadDebt) -> int:
        """How long it took, or has taken so far."""
        return ((record.outcome_on or clock.today()) - record.opened_on).days


class ReserveTable(ListTable):
    """What is in everybody's reserve."""

    employee_no = tables.Column(verbose_name=_("No."), attrs={"td": {"class": "cell-no"}})
    name = tables.Column(
        verbose_name=_("Name"), order_by=("name", "id"), attrs={"td": {"class": "cell-main"}}
    )
    team = tables.Column(
        verbose_name=_("Team"), order_by=("team", "id"), attrs={"td": {"class": "cell-side"}}
    )
    left_on = DayColumn(verbose_name=_("Last day"), order_by=("left_on", "id"))
    open_cases = tables.Column(
        verbose_name=_("Open cases"),
        order_by=("open_cases", "id"),
        attrs={"td": {"class": "text-end"}, "th": {"class": "text-end"}},
    )
    reserve = YuanColumn(verbose_name=_("In the reserve"), order_by=("reserve", "id"))

    class Meta:
        order_by = ("employee_no",)
        attrs = CARDS

    def render_name(self, record: Person, value: str) -> SafeString:
        return _link(reverse("reserve", args=[record.employee_no]), value)


class YearEndTable(ListTable):
    """What a year's end does with each reserve. `ends`: by employee number."""

    employee_no = tables.Column(verbose_name=_("No."), attrs={"td": {"class": "cell-no"}})
    name = tables.Column(
        verbose_name=_("Name"), order_by=("name", "id"), attrs={"td": {"class": "cell-main"}}
    )
    team = tables.Column(
        verbose_name=_("Team"), order_by=("team", "id"), attrs={"td": {"class": "cell-side"}}
    )
    kind = tables.Column(verbose_name=_("Outcome"), orderable=False, empty_values=())
    cases = tables.Column(verbose_name=_("Against it"), orderable=False, empty_values=())
    held = YuanColumn(verbose_name=_("In the reserve"), orderable=False, empty_values=())
    refund = YuanColumn(verbose_name=_("Paid back"), orderable=False, empty_values=())
    reward = YuanColumn(verbose_name=_("Reward"), orderable=False, empty_values=())
    stays = YuanColumn(verbose_name=_("Carried into next year"), orderable=False, empty_values=())

    class Meta:
        order_by = ("employee_no",)
        attrs = CARDS

    def __init__(self, *args: Any, ends: Mapping[str, YearEnd], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ends = ends

    def _of(self, record: Person) -> YearEnd:
        return self.ends[record.employee_no]

    def render_name(self, record: Person, value: str) -> SafeString:
        return _link(reverse("reserve", args=[record.employee_no]), value)

    def value_kind(self, record: Person) -> str:
        return gettext(str(KINDS[self._of(record).kind]))

    def render_kind(self, record: Person) -> SafeString:
        end = self._of(record)
        said = str(KINDS[end.kind])
        if end.left_on:
            said = gettext("left on %(day)s") % {"day": day(end.left_on)}
        return format_html('<span class="badge state year-{}">{}</span>', end.kind, said)

    def value_cases(self, record: Person) -> str:
        return ", ".join(case.case_no for case in self._of(record).cases)

    def render_cases(self, record: Person) -> SafeString | str:
        cases = self._of(record).cases
        links = [
            format_html('<a href="{}">{}</a>', reverse("bad_debt", args=[c.case_no]), c.case_no)
            for c in cases
        ]
        return SafeString(", ".join(links)) if links else "—"

    def value_held(self, record: Person) -> Decimal:
        return self._of(record).held

    def render_held(self, record: Person) -> SafeString | str:
        return yuan(self._of(record).held)

    def value_refund(self, record: Person) -> Decimal:
        return self._of(record).refund

    def render_refund(self, record: Person) -> SafeString | str:
        return yuan(self._of(record).refund)

    def value_reward(self, record: Person) -> Decimal:
        return self._of(record).reward

    def render_reward(self, record: Person) -> SafeString | str:
        return yuan(self._of(record).reward)

    def value_stays(self, record: Person) -> Decimal:
        return self._of(record).stays

    def render_stays(self, record: Person) -> SafeString | str:
        return yuan(self._of(record).stays)
