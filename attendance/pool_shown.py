"""The pool of a month as everybody may see it (ATT-3): as posted, or as things stand now.

Sums only: who was fined is nobody else's business; who has no fault is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from accounts.models import Person
from attendance.exports import pool_figures
from attendance.incidents import Judged, judged, standing
from attendance.querysets import pool_opening
from attendance.rules.days import fine_key
from attendance.rules.pool import clean_people, share_out
from core import clock
from core.money import ZERO, total
from core.months import Month
from payroll.assessment import first_month_of_books
from payroll.models import Entry, PayMonth, Waiver
from payroll.querysets import opening_balances
from payroll.rules import Account


@dataclass(frozen=True)
class PoolShown:
    """Carried in, what came in and how, who shares, what each gets, what is carried on; in yuan.

    `is_posted`: as the books have it; else what a close right now would share, were the month over.
    """

    month: Month
    is_posted: bool
    carried_in: Decimal
    in_cash: Decimal
    from_pay: Decimal
    share: Decimal
    carried_out: Decimal
    clean: Sequence[Person]

    @property
    def names(self) -> str:
        return "、".join(person.name for person in self.clean)

    @property
    def fines(self) -> Decimal:
        return self.in_cash + self.from_pay

    @property
    def in_pool(self) -> Decimal:
        return self.carried_in + self.fines


def pool_shown(month: Month) -> PoolShown:
    """A month that was closed after its end stands as posted; of another, a projection."""
    is_over = month.end <= clock.now()
    if is_over and PayMonth.objects.filter(month=month).exclude(state=PayMonth.State.OPEN).exists():
        return _posted(month)
    return _projected(month)


def _posted(month: Month) -> PoolShown:
    carried_in, fines, _shared, carried_out = pool_figures(month)
    shares = Entry.objects.standing().filter(
        rule="ATT-3", target=Account.PAY, for_month=month, person__isnull=False
    )
    rows = list(shares.select_related("person").order_by("person__employee_no"))
    in_cash = _in_cash(month)
    return PoolShown(
        month=month,
        is_posted=True,
        carried_in=carried_in,
        in_cash=in_cash,
        from_pay=fines - in_cash,
        share=rows[0].amount if rows else ZERO,
        carried_out=carried_out,
        clean=[row.person for row in rows if row.person],
    )


def _in_cash(month: Month) -> Decimal:
    moves = Entry.objects.filter(rule="ATT-2", pay_month=month).aggregate(
        into=Sum("amount", filter=Q(source=Account.CASH, target=Account.POOL), default=ZERO),
        out=Sum("amount", filter=Q(source=Account.POOL, target=Account.CASH), default=ZERO),
    )
    found: Decimal = moves["into"] - moves["out"]
    return found


def _projected(month: Month) -> PoolShown:
    people = list(Person.objects.salespeople().employed_in(month).order_by("employee_no"))
    found = judged(month, people)
    in_cash, from_pay, at_fault = _fines(found)
    carried_in = _carried_in(month)
    clean = clean_people(found.context.people, at_fault, found.context.month_workdays)
    shares = share_out(carried_in + in_cash + from_pay, clean)
    by_no = {person.employee_no: person for person in people}
    return PoolShown(
        month=month,
        is_posted=False,
        carried_in=carried_in,
        in_cash=in_cash,
        from_pay=from_pay,
        share=shares.share,
        carried_out=shares.carried_out,
        clean=[by_no[employee_no] for employee_no in clean],
    )


def _fines(found: Judged) -> tuple[Decimal, Decimal, frozenset[str]]:
    """Those in cash, those from pay, less what was forgiven; and who is at fault all the same."""
    rows = standing(found)
    late = {row.employee_no for row in rows}
    at_fault = late | {no for no, month in found.months.items() if month.at_fault}
    waived = set(
        Waiver.objects.filter(withdrawn_at=None, key__startswith="ATT-2/").values_list(
            "key", flat=True
        )
    )
    count = [row for row in rows if fine_key(row.employee_no, row.day, row.side) not in waived]
    in_cash = total(row.fine for row in count if row.paid_at)
    return in_cash, total(row.fine for row in count) - in_cash, frozenset(at_fault)


def _carried_in(month: Month) -> Decimal:
    said = pool_opening(month)
    if said is not None:
        first = first_month_of_books(month)
        if said.month == month or said.month < month == first:
            return said.amount
    return opening_balances(month, (Account.POOL,)).get((Account.POOL, ""), ZERO)
