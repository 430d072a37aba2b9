"""Lists of payments: bank accounts, who is paid, the lines of a batch; a shadow."""

from datetime import date
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.lists import ListTable, MomentColumn, YuanColumn
from core.templatetags.house import day, yuan
from payroll.models import BankAccount, PayoutLine, ShadowRow

CARDS = {"class": "table table-vcenter card-table table-cards"}


class DayColumn(tables.Column):
    """A day."""

    def render(self, value: date) -> str:
        return day(value)

    def value(self, value: Any) -> Any:
        """As a file has it: a day."""
        return value


def _number() -> tables.Column:
    return tables.Column(
        verbose_name=_("No."),
        accessor="person__employee_no",
        order_by=("person__employee_no", "id"),
        attrs={"td": {"class": "cell-no"}},
    )


def _name() -> tables.Column:
    return tables.Column(
        verbose_name=_("Name"),
        accessor="person__name",
        order_by=("person__name", "person__employee_no", "id"),
        attrs={"td": {"class": "cell-main"}},
    )


def _team() -> tables.Column:
    return tables.Column(
        verbose_name=_("Team"),
        accessor="person__team",
        order_by=("person__team", "person__employee_no", "id"),
        attrs={"td": {"class": "cell-side"}},
    )


def _link(address: str, text: str) -> SafeString:
    return format_html('<a class="row-link" href="{}">{}</a>', address, text)


class BankAccountTable(ListTable):
    """Bank accounts, what waits first; of a number its end."""

    name = _name()
    employee_no = _number()
    holder = tables.Column(verbose_name=_("Account holder"), order_by=("holder", "id"))
    bank = tables.Column(verbose_name=_("Account"), order_by=("bank", "id"))
    valid_from = DayColumn(verbose_name=_("Valid from"), order_by=("valid_from", "id"))
    state = tables.Column(
        verbose_name=_("State"), order_by=("state", "id"), attrs={"td": {"class": "cell-side"}}
    )
    entered_by = tables.Column(
        verbose_name=_("Entered by"), order_by=("entered_by__username", "id")
    )
    entered_at = MomentColumn(verbose_name=_("Entered"), order_by=("entered_at", "id"))

    class Meta:
        order_by = ("-state",)
        attrs = CARDS

    def render_name(self, record: BankAccount, value: str) -> SafeString:
        return _link(reverse("bank_account", args=[record.person.employee_no]), value)

    def render_bank(self, record: BankAccount) -> str:
        return str(record)

    def render_entered_by(self, value: Any) -> str:
        return str(value.get_full_name())


class WithoutAccountTable(ListTable):
    """Salespeople whose pay cannot be paid out."""

    employee_no = tables.Column(verbose_name=_("No."), attrs={"td": {"class": "cell-no"}})
    name = tables.Column(
        verbose_name=_("Name"), order_by=("name", "id"), attrs={"td": {"class": "cell-main"}}
    )
    team = tables.Column(
        verbose_name=_("Team"), order_by=("team", "id"), attrs={"td": {"class": "cell-side"}}
    )
    hired_on = DayColumn(verbose_name=_("Since"), order_by=("hired_on", "id"))

    class Meta:
        order_by = ("employee_no",)
        attrs = CARDS

    def render_name(self, record: Person, value: str) -> SafeString:
        return _link(reverse("bank_account", args=[record.employee_no]), value)


class PayoutTable(ListTable):
    """Who is paid in a month. `enters`: whether the reader may enter accounts."""

    employee_no = _number()
    name = _name()
    team = _team()
    account = tables.Column(
        verbose_name=_("Account"), empty_values=(), order_by=("account_id", "person__employee_no")
    )
    state = tables.Column(
        verbose_name=_("State"), empty_values=(), order_by=("paid_state", "person__employee_no")
    )
    amount = YuanColumn(verbose_name=_("Amount"), order_by=("amount", "id"))

    class Meta:
        attrs = CARDS

    def __init__(self, *args: Any, enters: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enters = enters

    def render_name(self, record: Any, value: str) -> SafeString:
        whose = record.person.employee_no
        return _link(reverse("statement", args=[record.pay_month, whose]), value)

    def value_account(self, record: Any) -> str:
        if record.line and record.line.state != PayoutLine.State.RETURNED:
            return f"{record.line.bank} {record.line.masked}"
        return str(record.account) if record.account else gettext("missing")

    def render_account(self, record: Any) -> SafeString | str:
        is_under_way = record.line and record.line.state != PayoutLine.State.RETURNED
        if is_under_way or record.account or not self.enters:
            return self.value_account(record)
        address = reverse("bank_account", args=[record.person.employee_no])
        return format_html('<a href="{}">{}</a>', address, gettext("missing: enter it"))

    def value_state(self, record: Any) -> str:
        return _said(record.line) if record.line else gettext("owed")

    def render_state(self, record: Any) -> SafeString | str:
        if record.line is None:
            return gettext("owed")
        return format_html(
            '<a href="{}">{}</a>',
            reverse("payout_batch", args=[record.line.batch_id]),
            _said(record.line),
        )


def _said(line: PayoutLine) -> str:
    """How a payment stands, and why."""
    said = str(line.get_state_display())
    return f"{said}: {line.reason}" if line.reason else said


class PayoutLineTable(ListTable):
    """The payments of a batch. `pays`: whether the reader says what came of them."""

    employee_no = _number()
    name = _name()
    team = _team()
    account = tables.Column(verbose_name=_("Account"), accessor="bank", order_by=("bank", "id"))
    amount = YuanColumn(verbose_name=_("Amount"), order_by=("amount", "id"))
    state = tables.Column(verbose_name=_("State"), order_by=("state", "id"))

    class Meta:
        attrs = CARDS

    def __init__(self, *args: Any, pays: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pays = pays

    def render_account(self, record: PayoutLine) -> str:
        return f"{record.bank} {record.masked}"

    def value_state(self, record: PayoutLine) -> str:
        return _said(record)

    def render_state(self, record: PayoutLine) -> SafeString | str:
        if not self.pays or record.state == PayoutLine.State.RETURNED:
            return _said(record)
        return render_to_string("payroll/_payment_state.html", {"line": record}, self.request)


class ShadowTable(ListTable):
    """A shadow, person by person, beside the books."""

    employee_no = _number()
    name = _name()
    team = _team()
    by_rule = tables.Column(verbose_name=_("By rule"), orderable=False)
    total = YuanColumn(verbose_name=_("Total"), order_by=("total", "id"))
    posted = YuanColumn(verbose_name=_("In the books"), orderable=False)

    class Meta:
        order_by = ("employee_no",)
        attrs = CARDS

    def render_name(self, record: ShadowRow, value: str) -> SafeString:
        whose = record.person.employee_no
        return _link(reverse("statement", args=[record.shadow.month, whose]), value)

    def render_by_rule(self, record: ShadowRow) -> SafeString:
        return format_html_join(
            " · ",
            '<span class="text-nowrap">{} {}</span>',
            ((rule, yuan(amount)) for rule, amount in record.rules),
        )

    def render_posted(self, record: ShadowRow, value: Decimal) -> SafeString | str:
        if value == record.total:
            return gettext("the same")
        return format_html("<strong>{}</strong>", yuan(value))

    def value_posted(self, value: Decimal) -> Decimal:
        return value
