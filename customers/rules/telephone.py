"""Whether a customer may be called, and how a call keeps to its script (VIS-4, S6.18, S6.20).

Pure.
"""

from collections.abc import Collection
from enum import StrEnum


class Refusal(StrEnum):
    """Why a customer gets no further call."""

    QUIET = "quiet"
    TOO_OFTEN = "too_often"


# A number of no more digits is none that two of them would leave hidden.
SHOWN_AT_LEAST = 4

# What came of a call that reached somebody: it is a telephone visit (VIS-1).
REACHED = frozenset({"reached", "call_back", "not_interested", "do_not_disturb"})
# After these a time to call back can be agreed.
CALLS_BACK = frozenset({"reached", "not_reached", "call_back"})


def refusal(*, do_not_disturb: bool, called: int, most: int) -> Refusal | None:
    """Why there is no further call today, if there is none (VIS-4). `called`: how often the
    customer was called that day by anybody; `most`: how often is enough."""
    if do_not_disturb:
        return Refusal.QUIET
    return Refusal.TOO_OFTEN if called >= most else None


def masked(number: str) -> str:
    """A number nobody may dial now: its last two digits, by which one knows which it is."""
    digits = [sign for sign in number if sign.isdigit()]
    return f"•••• {''.join(digits[-2:])}" if len(digits) > SHOWN_AT_LEAST else "••••"


def skipped(steps: int, done: Collection[int]) -> list[int]:
    """The steps of a script, counted from 0, that a call left out (S6.18)."""
    return [step for step in range(steps) if step not in done]


def must_follow(outcome: str) -> bool:
    """Whether a call with this outcome goes through the whole script: who hangs up, asks for
    another time or minds being called is not talked to any longer."""
    return outcome == "reached"
