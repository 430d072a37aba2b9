"""The final settlement of somebody who leaves: what was paid, given back and is still owed (PAY-6).

Reads only. What other apps know (cases, things to hand over) comes as panels.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.models import Person
from core.money import ZERO, total
from core.months import Month
from payroll.models import Entry, PayoutLine
from payroll.rules import Account
from payroll.statements import Statement, statement_of


@dataclass(frozen=True, slots=True)
class Settlement:
    """Where somebody who leaves stands with the company, in yuan.

    `reserve`: still in the reserve account; `repaid`: what RES-2 gave back on leaving.
    `arrears` and `carried`: what the salesperson owes.
    """

    person: Person
    last: Statement | None
    payment: PayoutLine | None
    reserve: Decimal
    repaid: Decimal
    arrears: Decimal
    carried: Decimal

    @property
    def owed(self) -> Decimal:
        return self.arrears + self.carried

    @property
    def unpaid(self) -> Decimal:
        """What the last statement comes to where it is not settled yet; else nothing."""
        return ZERO if self.last is None or self.last.is_final else self.last.sums.total


def settlement_of(person: Person, user: Any) -> Settlement:
    """A constant number of queries."""
    own = Entry.objects.filter(person=person)
    month = own.lines().order_by("-pay_month").values_list("pay_month", flat=True).first()
    balances = own.balances()
    refunds = own.standing().filter(rule="RES-2", source=Account.RESERVE)
    left = person.left_on
    if left is not None:
        refunds = refunds.filter(for_month=Month.of(left))
    no = person.employee_no
    return Settlement(
        person=person,
        last=statement_of(person, month, user) if month else None,
        payment=PayoutLine.objects.filter(person=person, month=month).last() if month else None,
        reserve=balances.get((Account.RESERVE, no), ZERO),
        repaid=total(refunds.values_list("amount", flat=True)) if left else ZERO,
        arrears=-balances.get((Account.ARREARS, no), ZERO),
        carried=-balances.get((Account.CARRIED, no), ZERO),
    )
