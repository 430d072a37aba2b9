"""When what leaves the house is sent, and tried again. Pure."""

from datetime import datetime, time, timedelta

from core import clock

DIGEST_AT = time(8, 30)
ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=5)


def first_try(now: datetime, *, daily: bool) -> datetime:
    """At once, or with the next digest, at 08:30 on the company's clock."""
    if not daily:
        return now
    today = clock.local_date(now)
    digest = clock.at(today, DIGEST_AT)
    return digest if now <= digest else clock.at(today + timedelta(days=1), DIGEST_AT)


def next_try(now: datetime, *, attempt: int) -> datetime | None:
    """When to try again after so many attempts: 5, 10, 20, 40, 80 minutes later; then no more."""
    if attempt >= ATTEMPTS:
        return None
    pauses: int = 2 ** (attempt - 1)
    return now + FIRST_PAUSE * pauses
