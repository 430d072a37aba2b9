"""What the matching is told: open lines, what they could pay, who is known. Read in bulk."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache

from django.db.models import F, Q, QuerySet, Sum

from core import clock
from core.money import ZERO, less
from core.months import Month
from customers.models import Customer
from policy.querysets import policy_book
from policy.workdays import cutoff_of
from receivables.bank.models import BankLine, BankMatch
from receivables.bank.rules.facts import Claim, Incoming
from receivables.bank.rules.matching import EARLY, OLDEST, RECORDED_AFTER, RECORDED_BEFORE
from receivables.bank.rules.names import Directory
from receivables.models import CutoffMonth, Payment, Slip

MonthOf = Callable[[datetime], str]


def month_finder() -> MonthOf:
    """Tells the collection month an instant counts in, by cutoffs taken down or by policy."""
    book = policy_book()
    taken_down = dict(CutoffMonth.objects.values_list("month", "cutoff"))

    @cache
    def cutoff(month: Month) -> datetime:
        return taken_down.get(month) or cutoff_of(month, book)

    def month_of(instant: datetime) -> str:
        month = Month.of(clock.local_date(instant))
        return str(month if instant <= cutoff(month) else month.next())

    return month_of


def incoming(rows: Iterable[BankLine], month_of: MonthOf) -> list[Incoming]:
    return [
        Incoming(
            key=row.pk,
            day=row.day,
            amount=row.amount,
            payer=row.payer,
            account=row.account,
            memo=row.memo,
            month=month_of(row.booked_at),
        )
        for row in rows
    ]


def claims_between(first: date, last: date, month_of: MonthOf) -> list[Claim]:
    """Everything that lines of these days could pay."""
    issued = Q(
        issued_at__gte=clock.start_of(first - timedelta(days=OLDEST)),
        issued_at__lt=clock.end_of(last + timedelta(days=EARLY)),
    )
    received = Q(
        received_at__gte=clock.start_of(first - timedelta(days=RECORDED_AFTER)),
        received_at__lt=clock.end_of(last + timedelta(days=RECORDED_BEFORE)),
    )
    return [
        *due_claims(Slip.objects.filter(issued)),
        *recorded_claims(Payment.objects.filter(received), month_of),
    ]


def due_claims(slips: "QuerySet[Slip]") -> list[Claim]:
    """What is still due on slips that are out; a slip that was returned takes no new money."""
    rows = (
        slips.filter(returned_at=None)
        .order_by()
        .annotate(paid=Sum(less("payments__amount", "payments__undone")))
        .values_list(
            "id", "slip_no", "order__order_no", "order__customer_id", "amount_due", "paid",
            "issued_at",
        )
    )  # fmt: skip
    return [
        Claim(pk, slip_no, order_no, customer, due - (paid or ZERO), clock.local_date(issued_at))
        for pk, slip_no, order_no, customer, due, paid, issued_at in rows
        if due > (paid or ZERO)
    ]


def recorded_claims(payments: "QuerySet[Payment]", month_of: MonthOf | None = None) -> list[Claim]:
    """Transfers that were recorded, as far as no line of the bank stands for them; without the
    collection month where nobody asks for it."""
    matched = Sum("bank_matches__amount", filter=Q(bank_matches__undone_at=None))
    rows = (
        payments.filter(method=Payment.Method.TRANSFER, amount__gt=F("undone"))
        .order_by()
        .annotate(matched=matched)
        .values_list(
            "id", "slip_id", "slip__slip_no", "slip__order__order_no",
            "slip__order__customer_id", "amount", "undone", "matched", "received_at",
        )
    )  # fmt: skip
    return [
        Claim(
            slip=slip,
            slip_no=slip_no,
            order_no=order_no,
            customer=customer,
            amount=amount - undone - (covered or ZERO),
            since=clock.local_date(received_at),
            payment=pk,
            month=month_of(received_at) if month_of else "",
        )
        for pk, slip, slip_no, order_no, customer, amount, undone, covered, received_at in rows
        if amount - undone > (covered or ZERO)
    ]


def directory() -> Directory:
    return Directory(dict(Customer.objects.standing().order_by().values_list("id", "name")))


def accounts_known() -> dict[str, int]:
    """Whose an account is, where every line matched from it was the same customer's."""
    pairs = (
        BankMatch.objects.standing()
        .exclude(line__account="")
        .order_by()
        .values_list("line__account", "payment__slip__order__customer_id")
        .distinct()
    )
    owners: dict[str, set[int]] = defaultdict(set)
    for account, customer in pairs:
        owners[account].add(customer)
    return {account: min(those) for account, those in owners.items() if len(those) == 1}
