"""The lists of payments: bank accounts, who is paid, the lines of a batch."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from core.lists import Bulk, Empty, List, RowRefused, TableDataWith
from core.months import Month
from core.navigation import NavItem
from core.permissions import require
from payroll.filters import (
    BankAccountFilter,
    PayoutFilter,
    PayoutLineFilter,
    WithoutAccountFilter,
)
from payroll.models import BankAccount, Entry, PayMonth, PayoutBatch, PayoutLine
from payroll.payouts import brought_forward_entries, due_entries, payout_sums
from payroll.permissions import can_decide_account, can_pay_out, can_see_accounts
from payroll.services import AccountRefused, bank_account_confirm
from payroll.tables import (
    BankAccountTable,
    PayoutLineTable,
    PayoutTable,
    WithoutAccountTable,
)

FORWARD = 50  # brought forward and named on the page


def account_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The accounts there are, and who has none."""
    pages = [
        NavItem(gettext("Bank accounts"), reverse("bank_accounts"), "landmark"),
        NavItem(gettext("Without an account"), reverse("bank_accounts_missing"), "hourglass"),
    ]
    return [{"item": page, "current": page.url == request.path} for page in pages]


def _confirm(*, row: BankAccount, actor: Any) -> bool:
    if row.state == BankAccount.State.CONFIRMED:
        return False
    require(can_decide_account(actor, row))
    try:
        bank_account_confirm(actor=actor, account=row)
    except AccountRefused as refusal:
        raise RowRefused(str(refusal)) from None
    return True


class BankAccountList(List):
    """Every bank account, what waits first."""

    key = "bank_accounts"
    title = _("Bank accounts")
    table = BankAccountTable
    filterset = BankAccountFilter
    fixed = ("name",)
    confidential = True
    bulk = (Bulk("confirm", _("Confirm"), can_see_accounts, _confirm),)
    page_template = "payroll/bank_accounts.html"
    nothing = Empty(
        _("No bank account yet"),
        _("Accounts that people enter themselves come here to be confirmed."),
        "landmark",
    )
    nothing_found = Empty(
        _("Nothing found"), _("No bank account fits the search and the state."), "search"
    )

    def rows(self) -> QuerySet[BankAccount]:
        seen = BankAccount.objects.visible_to(self.user)
        return seen.select_related("person", "entered_by__person")

    def context(self) -> Mapping[str, Any]:
        return {"tabs": account_tabs(self.request)}


class WithoutAccountList(List):
    """The salespeople who work here and whose pay has nowhere to go."""

    key = "bank_accounts_missing"
    title = _("Salespeople without an account")
    table = WithoutAccountTable
    filterset = WithoutAccountFilter
    fixed = ("name",)
    page_template = "payroll/bank_accounts.html"
    nothing = Empty(
        _("Every salesperson has one"), _("Pay can be paid out to all of them."), "circle-check"
    )

    def rows(self) -> QuerySet[Person]:
        today = clock.today()
        in_force = BankAccount.objects.filter(person=OuterRef("pk")).in_force(today)
        return Person.objects.salespeople().here_on(today).filter(~Exists(in_force))

    def context(self) -> Mapping[str, Any]:
        return {"tabs": account_tabs(self.request)}


class PayoutList(List):
    """Who is paid in a month, whose account is missing first. `about`: the month."""

    key = "payout"
    title = _("Payout")
    table = PayoutTable
    filterset = PayoutFilter
    fixed = ("name",)
    confidential = True
    page_template = "payroll/payout.html"

    def rows(self) -> QuerySet[Entry]:
        return due_entries(self.about["month"], clock.today())

    def records(self, found: QuerySet[Entry], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, _with_payments)

    def table_options(self) -> Mapping[str, Any]:
        return {"enters": bool(can_see_accounts(self.user))}

    @cached_property
    def pay_month(self) -> PayMonth | None:
        return PayMonth.objects.filter(month=self.about["month"]).first()

    def empty(self) -> Empty:
        if self.pay_month and self.pay_month.is_final:
            return Empty(
                _("Nothing to pay out"), _("No statement of this month is positive."), "landmark"
            )
        return Empty(
            _("Not final yet"),
            _("Pay is paid out once the month is final. Make it final on the page of the month."),
            "lock",
            reverse("month", args=[self.about["month"]]),
            _("To the month"),
        )

    def context(self) -> Mapping[str, Any]:
        month: Month = self.about["month"]
        made = PayoutBatch.objects.filter(month=month)
        return {
            "month": month,
            "pay_month": self.pay_month,
            "payments": payout_sums(month, clock.today()),
            "batches": made.select_related("made_by__person"),
            "forward": brought_forward_entries(month)[:FORWARD],
            "can_pay": can_pay_out(self.user),
        }


def _with_payments(entries: list[Any]) -> list[Any]:
    """Entries with the account in force and the payment made of each. Two queries."""
    accounts = BankAccount.objects.in_bulk({e.account_id for e in entries if e.account_id})
    lines = PayoutLine.objects.in_bulk({e.line_id for e in entries if e.line_id})
    for entry in entries:
        entry.account, entry.line = accounts.get(entry.account_id), lines.get(entry.line_id)
    return entries


class PayoutLineList(List):
    """The payments of a batch and what came of each. `about`: the batch."""

    key = "payout_lines"
    title = _("Payments")
    table = PayoutLineTable
    filterset = PayoutLineFilter
    fixed = ("name",)
    confidential = True
    page_template = "payroll/payout_batch.html"

    @property
    def batch(self) -> PayoutBatch:
        batch: PayoutBatch = self.about["batch"]
        return batch

    def rows(self) -> QuerySet[PayoutLine]:
        return PayoutLine.objects.visible_to(self.user).filter(batch=self.batch)

    def records(
        self, found: QuerySet[PayoutLine], *, first: int, count: int
    ) -> QuerySet[PayoutLine]:
        return found.select_related("person")

    def table_options(self) -> Mapping[str, Any]:
        return {"pays": bool(can_pay_out(self.user)), "request": self.request}

    def context(self) -> Mapping[str, Any]:
        return {
            "batch": self.batch,
            "waiting": self.batch.lines.filter(state=PayoutLine.State.SENT).count(),
            "can_pay": can_pay_out(self.user),
        }
