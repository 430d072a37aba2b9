"""Unpaid deliveries converge with what was delivered and paid (DUE-1, S9-4.5)."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from core import clock
from core.db import PASSING, queue_up, statistics_ensure
from core.jobs import Running
from core.money import ZERO
from orders.models import Order
from policy.querysets import policy_book
from policy.rules import PolicyBook
from receivables.models import UnpaidDelivery
from receivables.querysets.plans import orders_with_plans
from receivables.querysets.unpaid import (
    Orders,
    Standing,
    money_of,
    orders_with_deliveries,
    standing_of,
)
from receivables.rules.overdue import DeliveryState, delivery_states
from receivables.services.plans import promises_judge

log = logging.getLogger(__name__)

Key = tuple[int, date]
SET_ASIDE_AT_MOST = 10
SAYS = ("amount", "unpaid", "reminded_on", "escalated_on", "settled_on")


@dataclass
class Converged:
    """What a run found new: deliveries opened, escalated and settled; orders it could not do."""

    new: int = 0
    escalated: int = 0
    settled: int = 0
    set_aside: dict[str, str] = field(default_factory=dict)


def unpaid_go_on(*, running: Running) -> None:
    """The daily job: as of today, however late it runs and whichever day it was for."""
    batches, planned = orders_with_deliveries(), orders_with_plans()
    advance = running.begin(steps=len(batches) + len(planned))
    found = unpaid_converge(as_of=clock.today(), progress=advance)
    judged = promises_judge(as_of=clock.today(), progress=advance)
    running.finish(
        outcome={
            "open": UnpaidDelivery.objects.open().count(),
            "new": found.new,
            "escalated": found.escalated,
            "settled": found.settled,
            "kept": judged.kept,
            "broken": judged.broken,
            "set_aside": found.set_aside,
        }
    )


def unpaid_converge(*, as_of: date, progress: Callable[[str], None] | None = None) -> Converged:
    """Make the rows of unpaid deliveries what the facts say, as the morning of a day finds them.

    Opens what is unpaid, corrects amounts, escalates on the right day (which may lie in the past),
    settles what is paid or gone, and opens again. Run twice, days late or by two workers at once,
    it comes to the same rows. An order that cannot be done is set aside and named; no other waits.
    """
    statistics_ensure()
    book = policy_book()
    found = Converged()
    for orders in orders_with_deliveries():
        if progress:
            progress(str(orders.first))
        _converge(orders=orders, as_of=as_of, book=book, found=found)
    return found


def unpaid_of_order_converge(*, order_id: int, as_of: date) -> None:
    """The same for one order, at once: its money or its deliveries were just corrected (SLIP-6).

    Runs in the caller's transaction. What today adds is left to tomorrow's run, as ever.
    """
    queue_up("unpaid deliveries")
    order = Orders(order_id, order_id)
    _change_of(order, as_of, policy_book()).write(order, as_of)


def _converge(*, orders: Orders, as_of: date, book: PolicyBook, found: Converged) -> None:
    """Do these orders; where that fails, each half, down to the order it fails for."""
    try:
        with _alone():
            change = _change_of(orders, as_of, book)
            change.write(orders, as_of)
    except PASSING:
        raise
    except Exception as error:
        if orders.first < orders.last:
            for half in orders.halves():
                _converge(orders=half, as_of=as_of, book=book, found=found)
            return
        log.error("order %s set aside: %s", orders.first, type(error).__name__, exc_info=True)
        order_no = Order.objects.values_list("order_no", flat=True).get(pk=orders.first)
        found.set_aside[order_no] = type(error).__name__
        if len(found.set_aside) >= SET_ASIDE_AT_MOST:
            raise  # what is wrong with so many is wrong with the program
    else:
        change.count(found)


@contextmanager
def _alone() -> Iterator[None]:
    """A short transaction that waits for others of its kind: what it reads is not outdated."""
    with transaction.atomic():
        queue_up("unpaid deliveries")
        yield


@dataclass
class _Change:
    """What has to be written about some orders."""

    wanted: dict[Key, DeliveryState]
    standing: Mapping[Key, Standing]

    def write(self, orders: Orders, as_of: date) -> None:
        self._remind(orders, as_of)
        UnpaidDelivery.objects.bulk_create(
            self.rows(as_of),
            update_conflicts=True,
            unique_fields=["order", "delivered_on"],
            update_fields=SAYS,
        )

    def rows(self, as_of: date) -> list[UnpaidDelivery]:
        return [
            UnpaidDelivery(
                order_id=order,
                delivered_on=delivered_on,
                amount=says.amount,
                unpaid=says.unpaid,
                reminded_on=as_of if says.settled_on is None else None,
                escalated_on=says.escalated_on,
                settled_on=says.settled_on,
            )
            for (order, delivered_on), says in self.wanted.items()
        ]

    def _remind(self, orders: Orders, as_of: date) -> None:
        still_open = orders.of(UnpaidDelivery.objects.open())
        still_open.filter(reminded_on__lt=as_of).update(reminded_on=as_of)

    def count(self, found: Converged) -> None:
        for key, says in self.wanted.items():
            before = self.standing.get(key)
            was_open = before is not None and before.is_open
            is_open = says.settled_on is None
            found.new += is_open and not was_open
            found.settled += was_open and not is_open
            was_escalated = before is not None and before.says.escalated_on is not None
            found.escalated += is_open and says.escalated_on is not None and not was_escalated


def _change_of(orders: Orders, as_of: date, book: PolicyBook) -> _Change:
    """Compare what the facts say with what stands; rows a later day has seen are left to it."""
    standing = standing_of(orders)
    wanted = {
        (order, state.delivered_on): state
        for order, money in money_of(orders, as_of).items()
        for state in delivery_states(money, as_of, book)
    }
    for key, row in standing.items():
        if key not in wanted and row.is_open:
            wanted[key] = _gone(row.says, as_of)
    changed = {
        key: state for key, state in wanted.items() if _is_news(state, standing.get(key), as_of)
    }
    return _Change(changed, standing)


def _is_news(state: DeliveryState, row: Standing | None, as_of: date) -> bool:
    return row is None or (row.says != state and not row.was_seen_after(as_of))


def _gone(state: DeliveryState, as_of: date) -> DeliveryState:
    """Neither delivered any more nor owed: settled with the day that has just ended."""
    settled_on = max(state.delivered_on, as_of - timedelta(days=1))
    return DeliveryState(state.delivered_on, state.amount, ZERO, state.escalated_on, settled_on)
