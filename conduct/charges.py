"""Bonuses, and what a decided case takes: REW-1, DIS-1, DIS-2."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_noop

from conduct.models import ConductCase, Reward
from conduct.rules import bonuses_left, cuts, forfeitable
from core.money import ZERO, total
from payroll.context import CloseContext
from payroll.rules import Account, Arithmetic, Charge, Evidence, StepResult


def bonuses(context: CloseContext) -> StepResult:
    """Bonuses decided in the month (REW-1)."""
    return StepResult(
        charges=[
            _bonus(reward)
            for reward in context.read(_decided_bonuses)
            if context.is_due(reward.decided_on) and reward.person.employee_no in context.by_no
        ]
    )


def _decided_bonuses(context: CloseContext) -> list[Reward]:
    rows = context.among(
        Reward.objects.filter(
            kind=Reward.Kind.BONUS,
            decided_on__gte=context.month.first_day,
            decided_on__lte=context.month.last_day,
            amount__gt=0,
        ).select_related("person")
    )
    return list(rows.order_by("id"))


def _bonus(reward: Reward) -> Charge:
    employee_no = reward.person.employee_no
    amount = reward.amount
    assert amount is not None  # a CHECK constraint says so
    about = f"{reward.decided_on}/{reward.note}" if reward.note else str(reward.decided_on)
    return Charge(
        key=f"REW-1/{employee_no}/{about}",
        employee_no=employee_no,
        rule="REW-1",
        source=Account.COMPANY,
        target=Account.PAY,
        amount=amount,
        policy_on=reward.decided_on,
        arithmetic=Arithmetic(gettext_noop("bonus decided: {amount}"), {"amount": str(amount)}),
        evidence=(
            Evidence(
                "rewards",
                f"{employee_no} {reward.decided_on}",
                gettext_noop("decided on {date}: {note}"),
                {"date": str(reward.decided_on), "note": reward.note},
            ),
        ),
    )


def forfeits(context: CloseContext) -> StepResult:
    """Base, commission and bonus of the month forfeited, once however many cases (DIS-2)."""
    if not context.is_over:
        return StepResult()
    cases: dict[str, list[ConductCase]] = defaultdict(list)
    for case in context.read(_sanctioning):
        if case.sanction == ConductCase.Sanction.FORFEIT:
            cases[case.person.employee_no].append(case)
    wages = forfeitable(context.earlier)
    return StepResult(
        charges=[
            _forfeit(employee_no, wages[employee_no], decided, context)
            for employee_no, decided in sorted(cases.items())
            if employee_no in context.by_no and total(wages[employee_no].values()) > 0
        ]
    )


def _sanctioning(context: CloseContext) -> list[ConductCase]:
    """Cases that take money; those annulled on an objection take none."""
    rows = context.among(
        ConductCase.objects.filter(
            Q(sanction=ConductCase.Sanction.FORFEIT) | Q(amount__gt=0),
            annulled_at=None,
            decided_on__gte=context.month.first_day,
            decided_on__lte=context.month.last_day,
        ).select_related("person")
    )
    return list(rows.order_by("case_no"))


def _forfeit(
    employee_no: str,
    parts: Mapping[str, Decimal],
    cases: Sequence[ConductCase],
    context: CloseContext,
) -> Charge:
    amount = total(parts.values())
    return Charge(
        key=f"DIS-2/{employee_no}/{context.month}",
        employee_no=employee_no,
        rule="DIS-2",
        source=Account.PAY,
        target=Account.COMPANY,
        amount=amount,
        policy_on=cases[0].decided_on,
        arithmetic=Arithmetic(
            gettext_noop("base salary {base} + commission {commission} + bonus {bonus} = {amount}"),
            {
                "base": str(parts["BASE"]),
                "commission": str(parts["COMM-1"]),
                "bonus": str(parts["REW-1"]),
                "amount": str(amount),
            },
        ),
        evidence=tuple(_evidence(case) for case in cases),
    )


def _evidence(case: ConductCase) -> Evidence:
    return Evidence(
        "conduct",
        case.case_no,
        gettext_noop("decided on {date}: {note}"),
        {"date": str(case.decided_on), "note": case.note},
    )


def fines(context: CloseContext) -> StepResult:
    """Fines of decided cases from their day on; bonuses cut, once the month is over (DIS-1)."""
    cases = [
        case
        for case in context.read(_sanctioning)
        if case.amount is not None and case.person.employee_no in context.by_no
    ]
    charges = [
        _fine(case, case.amount, ZERO)
        for case in cases
        if case.sanction == ConductCase.Sanction.FINE and context.is_due(case.decided_on)
    ]
    if context.is_over:
        charges += _cut([c for c in cases if c.sanction == ConductCase.Sanction.BONUS_CUT], context)
    return StepResult(charges=charges)


def _cut(cases: Sequence[ConductCase], context: CloseContext) -> list[Charge]:
    by_no: dict[str, list[ConductCase]] = defaultdict(list)
    for case in cases:
        by_no[case.person.employee_no].append(case)
    left = bonuses_left(context.earlier) if by_no else {}
    return [
        _fine(case, taken, left[employee_no])
        for employee_no, decided in sorted(by_no.items())
        if employee_no in left
        for case, taken in zip(
            decided,
            cuts(left[employee_no], [case.amount or ZERO for case in decided]),
            strict=True,
        )
        if taken > 0
    ]


def _fine(case: ConductCase, amount: Decimal, bonus: Decimal) -> Charge:
    employee_no = case.person.employee_no
    said = {"amount": str(amount), "decided": str(case.amount), "bonus": str(bonus)}
    text = (
        gettext_noop("fine decided: {amount}")
        if case.sanction == ConductCase.Sanction.FINE
        else gettext_noop("cut decided: {decided}; bonuses of the month: {bonus}; taken: {amount}")
    )
    return Charge(
        key=f"DIS-1/{employee_no}/{case.case_no}",
        employee_no=employee_no,
        rule="DIS-1",
        source=Account.PAY,
        target=Account.COMPANY,
        amount=amount,
        policy_on=case.decided_on,
        arithmetic=Arithmetic(text, said),
        evidence=(_evidence(case),),
    )
