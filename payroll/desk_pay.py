"""What pay puts on the desk: one's own month so far, payouts to make, bank accounts to confirm."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.desk import LATER, SHOWN, Waiting, card
from core.months import Month
from core.panels import Panel
from core.templatetags.house import month_name
from payroll.models import BankAccount, Entry, PayMonth, PayoutLine
from payroll.permissions import can_pay_out, can_see_accounts
from payroll.rules import Account

LOOKED_BACK = 3  # final months: what was paid before the program did it is no work any more


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role("salesperson"):
        yield _so_far(user)
        yield from _own_account_missing(user)
    if can_pay_out(user):
        yield from _payouts()
    if can_see_accounts(user):
        yield from _accounts_waiting()


def _so_far(user: Any) -> Panel:
    """The figure is fetched by itself: it costs as much as the rest of the desk (PAY-2)."""
    month = Month.of(clock.today())
    address = reverse("so_far", args=[month, user.person.employee_no])
    return Panel(
        key="so-far",
        title=_("This month so far"),
        template="payroll/_desk_so_far.html",
        context={"url": address},
        order=LATER,
    )


def _own_account_missing(user: Any) -> Iterator[Panel]:
    own = BankAccount.objects.filter(person=user.person_id).exclude(state="refused")
    if not own.exists():
        yield card(
            key="bank-account",
            title=_("Bank account"),
            icon="landmark",
            url=reverse("my_bank_account"),
            waiting=[
                Waiting(
                    text=_("Enter the account your pay goes to"), url=reverse("my_bank_account")
                )
            ],
        )


def _payouts() -> Iterator[Panel]:
    """Final months with people not paid yet (PAY-6)."""
    final = PayMonth.objects.filter(state=PayMonth.State.FINAL).order_by("-month")
    months = list(final.values_list("month", flat=True)[:LOOKED_BACK])
    live = PayoutLine.objects.live().filter(month=OuterRef("pay_month"), person=OuterRef("person"))
    owed = (
        Entry.objects.filter(
            ~Exists(live),
            pay_month__in=months,
            purpose=Entry.Purpose.SETTLEMENT,
            target=Account.BANK,
        )
        .order_by("pay_month")
        .values_list("pay_month")
        .annotate(n=Count("id"))
    )
    waiting = [
        Waiting(
            text=month_name(month),
            url=reverse("payout", args=[month]),
            note=ngettext("%(n)s person to be paid", "%(n)s people to be paid", n) % {"n": n},
        )
        for month, n in owed
    ]
    if waiting:
        yield card(
            key="payouts",
            title=_("Months to pay out"),
            icon="landmark",
            url=waiting[-1].url,
            waiting=waiting,
        )


def _accounts_waiting() -> Iterator[Panel]:
    accounts = BankAccount.objects.waiting()
    rows = list(accounts.select_related("person").order_by("id")[: SHOWN + 1])
    if rows:
        yield card(
            key="bank-accounts",
            title=_("Bank accounts to confirm"),
            icon="id-card",
            url=reverse("bank_accounts"),
            waiting=[
                Waiting(
                    text=f"{account.person.name} {account.person.employee_no}",
                    url=reverse("bank_account", args=[account.person.employee_no]),
                    note=str(account),
                )
                for account in rows
            ],
            count=accounts.count() if len(rows) > SHOWN else len(rows),
        )
