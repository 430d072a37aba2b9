"""Slips agreed by number between finance and salesperson (SLIP-3). Pure."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlipMovements:
    """`before + issued − settled − returned = held`, each a set of slip numbers, none twice."""

    before: frozenset[str]
    issued: frozenset[str]
    settled: frozenset[str]
    returned: frozenset[str]
    held: frozenset[str]

    @property
    def adds_up(self) -> bool:
        """Whether the equation holds by number, and not only by count."""
        came, went = self.before | self.issued, self.settled | self.returned
        apart = not (self.before & self.issued) and not (self.settled & self.returned)
        return apart and went <= came and came - went == self.held


def slip_movements(
    *,
    before: Collection[str],
    issued: Collection[str],
    returned: Collection[str],
    held: Collection[str],
) -> SlipMovements:
    """What became of the slips since they were last agreed.

    `before`: held then. `issued`: issued since. `returned`: all that are returned by now. `held`:
    held now. A slip that is held again, because its money came to nothing (SLIP-6), has come into
    hand again and stands among those issued. What came and is neither held nor returned is settled.
    """
    was = frozenset(before)
    now = frozenset(held)
    came = (frozenset(issued) | now) - was
    went = (was | came) - now
    back = went & frozenset(returned)
    return SlipMovements(was, frozenset(came), went - back, back, now)
