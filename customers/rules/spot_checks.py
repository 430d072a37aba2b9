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
    QUIET = "the customer was not to be disturbed throughout the interval"


Days = tuple[date, date | None]  # the first and the last one; None: it goes on


def why_not_none(
    visited: Iterable[date],
    created_on: date,
    checked_on: date,
    interval: int,
    quiet: Iterable[Days] = (),
) -> NoVerdict | None:
    """Why the verdict "none" is refused; None: it stands. `visited`: days of genuine records,
    whoever made them; `interval`: days within which a return visit is due (S9-5.3).

    `quiet`: the days on which the customer was marked as not to be disturbed, so that every call
    was forbidden (VIS-4). *decided*: they are given for who sells by telephone alone. Who sells in
    the field can call in person, and would get out of checks by marking.
    """
    since = checked_on - timedelta(days=interval)
    if any(since <= day <= checked_on for day in visited):
        return NoVerdict.RECORD
    if created_on > since:
        return NoVerdict.TOO_NEW
    return NoVerdict.QUIET if covered(quiet, since, checked_on) else None


def covered(spans: Iterable[Days], first: date, last: date) -> bool:
    """Whether these spans, both ends included, leave out no day from the first to the last."""
    day = first
    for since, until in sorted(spans, key=lambda span: span[0]):
        if since > day:
            break
        if until is None:
            return True
        day = max(day, until + timedelta(days=1))
    return day > last
