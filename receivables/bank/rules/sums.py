"""Which amounts together make a sum, exactly. Bounded: many amounts have very many sums. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.money import to_fen

MOST_AT_ONCE = 6
MOST_STEPS = 4_000
MOST_FOUND = 3


@dataclass(frozen=True, slots=True)
class Sums:
    """The choices (positions) found. `whole`: whether all were looked at: two found are not one."""

    found: tuple[tuple[int, ...], ...]
    whole: bool


def subsets(amounts: Sequence[Decimal], wanted: Decimal) -> Sums:
    """Every choice of two or more amounts that makes the sum, the first few of them."""
    search = _Search([to_fen(amount) for amount in amounts])
    search.go(to_fen(wanted))
    found = sorted(tuple(sorted(choice)) for choice in search.found)
    return Sums(tuple(found), search.whole)


class _Search:
    def __init__(self, fen: list[int]) -> None:
        self.order = sorted(range(len(fen)), key=lambda n: (-fen[n], n))
        self.fen = [fen[n] for n in self.order]
        self.left = [sum(self.fen[n:]) for n in range(len(fen) + 1)]
        self.found: list[list[int]] = []
        self.steps = 0

    @property
    def whole(self) -> bool:
        return self.steps < MOST_STEPS and len(self.found) < MOST_FOUND

    def go(self, wanted: int) -> None:
        self._from(0, wanted, [])

    def _from(self, at: int, wanted: int, chosen: list[int]) -> None:
        """The largest first; a branch whose rest is too small or chosen too many ends."""
        self.steps += 1
        if wanted == 0 and len(chosen) > 1:
            self.found.append([self.order[n] for n in chosen])
            return
        for n in range(at, len(self.fen)):
            if not self.whole or self.left[n] < wanted or len(chosen) >= MOST_AT_ONCE:
                return
            if self.fen[n] <= wanted:
                self._from(n + 1, wanted - self.fen[n], [*chosen, n])
