"""Which promises of a collection plan were kept, and which were broken (DUE-1, S9-4.5). Pure.

A day is seen as its morning finds it: with the money that counted before it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from core.money import ZERO
from receivables.rules.overdue import Movement

ONE_DAY = timedelta(days=1)


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


class Verdict(NamedTuple):
    """What became of a promise, and on which day; an open one has none."""

    state: str
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A step of an agreed plan. `amount`: yuan to come in by its day, 0 for something to be done;
    `done_on`: the day its person ticked it."""

    key: int
    due_on: date
    amount: Decimal = ZERO
    done_on: date | None = None


def promise_verdicts(
    promises: Iterable[Promise],
    money: Sequence[Movement],
    day: date,
    *,
    paid_on: date | None = None,
) -> dict[int, Verdict]:
    """What became of the promises of one plan, as a day's morning finds them (DUE-1).

    `money`: (day, yuan) counted for the order since the plan was written, in any order. It goes to
    the earliest promise first: one is kept when all that was promised up to it is there by its day,
    or when the whole debt was settled by then (`paid_on`); else it is broken the morning after.
    """
    in_order = sorted(promises, key=lambda each: (each.due_on, each.key))
    promised = accumulate(each.amount for each in in_order)
    came = sorted((on, amount) for on, amount in money if on < day)
    return {
        each.key: _verdict(each, _kept_on(each, until, came, paid_on), day, paid_on)
        for each, until in zip(in_order, promised, strict=True)
    }


def _kept_on(
    promise: Promise, until: Decimal, came: Sequence[Movement], paid_on: date | None
) -> date | None:
    """The day on which a promise was fulfilled, in time or not."""
    if not promise.amount:
        return promise.done_on
    sums = accumulate(amount for _on, amount in came)
    reached = (on for (on, _amount), so_far in zip(came, sums, strict=True) if so_far >= until)
    days = [each for each in (next(reached, None), paid_on) if each is not None]
    return min(days, default=None)


def _verdict(promise: Promise, kept_on: date | None, day: date, paid_on: date | None) -> Verdict:
    if kept_on is not None and kept_on <= promise.due_on:
        return Verdict(PromiseState.KEPT, kept_on)
    is_moot = paid_on is not None and paid_on <= promise.due_on
    if promise.due_on < day and not is_moot:
        return Verdict(PromiseState.BROKEN, promise.due_on + ONE_DAY)
    return Verdict(PromiseState.OPEN)
