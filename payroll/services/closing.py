"""What the parts of a close have in common."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from core.months import Month
from payroll.assessment import NamedStep, Progress

STAMPED = "collections"
"""Under this name whoever stamps money with the present instant shares (`core.db.share`): a close
passes those in flight before it reads."""
TRIES = 20
PAUSE = 0.1

Result = TypeVar("Result")


@dataclass(frozen=True)
class Closed:
    """What a close did: how many entries it posted and how many it reversed."""

    month: Month
    posted: int = 0
    reversed: int = 0
    set_aside: Mapping[str, str] = field(default_factory=dict)

    def __add__(self, other: "Closed") -> "Closed":
        return Closed(
            self.month,
            self.posted + other.posted,
            self.reversed + other.reversed,
            {**self.set_aside, **other.set_aside},
        )


class CloseOvertaken(Exception):
    """Another close came between reading and posting, time and again."""


class Overtaken(Exception):
    """What was read is not what stands any more; to be read again."""


def steps_pass(steps: Iterable[NamedStep], progress: Progress | None) -> None:
    """Say of steps that they are done which there was no need to do."""
    for label, _step in steps:
        if progress:
            progress(label)


def until_not_overtaken(attempt: Callable[[], Result]) -> Result:
    for tried in range(1, TRIES + 1):
        try:
            return attempt()
        except Overtaken:
            time.sleep(PAUSE * tried)
    raise CloseOvertaken
