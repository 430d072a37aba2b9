"""The pool of late and early fines, shared by those without fault (ATT-3, S4.3)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.money import ZERO, round_down
from payroll.rules import PersonFacts


@dataclass(frozen=True, slots=True)
class PoolShares:
    """What each of the clean gets, and what goes on to the next month."""

    share: Decimal
    people: tuple[str, ...]
    carried_out: Decimal


def clean_people(
    people: Sequence[PersonFacts], at_fault: Collection[str], workdays: Sequence[date]
) -> tuple[str, ...]:
    """Employed on every workday of the month, with no unexcused late, early or absent day."""
    return tuple(
        p.employee_no
        for p in people
        if p.employee_no not in at_fault and workdays and all(map(p.employed_on, workdays))
    )


def share_out(pool: Decimal, people: Sequence[str]) -> PoolShares:
    """Split the pool equally, each share rounded down to the fen; not one fen is lost.

    Where nobody qualifies, or corrections left the pool empty, all of it is carried on.
    """
    share = round_down(pool / len(people)) if people and pool > 0 else ZERO
    getting = tuple(people) if share else ()
    return PoolShares(share, getting, pool - share * len(getting))
