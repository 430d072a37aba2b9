"""Numbers of slips, money on them, and who may take new ones (SLIP-1, SLIP-2, SLIP-4). Pure."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum

from core.money import ZERO

FIRST_NUMBER = "S000001"
CLOCKS_DIFFER = timedelta(minutes=5)
"""A phone's clock may be so much ahead of the company's; it means now."""
LONGEST_NUMBER = 32
_NUMBER = re.compile(r"(.*?)([0-9]+)")


def number_after(latest: str | None) -> str:
    """The slip number that follows the latest one, without a gap (SLIP-1).

    Keeps prefix and width: after S000009 comes S000010. Raises `ValueError` for a latest number
    that does not end in digits.
    """
    if latest is None:
        return FIRST_NUMBER
    match = _NUMBER.fullmatch(latest)
    if match is None:
        raise ValueError(f"{latest} does not end in digits")
    prefix, digits = match.groups()
    return f"{prefix}{int(digits) + 1:0{len(digits)}d}"


def still_due(amount_due: Decimal, paid: Iterable[Decimal]) -> Decimal:
    """What may still be recorded on a slip: never past the amount due (SLIP-2)."""
    return amount_due - sum(paid, ZERO)


def payment_number(slip_no: str, nth: int) -> str:
    """The number of the nth payment on a slip. Of a slip number too long for it the end is cut."""
    ending = f"-{nth}"
    return slip_no[: LONGEST_NUMBER - len(ending)] + ending


def order_leaves(
    amount: Decimal, *, delivered: Decimal, returned: Decimal, claimed: Decimal
) -> Decimal:
    """How much new slips of an order may ask for in all (SLIP-1); below nothing, it is too much.

    The order's amount, or what was delivered where that is more, without the goods that came back,
    less what its other slips claim: their amounts, paid or still out; of one that came back, what
    was paid on it.
    """
    return max(amount, delivered) - returned - claimed


class Untimely(Enum):
    """Why money, or a word, cannot have been received when it is said to have been."""

    AHEAD = "ahead"
    BEFORE_ISSUE = "before issue"


def when_received(said: datetime, issued_at: datetime, now: datetime) -> datetime | Untimely:
    """The instant that counts for what a salesperson says, on a clock that shows minutes (SLIP-2).

    Not in the future, nor before the slip was issued: within its own minute it is the issue.
    """
    if said > now:
        return now if said - now <= CLOCKS_DIFFER else Untimely.AHEAD
    if said < issued_at:
        same_minute = said >= issued_at.replace(second=0, microsecond=0)
        return issued_at if same_minute else Untimely.BEFORE_ISSUE
    return said
