"""Points at which a process can be held, and guards that can be taken away, in test processes only.

A hold is a file `hold/NAME` in the program's folder: who comes to the point leaves `NAME.PID`
beside it and waits for the file to go. Guards are named in the environment (FAULT_GUARD_OFF).
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings

READ, HALF = "read", "half"
POINTS = (READ, HALF)


def apply() -> None:
    _hold_after_reading()
    _hold_half_way()
    for name in settings.FAULT_GUARD_OFF:
        GUARDS[name]()


def hold(point: str) -> None:
    folder = Path(settings.VAR_DIR) / "hold"
    if not (folder / point).exists():
        return
    here = folder / f"{point}.{os.getpid()}"
    here.touch()
    while (folder / point).exists():
        time.sleep(0.01)
    here.unlink(missing_ok=True)


def _hold_after_reading() -> None:
    """Between what a close has read and what it posts."""
    from payroll.services import close

    read_snapshot = close.read_snapshot

    @contextmanager
    def held() -> Iterator[None]:
        with read_snapshot():
            yield
        hold(READ)

    close.read_snapshot = held


def _hold_half_way() -> None:
    """In the middle of writing entries."""
    from payroll.querysets import EntryQuerySet

    bulk_create = EntryQuerySet.bulk_create

    @wraps(bulk_create)
    def held(self: Any, objs: Any, *args: Any, **kwargs: Any) -> Any:
        entries = list(objs)
        middle = len(entries) // 2
        written = bulk_create(self, entries[:middle], *args, **kwargs)
        hold(HALF)
        return [*written, *bulk_create(self, entries[middle:], *args, **kwargs)]

    EntryQuerySet.bulk_create = held


# The guards.


def _without_claim() -> None:
    """Whoever is sent a run takes it, whatever became of it meanwhile."""
    from core import jobs
    from core.models import JobRun

    def taken(run_id: int, *_args: Any, **_kwargs: Any) -> Any:
        JobRun.objects.filter(pk=run_id).update(state=JobRun.State.RUNNING)
        return JobRun.objects.get(pk=run_id)

    jobs.job_claim = taken


def _without_transaction() -> None:
    """A close writes as it goes, and what is written stays."""
    from payroll.services import close

    close._post = close._post.__wrapped__


def _without_version() -> None:
    """A close posts what it found, whoever posted since it read."""
    from payroll.models import PayMonth
    from payroll.services import close

    post = close._post

    def posted(*, seen: Any, **kwargs: Any) -> Any:
        seen.version = PayMonth.objects.values_list("version", flat=True).get(pk=seen.pk)
        return post(seen=seen, **kwargs)

    close._post = posted


GUARDS: dict[str, Callable[[], None]] = {
    "claim": _without_claim,
    "transaction": _without_transaction,
    "version": _without_version,
}
