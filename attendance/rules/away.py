"""Who of a team is away on which half days, which days of a request meet theirs, and which halves
of a day a meeting lies in."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple

from attendance.rules.days import Half
from core import clock
from policy.rules import Policy

HalfDay = tuple[date, Half]


class Clash(NamedTuple):
    """A day of a request on which others of the team are away too."""

    day: date
    away: tuple[int, ...]
    team: int


def clashes(
    asked: Collection[HalfDay], away: Mapping[int, Collection[HalfDay]], team: int
) -> list[Clash]:
    """The days asked for on which somebody else is away in the same half, in order.

    `away`: the half days of each of the others; `team`: how many they are, whoever asks included.
    """
    found = []
    for day in sorted({day for day, _half in asked}):
        wanted = {half for on, half in asked if on == day}
        who = tuple(
            sorted(one for one, halves in away.items() if any((day, h) in halves for h in wanted))
        )
        if who:
            found.append(Clash(day, who, team))
    return found


def halves_between(start: datetime, end: datetime, policy: Policy) -> frozenset[Half]:
    """The halves of a day that what lasts from `start` until `end` lies in, wholly or in part.

    Whoever is free in the morning is due again at `lunch_end`, whoever is free in the afternoon
    until `lunch_start` (ATT-1): lunch belongs to both.
    """
    day = clock.local_date(start)
    found = set()
    if start < clock.at(day, policy.lunch_end):
        found.add(Half.AM)
    if end > clock.at(day, policy.lunch_start):
        found.add(Half.PM)
    return frozenset(found)
