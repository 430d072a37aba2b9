"""Visits a month by the customer's level against what the level asks for (VIS-5). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from policy.rules import Policy

LEVELS = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the customers of one level: how many there are, the visits they had, those the level asks
    for, and how many customers had fewer."""

    customers: int = 0
    made: int = 0
    asked: int = 0
    short: int = 0


def asked_of(level: str, policy: Policy) -> int:
    """Visits a month that a level asks for; a file without one asks for none (VIS-5)."""
    by_level = {"A": policy.visits_level_a, "B": policy.visits_level_b, "C": policy.visits_level_c}
    return by_level.get(level, 0)


def figures_of(customers: Iterable[tuple[str, int]], policy: Policy) -> dict[str, Figures]:
    """What the levels ask for and had, from each customer's level and visits of a month (VIS-5).

    Every level is there. What one customer had too many makes up for no other: it is short by
    customers, not by the sum.
    """
    found = dict.fromkeys(LEVELS, Figures())
    for level, made in customers:
        if level not in found:
            continue
        so_far, asked = found[level], asked_of(level, policy)
        found[level] = Figures(
            customers=so_far.customers + 1,
            made=so_far.made + made,
            asked=so_far.asked + asked,
            short=so_far.short + (made < asked),
        )
    return found
