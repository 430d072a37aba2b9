"""Spot checks: a sample anybody can draw again, and when "none" is no verdict (VIS-3). Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
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


SPOKE = frozenset({"confirmed", "denied"})  # results of a call that somebody answered


class NoCall(Enum):
    """Why a telephone result is not taken down."""

    QUIET = "whoever does not want to be disturbed is not called"
    COULD_BE = "the customer could be called"
    WHO = "who answered, and when, is not told"
    BEFORE = "the call lies before the day of inspection"
    AHEAD = "the call lies ahead"


def why_no_result(
    phone: str,
    spoken_with: str,
    spoken_at: datetime | None,
    *,
    quiet_since: datetime | None,
    can_be_called: bool,
    since: datetime,
    now: datetime,
) -> NoCall | None:
    """Why the result of a verification call is refused; None: it stands.

    `quiet_since`: when the customer was marked as not to be disturbed, if so: who answered before
    that did answer. `can_be_called`: whether there is a number to dial; only where there is none
    "not called" is a result. `since`: the beginning of the day of inspection.
    """
    if phone == "not_called":
        return NoCall.COULD_BE if can_be_called and quiet_since is None else None
    if phone not in SPOKE:
        return NoCall.QUIET if quiet_since is not None else None
    if not spoken_with.strip() or spoken_at is None:
        return NoCall.WHO
    if spoken_at > now:
        return NoCall.AHEAD
    if spoken_at < since:
        return NoCall.BEFORE
    return NoCall.QUIET if quiet_since is not None and spoken_at > quiet_since else None


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
