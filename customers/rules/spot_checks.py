"""Spot checks: a sample anybody can draw again, and when "none" is no verdict (VIS-3). Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from hashlib import sha256

JUDGE_WITHIN = 5  # workdays from the draw to the verdict
REPLY_WITHIN = 5  # workdays from the verdict to the reply, as to a line of a statement


def drawn(seed: str, customer_nos: Iterable[str], size: int) -> list[str]:
    """The customers of a sample: those first by the SHA-256 of `seed/number`, in its order.

    Each is as likely as any other, and any tool that knows SHA-256 finds the same again.
    """
    return sorted(set(customer_nos), key=lambda no: sha256(f"{seed}/{no}".encode()).hexdigest())[
        :size
    ]


class NoVerdict(Enum):
    """Why "no record" cannot be found."""

    RECORD = "a genuine record lies within the interval"
    TOO_NEW = "the file is younger than the interval"


def why_not_none(
    visited: Iterable[date], created_on: date, checked_on: date, interval: int
) -> NoVerdict | None:
    """Why the verdict "none" is refused; None: it stands. `visited`: days of genuine records,
    whoever made them; `interval`: days within which a return visit is due (S9-5.3)."""
    since = checked_on - timedelta(days=interval)
    if any(since <= day <= checked_on for day in visited):
        return NoVerdict.RECORD
    return NoVerdict.TOO_NEW if created_on > since else None
