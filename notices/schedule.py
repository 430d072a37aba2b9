"""When what waits leaves the house, and when people are reminded."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from accounts.models import Person
from core import clock
from core.jobs import Due
from notices.models import Outgoing
from notices.services.outgoing import is_anything_ready

OUTGOING_EVERY = timedelta(minutes=5)
REMINDED_FROM, REMINDED_UNTIL = time(7, 0), time(21, 30)
REMINDED_EVERY = timedelta(minutes=30)


def outgoing(now: datetime) -> Iterator[Due]:
    """Every five minutes, where something waits: all of it goes out as one message each."""
    if is_anything_ready(now):
        yield _due(_slot(now, OUTGOING_EVERY))
    first = Outgoing.objects.filter(state="queued", next_try_at__gt=now).order_by("next_try_at")
    if coming := first.values_list("next_try_at", flat=True).first():
        yield _due(_slot(coming + OUTGOING_EVERY, OUTGOING_EVERY))


def reminders(now: datetime) -> Iterator[Due]:
    """Every half hour of the day that people are awake: the last one that has begun, and the next.

    A run looks at all facts there are, however long nobody looked: nothing is left over from those
    that were missed.
    """
    if not Person.objects.exists():
        return
    today = clock.local_date(now)
    first, last = clock.at(today, REMINDED_FROM), clock.at(today, REMINDED_UNTIL)
    slot = min(_slot(now, REMINDED_EVERY), last)
    if slot >= first:
        yield _due(slot)
    coming = max(first, _slot(now, REMINDED_EVERY) + REMINDED_EVERY)
    if coming > last:
        coming = clock.at(today + timedelta(days=1), REMINDED_FROM)
    yield _due(coming)


def _due(at: datetime) -> Due:
    return Due(str(clock.local_date(at)), at)


def _slot(now: datetime, every: timedelta) -> datetime:
    """The beginning of the stretch of the day that an instant falls in."""
    midnight = clock.start_of(clock.local_date(now))
    return midnight + (now - midnight) // every * every
