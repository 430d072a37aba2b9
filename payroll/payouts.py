"""The reads about paying out: whose account is in force, who is due what and where it stands."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum

from accounts.querysets import seen_by
from core.money import ZERO
from core.months import Month
from payroll.querysets import SEE_ALL_PAY
from payroll.rules import Account

if TYPE_CHECKING:
    from payroll.models import BankAccount, Entry, PayoutLine  # noqa: F401  # named in quotes

SEE_ACCOUNTS = ("finance", "admin")
SHOWN_DIGITS = 4


def masked(number: str) -> str:
    """An account number for whoever need not know it."""
    return f"•••• {number[-SHOWN_DIGITS:]}"


def sees_accounts(user: Any) -> bool:
    return bool(user.is_superuser or user.has_role(*SEE_ACCOUNTS))


class BankAccountQuerySet(models.QuerySet["BankAccount"]):
    def visible_to(self, user: Any) -> "BankAccountQuerySet":
        """One's own; finance and personnel everybody's."""
        if sees_accounts(user):
            return self
        return self.filter(person=user.person_id) if user.person_id else self.none()

    def waiting(self) -> "BankAccountQuerySet":
        return self.filter(state="waiting")

    def in_force(self, day: date) -> "BankAccountQuerySet":
        """Confirmed and valid by that day, the one that counts first."""
        confirmed = self.filter(state="confirmed", valid_from__lte=day)
        return confirmed.order_by("-valid_from", "-id")


class PayoutLineQuerySet(models.QuerySet["PayoutLine"]):
    def visible_to(self, user: Any) -> "PayoutLineQuerySet":
        """What is paid to somebody is seen by whoever sees their pay."""
        return seen_by(self, user, everything=SEE_ALL_PAY)

    def live(self) -> "PayoutLineQuerySet":
        """With the bank, or paid."""
        return self.exclude(state="returned")


def due_entries(month: Month, day: date) -> QuerySet[Any]:
    """What a final month pays out, with the account in force on a day and the state of its payment.

    Whoever has no account comes first. Numbers, names and teams are at hand with `person`.
    """
    from payroll import models as books

    accounts = books.BankAccount.objects.filter(person=OuterRef("person")).in_force(day)
    lines = books.PayoutLine.objects.filter(month=month, person=OuterRef("person")).order_by("-id")
    return (
        books.Entry.objects.filter(
            pay_month=month, purpose=books.Entry.Purpose.SETTLEMENT, target=Account.BANK
        )
        .annotate(
            account_id=Subquery(accounts.values("id")[:1]),
            line_id=Subquery(lines.values("id")[:1]),
            paid_state=Subquery(lines.values("state")[:1]),
        )
        .select_related("person")
        .order_by(F("account_id").asc(nulls_first=True), "person__employee_no")
    )


@dataclass(frozen=True, slots=True)
class PayoutSums:
    """A month's payouts in figures: how many and how much."""

    people: int = 0
    total: Decimal = ZERO
    missing: int = 0
    ready: int = 0
    ready_total: Decimal = ZERO
    sent: int = 0
    paid: int = 0
    paid_total: Decimal = ZERO
    returned: int = 0


def payout_sums(month: Month, day: date) -> PayoutSums:
    """One query."""
    found = PayoutSums()
    rows = (
        due_entries(month, day)
        .order_by()
        .annotate(has_account=models.Case(models.When(account_id=None, then=0), default=1))
        .values_list("has_account", "paid_state")
        .annotate(n=Count("id"), yuan=Sum("amount"))
    )
    for has_account, state, n, yuan in rows:
        found = _with(found, bool(has_account), state, n, yuan)
    return found


def _with(
    sums: PayoutSums, has_account: bool, state: str | None, n: int, yuan: Decimal
) -> PayoutSums:
    owed = state in (None, "returned")
    ready = owed and has_account
    return PayoutSums(
        people=sums.people + n,
        total=sums.total + yuan,
        missing=sums.missing + (n if owed and not has_account else 0),
        ready=sums.ready + (n if ready else 0),
        ready_total=sums.ready_total + (yuan if ready else ZERO),
        sent=sums.sent + (n if state == "sent" else 0),
        paid=sums.paid + (n if state == "paid" else 0),
        paid_total=sums.paid_total + (yuan if state == "paid" else ZERO),
        returned=sums.returned + (n if state == "returned" else 0),
    )


def brought_forward_entries(month: Month) -> "QuerySet[Entry]":
    """Whose statement of a final month was negative: nothing is paid, it is brought forward."""
    from payroll import models as books

    return (
        books.Entry.objects.filter(
            pay_month=month, purpose=books.Entry.Purpose.SETTLEMENT, source=Account.ARREARS
        )
        .select_related("person")
        .order_by("person__employee_no")
    )
