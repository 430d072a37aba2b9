"""Who decides about whom, and what a stand-in may take over (ORG-1). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

# Personal: a salesperson's own work is handed over, not done in their name.
NOT_PASSED_ON = frozenset({"salesperson"})
WHERE_NOT_SAID = frozenset({"supervisor", "manager", "leader"})


class Refusal(Enum):
    """Why somebody may not decide."""

    OWN = "own"
    STOOD_IN_FOR = "stood in for"
    NOT_THEIRS = "not theirs"


@dataclass(frozen=True, slots=True)
class Capacity:
    """In whose place somebody acts: their own, or that of whom they stand in for.

    `leads`: whether whoever holds that place is above the person it is about.
    """

    person: int
    roles: frozenset[str]
    leads: bool = False


def deciding_roles(about: frozenset[str], usual: frozenset[str] = WHERE_NOT_SAID) -> frozenset[str]:
    """The roles that decide about somebody holding the roles `about`.

    `usual`: who decides such a thing otherwise. The manager's goes to the leader, the leader's to
    personnel; who is both has it decided by personnel.
    """
    if "leader" in about:
        return frozenset({"admin"})
    if "manager" in about:
        return frozenset({"leader"})
    return usual


def refusal(
    me: int,
    about: int,
    about_roles: frozenset[str],
    capacities: Iterable[Capacity],
    usual: frozenset[str] = WHERE_NOT_SAID,
) -> Refusal | None:
    """Why somebody may not decide about a person; None: they may (ORG-1).

    Nobody decides on their own, whoever they stand in for, nor for whoever the decision is about.
    A supervisor decides about those below alone.
    """
    if me == about:
        return Refusal.OWN
    wanted = deciding_roles(about_roles, usual)
    barred = False
    for capacity in capacities:
        held = capacity.roles & wanted
        if not capacity.leads:
            held -= {"supervisor"}
        if not held:
            continue
        if capacity.person != about:
            return None
        barred = True
    return Refusal.STOOD_IN_FOR if barred else Refusal.NOT_THEIRS


def roles_passed_on(held: frozenset[str]) -> frozenset[str]:
    """What somebody away can hand to a stand-in: the roles they hold themself."""
    return held - NOT_PASSED_ON
