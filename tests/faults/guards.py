"""Points at which a process can be held, and guards that can be taken away, in test processes only.

A hold is a file `hold/NAME` in the program's folder: who comes to the point leaves `NAME.PID`
beside it and waits for the file to go. Where `kept-NAME` takes its place, those who are there stay
and whoever comes after them passes. Guards are named in the environment (FAULT_GUARD_OFF).
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

READ, HALF, PULSE, POSTED, REMEMBERED = "read", "half", "pulse", "posted", "remembered"
STATEMENT, READ_ALL = "statement", "read-all"


def apply() -> None:
    _hold_after_reading()
    _hold_half_way()
    _hold_around_the_memory()
    _hold_the_pulse()
    _hold_at_a_statement()
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
    while (folder / point).exists() or (folder / f"kept-{point}").exists():
        time.sleep(0.01)
    here.unlink(missing_ok=True)


def _hold_after_reading() -> None:
    """Between what a close has read and what it posts; and the same of its part for everybody."""
    from payroll.services import close_department, close_groups

    read_snapshot = close_groups.read_snapshot

    @contextmanager
    def held() -> Iterator[None]:
        with read_snapshot():
            yield
        hold(READ)

    @contextmanager
    def held_at_last() -> Iterator[None]:
        with held():
            yield
        hold(READ_ALL)

    close_groups.read_snapshot, close_department.read_snapshot = held, held_at_last


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


def _hold_around_the_memory() -> None:
    """When all is posted and before it is remembered; and when that is done, not yet committed."""
    from payroll.services import close_department, close_groups

    remember = close_groups.remember

    def held(**what: Any) -> None:
        hold(POSTED)
        remember(**what)
        hold(REMEMBERED)

    close_groups.remember = close_department.remember = held


def _hold_the_pulse() -> None:
    """Before a run says that it is alive."""
    from core import jobs

    write = jobs._Pulse._write

    def held(self: Any) -> None:
        hold(PULSE)
        write(self)

    jobs._Pulse._write = held


def _hold_at_a_statement() -> None:
    """Before a statement of a job, the one whose number the file `stop-at` says.

    All jobs of all processes count together, a byte in the file `statements` for each.
    """
    from celery import current_task
    from django.db.backends.signals import connection_created

    folder = Path(settings.VAR_DIR)

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if current_task and current_task.name.startswith("payroll."):
            with (folder / "statements").open("ab") as count:
                count.write(b".")
                count.flush()
                number = count.tell()
            stop_at = folder / "stop-at"
            if stop_at.exists() and int(stop_at.read_text()) == number:
                hold(STATEMENT)
        return execute(sql, params, many, context)

    def listen(connection: Any, **_kwargs: Any) -> None:
        # Before all others, which are taken off from the end.
        if counted not in connection.execute_wrappers:
            connection.execute_wrappers.insert(0, counted)

    connection_created.connect(listen, weak=False)


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


def _without_hour() -> None:
    """What is due is due hours before."""
    from core import jobs

    every_job = jobs.jobs

    def hasty(schedule: Any) -> Any:
        return schedule and (
            lambda now: [replace(due, at=due.at - timedelta(hours=2)) for due in schedule(now)]
        )

    jobs.jobs = lambda: [replace(job, schedule=hasty(job.schedule)) for job in every_job()]


def _without_again() -> None:
    """Every message is sent once, and a tick sends none again."""
    from core import jobs

    resume, send = jobs.jobs_resume, jobs.jobs_send

    def resumed(*, now: Any) -> int:
        jobs.jobs_send = lambda runs: send(run for run in runs if run.state != "queued")
        try:
            return resume(now=now)
        finally:
            jobs.jobs_send = send

    jobs.jobs_resume = resumed
    from core import tasks

    tasks.jobs_resume = resumed


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


def _without_version() -> None:
    """A close posts what it read, whoever posted since it read; `entry_once` is for the test to
    drop, which would stand in."""
    from payroll.models import MonthGroup
    from payroll.services import close_groups

    move_on = close_groups._GroupClose._move_on

    def moved(self: Any, after: Any) -> None:
        self.seen.version = MonthGroup.objects.get(pk=self.seen.pk).version
        move_on(self, after)

    close_groups._GroupClose._move_on = moved


def _without_patience() -> None:
    """A worker takes no for an answer."""
    from core import jobs

    jobs._patiently = lambda step: step()


def _without_one_commit() -> None:
    """What is remembered is kept before the entries are posted, and counts whatever the version."""
    from payroll.services import close_groups, remembering

    given = remembering._given
    remembering._given = lambda _version, first_month: given(0, first_month)
    remember, post = close_groups.remember, close_groups._GroupClose._post

    def remembered_first(self: Any, people: Any, found: Any, after: Any) -> None:
        if found.read:
            remember(
                part=self._part,
                version=0,
                first_month=self.first_month,
                context=found.assessment.context,
                read=found.read,
                share=close_groups.of_group(people),
            )
        post(self, people, found, after)

    close_groups.remember = lambda **_what: None
    close_groups._GroupClose._post = remembered_first


def _without_snapshot_memory() -> None:
    """What is remembered is what the database says when it is posted, not what was read."""
    from core.db import plans_steady
    from core.readings import Told, _answers_now
    from payroll.services import close_groups

    remember = close_groups.remember

    def remembered(*, read: Told, **what: Any) -> None:
        plans_steady()
        remember(read=Told(read.questions, _answers_now(read.questions)), **what)

    close_groups.remember = remembered


def _without_whole_messages() -> None:
    """The folder's messages are read as they are found."""
    from kombu.transport import filesystem

    from core import broker_folder

    broker_folder.Channel._get = filesystem.Channel._get


def _without_return() -> None:
    """What a dead worker had begun stays with it."""
    from core import jobs

    jobs._take_back = lambda lost: None


def _without_counted_once() -> None:
    """Money is looked at, not held, and handed in whatever became of it meanwhile."""
    from receivables.models import Payment
    from receivables.services import counter

    def found(person: Any, payments: Any) -> list[Any]:
        rows = Payment.objects.in_hand().filter(pk__in=payments, slip__person=person)
        return list(rows.order_by("pk"))

    def hand_in(*, actor: Any, rows: Any, handover: Any) -> None:
        Payment.objects.filter(pk__in=[row.pk for row in rows]).update(
            handed_in_at=handover.counted_at, handover=handover
        )

    counter._locked, counter._hand_in = found, hand_in


def _without_settled_once() -> None:
    """Whoever settles a difference writes over what was settled before."""
    from receivables.models import Discrepancy
    from receivables.services import discrepancies

    def change(discrepancy: Any, **values: Any) -> None:
        Discrepancy.objects.filter(pk=discrepancy.pk).update(**values)

    discrepancies._change = change


def _without_decided_once() -> None:
    """Whoever decides on a claim writes over what was decided since it was looked at."""
    from claims.models import Expense
    from claims.services import deciding

    def change(claim: Any, **values: Any) -> None:
        Expense.objects.filter(pk=claim.pk).update(**values)

    deciding.change = change


def _without_invoiced_once() -> None:
    """Nobody waits for others who invoice the same order."""
    from receivables.services import invoices

    invoices._lock = lambda order: None


GUARDS: dict[str, Callable[[], None]] = {
    "counted-once": _without_counted_once,
    "settled-once": _without_settled_once,
    "decided-once": _without_decided_once,
    "invoiced-once": _without_invoiced_once,
    "claim": _without_claim,
    "transaction": _without_transaction,
    "schedule": _without_schedule,
    "hour": _without_hour,
    "again": _without_again,
    "once": _without_once,
    "latest": _without_latest,
    "version": _without_version,
    "patience": _without_patience,
    "one-commit": _without_one_commit,
    "snapshot-memory": _without_snapshot_memory,
    "whole": _without_whole_messages,
    "return": _without_return,
}
