"""Where an order's margin stands towards the company's floor (ORD-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core import clock
from orders.models import MarginRequest, Order
from orders.rules import is_under_floor
from policy.querysets import policy_book


@dataclass(frozen=True, slots=True)
class MarginStanding:
    """`floor`: a share of the amount, 0 where there is none. `requests`: all there ever were, the
    newest first."""

    floor: Decimal
    is_under: bool
    is_approved: bool
    requests: Sequence[MarginRequest]

    @property
    def is_wanting(self) -> bool:
        """Whether the order cannot be signed as it stands."""
        return self.is_under and not self.is_approved


def margin_standing(order: Order) -> MarginStanding:
    """As of the day it was signed, or of today. Two queries."""
    floor = policy_book().on(order.signed_on or clock.today()).margin_floor
    asked = list(order.margin_requests.select_related("asked_by__person"))
    decided = [
        each
        for each in asked
        if (each.amount, each.margin) == (order.amount, order.margin) and _is_decided(each)
    ]
    last = max(decided, key=lambda each: (each.decided_at, each.pk), default=None)
    return MarginStanding(
        floor=floor,
        is_under=is_under_floor(order.amount, order.margin, floor),
        is_approved=last is not None and last.state == MarginRequest.State.APPROVED,
        requests=asked,
    )


def _is_decided(asked: MarginRequest) -> bool:
    return asked.state in (MarginRequest.State.APPROVED, MarginRequest.State.REFUSED)
