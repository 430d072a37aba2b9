"""Which days of reward leave use which of the days given, and what is left (LEA-3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from attendance.rules.days import Half


@dataclass(frozen=True, slots=True)
class Grant:
    """Half days given on a day, to be used by another; both days included."""

    key: int
    halves: int
    granted_on: date
    use_by: date

    def is_valid_on(self, day: date) -> bool:
        return self.granted_on <= day <= self.use_by


@dataclass(frozen=True, slots=True)
class RewardBalance:
    """`left`: half days by grant. `uncovered`: half days of leave that no grant covers."""

    left: Mapping[int, int]
    uncovered: tuple[tuple[date, Half], ...]

    def days_left(self, grant: int) -> Decimal:
        return Decimal(self.left[grant]) / 2


def reward_balance(grants: Sequence[Grant], taken: Iterable[tuple[date, Half]]) -> RewardBalance:
    """Let each half day of leave, in date order, use the grant valid on that day whose use-by day
    comes first. Whatever the leave, no other way covers more of it.
    """
    left = {grant.key: grant.halves for grant in grants}
    by_use = sorted(grants, key=lambda grant: (grant.use_by, grant.granted_on, grant.key))
    uncovered = []
    for day, half in sorted(taken):
        grant = next((g for g in by_use if left[g.key] and g.is_valid_on(day)), None)
        if grant is None:
            uncovered.append((day, half))
        else:
            left[grant.key] -= 1
    return RewardBalance(left, tuple(uncovered))


def days_missing(
    grants: Sequence[Grant],
    taken: Sequence[tuple[date, Half]],
    asked: Sequence[tuple[date, Half]],
) -> Decimal:
    """How many days more than are given would be taken, if these were taken too. What stood before
    beyond any grant (a file of the company's said so) is not held against them."""
    before = len(reward_balance(grants, taken).uncovered)
    after = len(reward_balance(grants, [*taken, *asked]).uncovered)
    return Decimal(after - before) / 2
