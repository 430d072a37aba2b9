"""Points at which a process can be held, and guards that can be taken away, in test processes only.

A hold is a file `hold/NAME` in the program's folder: who comes to the point leaves `NAME.PID`
beside it and waits for the file to go. Guards are named in the environment (FAULT_GUARD_OFF).
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from core import clock

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
    from payroll.services import close_department, close_groups

    read_snapshot = close_groups.read_snapshot

    @contextmanager
    def held() -> Iterator[None]:
        with read_snapshot():
            yield
        hold(READ)

    close_groups.read_snapshot = close_department.read_snapshot = held


def _hold_half_way() -> None:
    """In the middle of writing entries."""
    from payroll.services import posting

    rows_insert = posting.rows_insert

    @wraps(rows_insert)
    def held(*, rows: Any, **where: Any) -> None:
        middle = len(rows) // 2
        rows_insert(rows=rows[:middle], **where)
        hold(HALF)
        rows_insert(rows=rows[middle:], **where)

    posting.rows_insert = held


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
    """Every part of a run a worker takes leaves its number in the file `taken`."""
    from core import jobs

    claim = jobs._claim

    def told(run_id: int, *args: Any, **kwargs: Any) -> Any:
        run = claim(run_id, *args, **kwargs)
        if run is not None and run.parent_id:
            with (Path(settings.VAR_DIR) / "taken").open("a") as kept:
                kept.write(f"{run_id}\n")
        return run

    jobs._claim = told


# The guards.


def _without_claim() -> None:
    """Whoever is sent a part takes it, whatever became of it meanwhile."""
    from core import jobs
    from core.models import JobRun

    claim = jobs._claim

    def taken(run_id: int) -> Any:
        run = JobRun.objects.get(pk=run_id)
        if not run.parent_id:
            return claim(run_id)
        JobRun.objects.filter(pk=run_id).update(
            state=JobRun.State.RUNNING, attempt=run.attempt + 1, alive_at=clock.now()
        )
        return JobRun.objects.get(pk=run_id)

    jobs._claim = taken


def _without_transaction() -> None:
    """A close writes as it goes, and what is written stays."""
    from django.db.models import QuerySet

    from payroll.services import close_department, close_groups

    QuerySet.select_for_update = lambda self, **_kwargs: self  # there is nothing to hold it
    close_groups._GroupClose._post = close_groups._GroupClose._post.__wrapped__
    close_department._department_post = close_department._department_post.__wrapped__


def _without_schedule() -> None:
    """Due is only what fell due a moment ago, as in a beat that has no other memory."""
    from core import jobs

    every_job = jobs.jobs

    def forgetful(schedule: Any) -> Any:
        return schedule and (
            lambda now: [due for due in schedule(now) if now - due.at < timedelta(seconds=10)]
        )

    jobs.jobs = lambda: [replace(job, schedule=forgetful(job.schedule)) for job in every_job()]


def _without_once() -> None:
    """A run for everything due at every tick: neither looked for nor refused by the database."""
    from core.models import JobRun

    def created(defaults: Any = None, **values: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS jobrun_once_per_due_time")
        return JobRun.objects.create(**values), True

    JobRun.objects.get_or_create = created


def _without_latest() -> None:
    """A close is as of its own clock, though the month was closed as of a later instant."""
    from payroll.services import close_groups

    begin = close_groups._GroupClose.begin

    def begun(*, as_of: Any, **kwargs: Any) -> Any:
        found = begin(as_of=as_of, **kwargs)
        found.as_of = as_of
        return found

    close_groups._GroupClose.begin = begun


def _without_return() -> None:
    """What a dead worker had begun stays with it."""
    from core import jobs

    jobs._take_back = lambda lost: None


GUARDS: dict[str, Callable[[], None]] = {
    "claim": _without_claim,
    "transaction": _without_transaction,
    "schedule": _without_schedule,
    "once": _without_once,
    "latest": _without_latest,
    "return": _without_return,
}
