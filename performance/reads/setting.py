"""What was set for a year, as the file of targets has it (TAR-1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from performance.models import Target


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target as a row of the `targets` table; the amount in yuan."""

    employee_no: str
    team: str
    period: str
    amount: Decimal
    name: str


def targets_set(year: int, user: Any) -> Iterator[TargetRow]:
    """Every target of a year that a user sees, of the year, its quarters and months: teams first,
    then people, each with theirs in order. One query."""
    rows = (
        Target.objects.visible_to(user)
        .filter(period__startswith=f"{year:04d}")
        .order_by("person__employee_no", "team", "period")
        .values_list("person__employee_no", "team", "period", "amount", "person__name")
    )
    teams: list[TargetRow] = []
    people: list[TargetRow] = []
    for no, team, period, amount, name in rows:
        row = TargetRow(no or "", team, period, amount, name or "")
        (people if no else teams).append(row)
    yield from teams
    yield from people
