"""Whose an order was at an instant, what is under the floor, what number follows. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from core.money import ZERO

FIRST_NUMBER, LONGEST_NUMBER = "D00001", 32
_NUMBER = re.compile(r"(.*?)([0-9]+)")


class TransferFact(NamedTuple):
    """An approved transfer: from the instant `at` on the order is no longer `before`'s."""

    at: datetime
    before: str


def seller_at(today: str, transfers: Sequence[TransferFact], instant: datetime) -> str:
    """The employee number of whose an order was at an instant (ORD-1, CUS-4).

    `today`: whose it is now; `transfers`: those approved of this order, in the order of time; of
    those up to the instant none need be among them. The very instant of an approval is the new
    salesperson's already.
    """
    return next((each.before for each in transfers if each.at > instant), today)


def margin_rate(amount: Decimal, margin: Decimal | None) -> Decimal | None:
    """The gross margin as a share of the amount; None where it was not said, or of nothing."""
    if margin is None or not amount:
        return None
    return margin / amount


def is_under_floor(amount: Decimal, margin: Decimal | None, floor: Decimal) -> bool:
    """Whether a margin needs approval (ORD-2): the floor itself is not under it. Without a floor
    (0) nothing is, and what was not said is under every other."""
    if not floor:
        return False
    return margin is None or margin < amount * floor


def is_big(amount: Decimal | None, threshold: Decimal) -> bool:
    """Whether an order is told to the manager at once (INFO-1): of more than the threshold, in
    yuan; the threshold itself is not over it."""
    return amount is not None and amount > threshold


def may_still_deliver(amount: Decimal, delivered: Decimal) -> Decimal:
    """What of an order's amount is not delivered yet, in yuan; nothing where more was."""
    return max(amount - delivered, ZERO)


def number_after(latest: str | None) -> str:
    """The order number suggested after the latest one: the same prefix, as wide. After a number
    that does not end in digits counting begins beside it."""
    if latest is None:
        return FIRST_NUMBER
    match = _NUMBER.fullmatch(latest)
    if match is None:
        return f"{latest}-1"[-LONGEST_NUMBER:]
    prefix, digits = match.groups()
    return f"{prefix}{int(digits) + 1:0{len(digits)}d}"[-LONGEST_NUMBER:]
