"""The only clock: the company's, Asia/Shanghai (TIME-1); instants are kept in UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

COMPANY_ZONE = ZoneInfo("Asia/Shanghai")

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC; or the one `set_to` says."""
    return _set_to.get() or datetime.now(UTC)


def today() -> date:
    """The company's date now."""
    return local_date(now())


@contextmanager
def set_to(instant: datetime | None) -> Iterator[None]:
    """Set the clock for this thread (tests, `--as-of`, simulation); `None` lets it run."""
    token = _set_to.set(instant.astimezone(UTC) if instant else None)
    try:
        yield
    finally:
        _set_to.reset(token)


def local(instant: datetime) -> datetime:
    """The instant on the company's clock."""
    return instant.astimezone(COMPANY_ZONE)


def local_date(instant: datetime) -> date:
    """The company's date at that instant."""
    return local(instant).date()


@lru_cache(maxsize=10_000)
def at(day: date, wall: time) -> datetime:
    """The instant (UTC) at which the company's clock shows that day and time."""
    return datetime.combine(day, wall, COMPANY_ZONE).astimezone(UTC)


def start_of(day: date) -> datetime:
    """The first instant of a day on the company's clock, in UTC."""
    return at(day, time.min)


def end_of(day: date) -> datetime:
    """The first instant after a day on the company's clock, in UTC."""
    return at(day + timedelta(days=1), time.min)


def from_local(naive: datetime) -> datetime:
    """The instant (UTC) of a wall-clock reading without offset, as files carry it."""
    return naive.replace(tzinfo=COMPANY_ZONE).astimezone(UTC)
