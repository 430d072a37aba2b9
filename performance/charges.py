"""Commission on money handed in during the collection month (COMM-1).

It goes to whom the order is (CUS-4), whoever held the slip.
"""

from decimal import Decimal

from django.utils.translation import gettext_noop

from core import clock
from core.months import CollectionMonth
from payroll.context import CloseContext
from payroll.rules import Account, Arithmetic, Charge, Evidence, StepResult
from policy.rules import Policy, marginal
from receivables.querysets.months import bounds_of, month_payments
from receivables.rules.custody import sold_totals


def commission(context: CloseContext) -> StepResult:
    """Marginal tiers on the money handed in, once the cutoff has passed."""
    month = context.read(bounds_of)
    if not context.has_come(month.cutoff):
        return StepResult()
    day = clock.local_date(month.cutoff)
    policy = context.book.on(day)
    return StepResult(
        charges=[
            charge
            for employee_no, handed_in in sorted(
                sold_totals(context.read(month_payments), month).items()
            )
            if employee_no in context.by_no
            for charge in _commission(employee_no, handed_in, policy, month)
        ]
    )


def _commission(
    employee_no: str, handed_in: Decimal, policy: Policy, month: CollectionMonth
) -> list[Charge]:
    due = marginal(handed_in, policy.commission_tiers)
    if not due:
        return []
    return [
        Charge(
            key=f"COMM-1/{employee_no}/{month.month}",
            employee_no=employee_no,
            rule="COMM-1",
            source=Account.COMPANY,
            target=Account.PAY,
            amount=due,
            policy_on=clock.local_date(month.cutoff),
            arithmetic=Arithmetic(
                gettext_noop("{parts} = {due}"),
                {"parts": " + ".join(_parts(handed_in, policy)), "due": str(due)},
            ),
            evidence=(
                Evidence(
                    "collections",
                    f"{employee_no} {month.month}",
                    gettext_noop("{handed_in} handed in from {after} to {cutoff}"),
                    {
                        "handed_in": str(handed_in),
                        "after": f"{clock.local(month.after):%Y-%m-%d %H:%M}",
                        "cutoff": f"{clock.local(month.cutoff):%Y-%m-%d %H:%M}",
                    },
                ),
            ),
        )
    ]


def _parts(handed_in: Decimal, policy: Policy) -> list[str]:
    """Each tier's share as it is reckoned: amount in the tier × rate."""
    parts, floor = [], Decimal(0)
    for tier in policy.commission_tiers:
        ceiling = handed_in if tier.up_to is None else min(handed_in, tier.up_to)
        if ceiling > floor:
            parts.append(f"{ceiling - floor:.2f} × {tier.rate.normalize():f}")
            floor = ceiling
    return parts
