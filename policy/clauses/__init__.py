"""The clause behind each rule, shown to whoever asks "why was I charged?" (POL-3)."""

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

__all__ = ["CHAPTERS", "CLAUSES", "Clause", "clause_of"]

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

CLAUSES: dict[str, Clause] = {clause.rule: clause for chapter in CHAPTERS for clause in chapter}


def clause_of(rule: str) -> Clause:
    try:
        return CLAUSES[rule]
    except KeyError:
        raise KeyError(f"no clause for rule {rule!r}") from None
