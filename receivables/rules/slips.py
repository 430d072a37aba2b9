"""Numbers of slips, money on them, and who may take new ones (SLIP-1, SLIP-2, SLIP-4). Pure."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from core import clock
from core.money import ZERO
from receivables.rules.custody import PaymentFact

FIRST_NUMBER = "S000001"
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


def unreconciled_days(payments: Iterable[PaymentFact], now: datetime) -> list[date]:
    """Earlier days whose money is still in hand: they block new slips (SLIP-4)."""
    today = clock.local_date(now)
    days = {clock.local_date(p.received_at) for p in payments if p.is_in_hand_at(now)}
    return sorted(day for day in days if day < today)
