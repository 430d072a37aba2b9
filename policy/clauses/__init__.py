"""The clause behind each rule, shown to whoever asks "why was I charged?" (POL-3)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from policy.clauses import (
    attendance,
    claims,
    collections,
    conduct,
    customers,
    ground,
    pay,
    reserve,
)
from policy.clauses.clause import Clause

__all__ = ["CHAPTERS", "CHAPTER_TITLES", "CLAUSES", "Clause", "clause_of"]

# In the order of the regulation: CLAUSES keeps it.
CHAPTERS: tuple[tuple[Clause, ...], ...] = (
    ground.CLAUSES,
    attendance.CLAUSES,
    collections.CLAUSES,
    reserve.CLAUSES,
    claims.CLAUSES,
    customers.CLAUSES,
    conduct.CLAUSES,
    pay.CLAUSES,
)

CHAPTER_TITLES: tuple[Any, ...] = (
    _("Ground: policy, time, people"),
    _("Attendance, leave and trips"),
    _("Orders and collections"),
    _("Reserve and bad debts"),
    _("Expenses and goods"),
    _("Customers and visits"),
    _("Reports, targets, rewards and discipline"),
    _("Pay"),
)

CLAUSES: dict[str, Clause] = {clause.rule: clause for chapter in CHAPTERS for clause in chapter}


def clause_of(rule: str) -> Clause:
    try:
        return CLAUSES[rule]
    except KeyError:
        raise KeyError(f"no clause for rule {rule!r}") from None
