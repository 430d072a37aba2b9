"""What was overdue on days that have passed (DUE-1): the rule of the daily job, over the facts as
they are known now."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from policy.querysets import policy_book
from receivables.querysets.unpaid import OwedSince, money_of
from receivables.rules.overdue import DeliveryState, delivery_states


class Overdue(NamedTuple):
    """A delivery that is unpaid for longer than the policy allows. `order`: the id of its order."""

    order: int
    says: DeliveryState


def overdue_on(days: Collection[date]) -> Mapping[date, Sequence[Overdue]]:
    """What is overdue as the mornings of some days find it, by day: escalated and not paid.

    Of orders that the daily job has looked at. Four queries for any number of days and orders.
    """
    if not days:
        return {}
    known = money_of(OwedSince(min(days)), max(days))
    book = policy_book()
    return {
        day: [
            Overdue(order, state)
            for order, money in known.items()
            for state in delivery_states(money, day, book)
            if state.escalated_on is not None and state.settled_on is None
        ]
        for day in days
    }
