"""The carry-over fine (CUT-2): once a salesperson and collection month, with every payment."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_noop

from core import clock
from core.months import Month
from payroll.context import CloseContext
from payroll.rules import Account, Arithmetic, Charge, Evidence, StepResult
from receivables.querysets.months import bounds_of, late_handovers, month_payments
from receivables.rules.custody import PaymentFact
from receivables.rules.cutoff import CutoffRule, carried_over


def cutoff(context: CloseContext) -> StepResult:
    """500 yuan from pay for whoever carried money over the cutoff, once it has passed."""
    month = context.read(bounds_of)
    if not context.has_come(month.cutoff):
        return StepResult()
    rule = CutoffRule(
        month, context.has_come, late_handovers(context), context.workdays, context.book
    )
    day = clock.local_date(month.cutoff)
    fine = context.book.on(day).carryover_fine
    if not fine:
        return StepResult()
    return StepResult(
        charges=[
            _fine(employee_no, payments, fine, context.month, day)
            for employee_no, payments in sorted(
                carried_over(context.read(month_payments), rule).items()
            )
            if employee_no in context.by_no
        ]
    )


def _fine(
    employee_no: str, payments: Sequence[PaymentFact], fine: Decimal, month: Month, day: date
) -> Charge:
    return Charge(
        key=f"CUT-2/{employee_no}/{month}",
        employee_no=employee_no,
        rule="CUT-2",
        source=Account.PAY,
        target=Account.COMPANY,
        amount=fine,
        policy_on=day,
        arithmetic=Arithmetic(
            gettext_noop("once a collection month, however many payments: {fine}"),
            {"fine": str(fine)},
        ),
        evidence=tuple(_evidence(payment) for payment in payments),
    )


def _evidence(payment: PaymentFact) -> Evidence:
    received = f"{clock.local(payment.received_at):%Y-%m-%d %H:%M:%S}"
    if payment.handed_in_at is None:
        return Evidence(
            "payments",
            payment.payment_no,
            gettext_noop("{amount} received {received}, still in hand"),
            {"amount": str(payment.amount), "received": received},
        )
    return Evidence(
        "payments",
        payment.payment_no,
        gettext_noop("{amount} received {received}, handed in {handed_in}"),
        {
            "amount": str(payment.amount),
            "received": received,
            "handed_in": f"{clock.local(payment.handed_in_at):%Y-%m-%d %H:%M:%S}",
        },
    )
