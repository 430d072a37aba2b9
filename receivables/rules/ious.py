"""When the IOU for a delivery is due, and what of it is missing (IOU-1, S9-4.2). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from core import clock
from core.money import ZERO, total
from policy.rules import PolicyBook
from policy.workdays import Workdays
from receivables.rules.overdue import OrderMoney, delivery_states

ONE_DAY = timedelta(days=1)


class IouState(StrEnum):
    """Where the IOU of a delivery stands."""

    NOT_NEEDED = "not_needed"
    TO_COME = "to_come"
    MISSING = "missing"
    ORIGINAL_TO_COME = "original_to_come"
    ORIGINAL_MISSING = "original_missing"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class IouFact:
    """An IOU in yuan, and whether finance has its original."""

    amount: Decimal
    has_original: bool = False


def iou_due(delivered_on: date, calendar: Workdays, book: PolicyBook) -> datetime:
    """By when a delivery's IOU is due: the end of work of the workday after it (IOU-1)."""
    following = calendar.next_after(delivered_on)
    return clock.at(following, book.on(following).work_end)


def last_day_due(now: datetime, calendar: Workdays, book: PolicyBook) -> date:
    """The latest day of delivery whose IOU was due before an instant; so was that of all before."""
    day = clock.local_date(now) - ONE_DAY
    while iou_due(day, calendar, book) >= now:
        day -= ONE_DAY
    return day


def unpaid_on(order: OrderMoney, delivered_on: date, evening: date, book: PolicyBook) -> Decimal:
    """What is unpaid of a delivery at the end of a day, in yuan (DUE-1)."""
    states = delivery_states(order, evening + ONE_DAY, book)
    return next((each.unpaid for each in states if each.delivered_on == delivered_on), ZERO)


def iou_state(
    unpaid: Decimal, ious: Sequence[IouFact], *, due: datetime, now: datetime
) -> IouState:
    """Where a delivery's IOU stands at an instant; `due` itself is still in time.

    IOUs cover what is unpaid when they come to as much together. Nothing unpaid needs none.
    """
    if unpaid <= 0:
        return IouState.NOT_NEEDED
    is_late = now > due
    if total(each.amount for each in ious) < unpaid:
        return IouState.MISSING if is_late else IouState.TO_COME
    if all(each.has_original for each in ious):
        return IouState.COMPLETE
    return IouState.ORIGINAL_MISSING if is_late else IouState.ORIGINAL_TO_COME
