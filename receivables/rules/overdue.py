"""Which deliveries of an order are unpaid, how much of each, and since when they are escalated
(DUE-1, S9-4.5). Pure.

A day is seen as its morning finds it: with what was delivered and what money came in before it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from operator import itemgetter

from core.money import ZERO, total
from policy.rules import PolicyBook

Movement = tuple[date, Decimal]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OrderMoney:
    """An order's (day, yuan) delivered and handed in (a transfer: received), and the days on which
    a debt of it died. In any order; days still to come may be among them."""

    delivered: Sequence[Movement]
    handed_in: Sequence[Movement] = ()
    dead_on: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """A delivery that was not paid by the end of its own day; `settled_on` None: it is not yet.

    `escalated_on`: the first morning it was unpaid for longer than the policy allows.
    """

    delivered_on: date
    amount: Decimal
    unpaid: Decimal
    escalated_on: date | None
    settled_on: date | None


def delivery_states(order: OrderMoney, day: date, book: PolicyBook) -> list[DeliveryState]:
    """The deliveries of an order that were ever unpaid, as a day's morning finds them (DUE-1).

    Money pays the earliest delivery first. From the day a debt is dead (RES-6) nobody collects it:
    what was delivered until then counts as covered, by the money or by the loss.
    """
    delivered = sorted((on, amount) for on, amount in order.delivered if on < day and amount)
    owed = list(accumulate(amount for _on, amount in delivered))
    days, covered = _covered(order, delivered, day)
    now = covered[-1] if covered else ZERO
    found = []
    for (delivered_on, amount), until in zip(delivered, owed, strict=True):
        step = bisect_left(covered, until)
        settled_on = days[step] if step < len(days) else None
        if settled_on is None or settled_on > delivered_on:
            unpaid = min(amount, max(ZERO, until - now))
            escalated_on = _escalated_on(delivered_on, settled_on, day, book)
            found.append(DeliveryState(delivered_on, amount, unpaid, escalated_on, settled_on))
    return found


def _covered(
    order: OrderMoney, delivered: Sequence[Movement], day: date
) -> tuple[list[date], list[Decimal]]:
    """How much of all that was delivered is covered from which day on; both rise."""
    lost = [
        (on, total(amount for delivered_on, amount in delivered if delivered_on <= on))
        for on in order.dead_on
    ]
    handed_in = sorted(order.handed_in, key=itemgetter(0))
    paid = accumulate(amount for _on, amount in handed_in)
    steps = [*zip((on for on, _amount in handed_in), paid, strict=True), *lost]
    days: list[date] = []
    covered: list[Decimal] = []
    for on, until in sorted(steps):
        if on < day:
            days.append(on)
            covered.append(max(until, covered[-1]) if covered else until)
    return days, covered


def _escalated_on(
    delivered_on: date, settled_on: date | None, day: date, book: PolicyBook
) -> date | None:
    on = escalation_day(delivered_on, book)
    still_unpaid = settled_on is None or settled_on >= on
    return on if on <= day and still_unpaid else None


def escalation_day(delivered_on: date, book: PolicyBook) -> date:
    """The first day that lies more than `overdue_days` after a delivery, 超过十天: the 11th day.

    Each day is judged by the policy in force on it; a later, longer term takes nothing back.
    """
    for version, until in zip(book.versions, [*book.starts, date.max], strict=True):
        begins = version.effective_on or date.min
        day = max(begins, delivered_on + timedelta(days=version.overdue_days) + ONE_DAY)
        if day < until:
            return day
    return date.max
