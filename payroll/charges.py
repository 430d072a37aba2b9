"""The charges that hang on people alone: base salary, and what earlier months left owing."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from payroll.context import CloseContext
from payroll.rules import (
    BASE,
    Account,
    Arithmetic,
    Charge,
    Evidence,
    PersonFacts,
    StepResult,
    base_for,
)


def base_salary(context: CloseContext) -> StepResult:
    """Base salary by workdays employed (PAY-2), due when the month is over."""
    if not context.is_over:
        return StepResult()
    charges = (
        _base(person, context) for person in context.people if person.employed_in(context.month)
    )
    return StepResult(charges=[c for c in charges if c.amount])


def _base(person: PersonFacts, context: CloseContext) -> Charge:
    amount, worked = base_for(person, context.month_workdays)
    return Charge(
        key=f"{BASE}/{person.employee_no}/{context.month}",
        employee_no=person.employee_no,
        rule=BASE,
        source=Account.COMPANY,
        target=Account.PAY,
        amount=amount,
        policy_on=context.month.last_day,
        arithmetic=Arithmetic(
            gettext_noop("{salary} × {worked} of {workdays} workdays = {amount}"),
            {
                "salary": str(person.base_salary),
                "worked": str(worked),
                "workdays": str(len(context.month_workdays)),
                "amount": str(amount),
            },
        ),
        evidence=(
            Evidence(
                "people",
                person.employee_no,
                gettext_noop("hired on {hired_on}, left on {left_on}"),
                {"hired_on": str(person.hired_on), "left_on": str(person.left_on or "—")},
            ),
        ),
    )


def brought_forward(context: CloseContext) -> StepResult:
    """What a final month left owing is a line of the next (PAY-6).

    Whoever has left, with no other line in the month, keeps it as arrears, shown as owed.
    """
    has_lines = {c.employee_no for c in context.earlier if c.on_pay} | set(context.corrections)
    return StepResult(charges=list(_brought_forward(context, has_lines)))


def _brought_forward(context: CloseContext, has_lines: set[str]) -> Iterator[Charge]:
    for person in context.people:
        # A debt lies on the arrears account as what the person has drawn: a negative balance.
        owed = -context.opening(Account.ARREARS, person.employee_no)
        if owed > 0 and (person.employed_in(context.month) or person.employee_no in has_lines):
            yield Charge(
                key=f"PAY-6/{person.employee_no}/{context.month}/brought-forward",
                employee_no=person.employee_no,
                rule="PAY-6",
                source=Account.PAY,
                target=Account.ARREARS,
                amount=owed,
                policy_on=context.month.first_day,
                arithmetic=Arithmetic(
                    gettext_noop("owed from earlier months: {amount}"), {"amount": str(owed)}
                ),
                evidence=(
                    Evidence("statements", f"{person.employee_no} {context.month.previous()}"),
                ),
            )
