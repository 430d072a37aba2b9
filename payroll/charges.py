"""The charges that hang on people alone: base salary, and what earlier months left owing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext_noop

from core.money import ZERO
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
    employed_share,
)
from payroll.rules.limits import SOURCE, MonthLimit, carry, month_limit


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


def limits(context: CloseContext) -> StepResult:
    """Losses past the lawful limit are carried to later months, and taken in them (PAY-4).

    Reckoned when the month is over, for it needs the whole month's wage. Where the limit is not in
    force nothing is carried, and what had been carried is taken.
    """
    if not context.is_over:
        return StepResult()
    lines = _lines_by_rule(context)
    found = (
        _limited(person, lines.get(person.employee_no, {}), context) for person in context.people
    )
    return StepResult(charges=[charge for charge in found if charge])


def _lines_by_rule(context: CloseContext) -> Mapping[str, Mapping[str, Decimal]]:
    """What stands on the month's statements so far, corrections of earlier months included."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for employee_no, by_rule in context.corrections.items():
        for rule, amount in by_rule.items():
            found[employee_no][rule] += amount
    for charge in context.earlier:
        if charge.on_pay:
            found[charge.employee_no][charge.rule] += charge.on_pay
    return found


def _limited(
    person: PersonFacts, by_rule: Mapping[str, Decimal], context: CloseContext
) -> Charge | None:
    owed = -context.opening(Account.CARRIED, person.employee_no)
    limit = month_limit(
        by_rule, context.last_version, employed_share(person, context.month_workdays)
    )
    if limit.losses <= 0 and owed <= 0:
        return None
    if context.last_version.deduction_cap_on:
        split = carry(limit.losses, owed, limit.bearable)
    elif by_rule or person.employed_in(context.month):
        split = carry(limit.losses, owed, None)
    else:
        return None  # whoever has left, with no line to take it from, keeps it as owed
    if split.over:
        return _carried_over(person, limit, split.over, context)
    return _taken_now(person, limit, owed, split.taken, context) if split.taken else None


def _carried_over(
    person: PersonFacts, limit: MonthLimit, over: Decimal, context: CloseContext
) -> Charge:
    return Charge(
        key=f"PAY-4/{person.employee_no}/{context.month}/carried",
        employee_no=person.employee_no,
        rule="PAY-4",
        source=Account.CARRIED,
        target=Account.PAY,
        amount=over,
        policy_on=context.month.last_day,
        arithmetic=Arithmetic(
            gettext_noop(
                "losses {losses} − what the month can bear {bearable} = {amount}, carried to later "
                "months; wage {wage} × {rate} = {by_rate}; minimum wage {minimum}"
            ),
            {**_figures(limit), "losses": str(limit.losses), "amount": str(over)},
        ),
        evidence=(_limit_evidence(person, context),),
    )


def _taken_now(
    person: PersonFacts, limit: MonthLimit, owed: Decimal, taken: Decimal, context: CloseContext
) -> Charge:
    values = {"owed": str(owed), "amount": str(taken)}
    return Charge(
        key=f"PAY-4/{person.employee_no}/{context.month}/taken",
        employee_no=person.employee_no,
        rule="PAY-4",
        source=Account.PAY,
        target=Account.CARRIED,
        amount=taken,
        policy_on=context.month.last_day,
        arithmetic=Arithmetic(
            gettext_noop(
                "carried from earlier months {owed}; the month can bear {bearable} for losses, of "
                "it its own {losses}; now taken {amount}; wage {wage} × {rate} = {by_rate}; "
                "minimum wage {minimum}"
            ),
            {**_figures(limit), "losses": str(limit.losses), **values},
        )
        if context.last_version.deduction_cap_on
        else Arithmetic(
            gettext_noop("carried from earlier months: {owed}; no limit is in force any more"),
            values,
        ),
        evidence=(_limit_evidence(person, context),),
    )


def _figures(limit: MonthLimit) -> dict[str, str]:
    return {
        "bearable": str(limit.bearable),
        "wage": str(limit.wage),
        "rate": f"{limit.rate.normalize():f}",
        "by_rate": str(limit.by_rate),
        "minimum": str(limit.minimum),
    }


def _limit_evidence(person: PersonFacts, context: CloseContext) -> Evidence:
    return Evidence(
        "statements", f"{person.employee_no} {context.month}", "{source}", {"source": SOURCE}
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
