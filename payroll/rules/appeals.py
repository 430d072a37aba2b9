"""Who decides when a charge is contested, and how long it can be (ORG-1, PAY-2, PAY-3). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core import clock
from policy.workdays import Workdays


class Decider(StrEnum):
    """The roles that decide, each on those below it."""

    MANAGER = "manager"
    LEADER = "leader"
    PERSONNEL = "admin"


LADDER = tuple(Decider)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a part in it; `who` tells them apart (an employee number)."""

    who: str
    roles: frozenset[str]


class Refusal(StrEnum):
    """Why somebody does not decide."""

    OWN = "own"
    CHARGED = "charged"
    ROLE = "role"


def decider_of(about: Party, chargers: Iterable[Party] = ()) -> Decider:
    """The role that decides on what concerns somebody (ORG-1, PAY-3).

    The manager; the manager's own go to the leader, the leader's to personnel. A role whose holder
    charged is passed over: the decider is not the one who charged.
    """
    held = [rung for rung, role in enumerate(LADDER[:-1]) if role in about.roles]
    above = LADDER[max(held) + 1 :] if held else LADDER
    charging = frozenset[str]().union(*(each.roles for each in chargers))
    return next((role for role in above if role not in charging), LADDER[-1])


def decider_refusal(decider: Party, about: Party, chargers: Iterable[Party] = ()) -> Refusal | None:
    """Why somebody may not decide, or None: not on their own, nor on what they charged."""
    charged_by = tuple(chargers)
    if decider.who == about.who:
        return Refusal.OWN
    if any(decider.who == each.who for each in charged_by):
        return Refusal.CHARGED
    return None if decider_of(about, charged_by) in decider.roles else Refusal.ROLE


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a draft can be acknowledged or objected to (PAY-2)."""

    draft_on: date
    last_day: date

    @property
    def ends(self) -> datetime:
        """The first instant after it, in UTC."""
        return clock.end_of(self.last_day)

    def is_over(self, now: datetime) -> bool:
        return now >= self.ends


def workday_after(day: date, *, count: int, workdays: Workdays) -> date:
    """The `count`-th workday after a day; the day itself where none is asked for.

    The day itself does not count, for nobody has all of it: a draft of 2 November 2026, a Monday,
    can be objected to within 5 workdays until the end of Monday the 9th.
    """
    for _each in range(count):
        day = workdays.next_after(day)
    return day


class FinalRefusal(StrEnum):
    """Why a reviewed month is not made final yet."""

    APPEALS = "appeals"
    WINDOW = "window"


def final_refusal(
    *,
    open_appeals: int,
    window: Window | None,
    waiting_for: int,
    early_reason: str,
    now: datetime,
) -> FinalRefusal | None:
    """Why a month cannot be final yet as far as its people are concerned, or None (PAY-2).

    Never while an appeal is open. Before the window has ended only when everybody acknowledged
    (`waiting_for` is who has not), or with a stated reason.
    """
    if open_appeals:
        return FinalRefusal.APPEALS
    is_early = window is None or not window.is_over(now)
    if is_early and waiting_for and not early_reason.strip():
        return FinalRefusal.WINDOW
    return None


def may_confirm_final(asker: Party, confirmer: Party) -> bool:
    """Whether somebody confirms what another asked for: two people, finance with the manager."""
    both = asker.roles | confirmer.roles
    return asker.who != confirmer.who and {"manager", "finance"} <= both
