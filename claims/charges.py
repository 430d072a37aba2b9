"""Claims paid back, goods and property charged: EXP-1, EXP-2, GOOD-1, GOOD-2."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from claims.facts import facts_bearing_on
from claims.models import Damage, Expense, Loan
from claims.rules import RULE_OF, ClaimVerdict, judge_claims
from payroll.context import CloseContext
from payroll.rules import Account, Arithmetic, Charge, Evidence, StepResult


def claims(context: CloseContext) -> StepResult:
    """Expense claims approved in the month; loans and damages found in it."""
    return StepResult(charges=[*_expenses(context), *_loans(context), *_damages(context)])


def _expenses(context: CloseContext) -> Iterator[Charge]:
    month = context.month
    approved = Expense.objects.filter(approved_on__lte=month.last_day)
    own = context.among(approved.filter(approved_on__gte=month.first_day))
    for verdict in judge_claims(facts_bearing_on(own, approved, context.book), context.book):
        claim = verdict.claim
        due = context.is_due(claim.approved_on) and claim.employee_no in context.by_no
        if due and verdict.gets:
            yield _expense(verdict)


def _expense(verdict: ClaimVerdict) -> Charge:
    claim = verdict.claim
    rule = RULE_OF[claim.kind]
    return Charge(
        key=f"{rule}/{claim.employee_no}/{claim.claim_no}",
        employee_no=claim.employee_no,
        rule=rule,
        source=Account.COMPANY,
        target=Account.PAY,
        amount=verdict.gets,
        policy_on=claim.approved_on,
        arithmetic=Arithmetic(
            gettext_noop(
                "{cost} × {rate} = {share}; the order's cap {cap}, "
                "earlier claims got {earlier}; pays {gets}"
            ),
            {
                "cost": str(claim.amount),
                "rate": f"{verdict.rate.normalize():f}",
                "share": str(verdict.share),
                "cap": str(verdict.cap),
                "earlier": str(verdict.earlier),
                "gets": str(verdict.gets),
            },
        ),
        evidence=(
            Evidence(
                "expenses",
                claim.claim_no,
                gettext_noop("approved on {date}"),
                {"date": str(claim.approved_on)},
            ),
            Evidence(
                "orders",
                claim.order_no,
                gettext_noop("{amount}, signed on {date}"),
                {"amount": str(claim.order_amount), "date": str(claim.signed_on)},
            ),
        ),
    )


def _loans(context: CloseContext) -> Iterator[Charge]:
    """Damaged or lost goods at their price, on the day it was found (GOOD-1, S9-4.8)."""
    month = context.month
    rows = Loan.objects.filter(
        condition__in=[Loan.Condition.DAMAGED, Loan.Condition.LOST],
        returned_on__gte=month.first_day,
        returned_on__lte=month.last_day,
        price__gt=0,
    )
    for loan in context.among(rows).select_related("person").order_by("loan_no"):
        employee_no = loan.person.employee_no
        if context.is_due(loan.returned_on) and employee_no in context.by_no:
            yield Charge(
                key=f"GOOD-1/{employee_no}/{loan.loan_no}",
                employee_no=employee_no,
                rule="GOOD-1",
                source=Account.PAY,
                target=Account.COMPANY,
                amount=loan.price,
                policy_on=loan.returned_on or month.first_day,
                arithmetic=Arithmetic(
                    gettext_noop("price of {item}: {price}"),
                    {"item": loan.item, "price": str(loan.price)},
                ),
                evidence=(
                    Evidence(
                        "loans",
                        loan.loan_no,
                        gettext_noop("damaged, found on {date}")
                        if loan.condition == Loan.Condition.DAMAGED
                        else gettext_noop("lost, found on {date}"),
                        {"date": str(loan.returned_on)},
                    ),
                ),
            )


def _damages(context: CloseContext) -> Iterator[Charge]:
    """Company property at its cost price (GOOD-2, S9-2.5)."""
    month = context.month
    rows = Damage.objects.filter(on__gte=month.first_day, on__lte=month.last_day, cost_price__gt=0)
    for damage in context.among(rows).select_related("person").order_by("damage_no"):
        employee_no = damage.person.employee_no
        if context.is_due(damage.on) and employee_no in context.by_no:
            yield Charge(
                key=f"GOOD-2/{employee_no}/{damage.damage_no}",
                employee_no=employee_no,
                rule="GOOD-2",
                source=Account.PAY,
                target=Account.COMPANY,
                amount=damage.cost_price,
                policy_on=damage.on,
                arithmetic=Arithmetic(
                    gettext_noop("cost price of {item}: {price}"),
                    {"item": damage.item, "price": str(damage.cost_price)},
                ),
                evidence=(
                    Evidence(
                        "damages",
                        damage.damage_no,
                        gettext_noop("broken on purpose on {date}")
                        if damage.on_purpose
                        else gettext_noop("broken by accident on {date}"),
                        {"date": str(damage.on)},
                    ),
                ),
            )
