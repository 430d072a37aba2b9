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
    _limit_the_disk()
    for name in settings.FAULT_GUARD_OFF:
        GUARDS[name]()
    _tell_what_is_taken()


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


def _limit_the_disk() -> None:
    """SQLite's database grows to no more pages than the file `pages` says, while it is there."""
    from django.db.backends.signals import connection_created

    def limited(connection: Any, **_kwargs: Any) -> None:
        kept = Path(settings.VAR_DIR) / "pages"
        if connection.vendor == "sqlite" and kept.exists():
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA max_page_count = {int(kept.read_text())}")

    connection_created.connect(limited, weak=False)


def _tell_what_is_taken() -> None:
    """Every run a worker takes leaves its number in the file `taken`."""
    from core import jobs

    claim = jobs.job_claim

    def told(run_id: int, *args: Any, **kwargs: Any) -> Any:
        run = claim(run_id, *args, **kwargs)
        if run is not None:
            with (Path(settings.VAR_DIR) / "taken").open("a") as kept:
                kept.write(f"{run_id}\n")
        return run

    jobs.job_claim = told


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
