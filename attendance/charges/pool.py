"""The pool of the month: its opening, and the shares of those without fault (ATT-3)."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_noop

from attendance.querysets import pool_opening
from attendance.rules.pool import PoolShares, clean_people, share_out
from core.money import total
from payroll.context import CloseContext
from payroll.rules import Account, Arithmetic, Charge, Evidence, StepResult


def pool(context: CloseContext) -> StepResult:
    """Share the month's late and early fines out, once the month is over."""
    opening = list(_opening(context))
    if not context.is_over:
        return StepResult(charges=opening)
    adjusted = total(
        c.amount if c.target == Account.POOL else -c.amount
        for c in opening
        if c.key not in context.waived
    )
    in_pool = context.opening(Account.POOL) + adjusted + context.total_of("ATT-2")
    clean = clean_people(context.people, context.marked("ATT-3"), context.month_workdays)
    shares = share_out(in_pool, clean)
    return StepResult(charges=[*opening, *_shares(shares, in_pool, context)])


def _opening(context: CloseContext) -> Iterator[Charge]:
    """What the company says the pool carries in, against what the books carried."""
    said = pool_opening(context.month)
    if said is None or not context.opens_here(said.month):
        return
    gap = said.amount - context.opening(Account.POOL)
    if gap:
        yield Charge(
            key=f"ATT-3/pool/{said.month}/opening",
            employee_no="",
            rule="ATT-3",
            source=Account.COMPANY if gap > 0 else Account.POOL,
            target=Account.POOL if gap > 0 else Account.COMPANY,
            amount=abs(gap),
            policy_on=context.month.first_day,
            arithmetic=Arithmetic(
                gettext_noop("said {said}, in the books {books}"),
                {"said": str(said.amount), "books": str(context.opening(Account.POOL))},
            ),
            evidence=(Evidence("pool_opening", str(said.month)),),
        )


def _shares(shares: PoolShares, in_pool: Decimal, context: CloseContext) -> Iterator[Charge]:
    count = len(shares.people)
    for employee_no in shares.people:
        yield Charge(
            key=f"ATT-3/{employee_no}/{context.month}",
            employee_no=employee_no,
            rule="ATT-3",
            source=Account.POOL,
            target=Account.PAY,
            amount=shares.share,
            policy_on=context.month.last_day,
            arithmetic=Arithmetic(
                gettext_noop("pool {pool} ÷ {count} without fault, rounded down = {share}"),
                {"pool": str(in_pool), "count": str(count), "share": str(shares.share)},
            ),
            evidence=(
                Evidence(
                    "pool",
                    str(context.month),
                    gettext_noop("no late, early or absent day in {month}"),
                    {"month": str(context.month)},
                ),
            ),
        )
