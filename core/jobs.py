"""Jobs people can see: asked for, run once, told how far they are.

What is to be done stands in the database as a `JobRun`. The message to a worker is only a hint:
a `tick` sends it again for every run that waits, so that no run is lost with its broker.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection, transaction

from core import clock
from core.models import JobRun

LOST_AFTER = timedelta(minutes=35)
UNDER_WAY = (JobRun.State.QUEUED, JobRun.State.RUNNING)


@transaction.atomic
def job_request(*, kind: str, subject: str, actor: Any = None) -> JobRun:
    """Ask for a job; while one for the same subject is under way, that one is the answer."""
    if waiting := JobRun.objects.filter(kind=kind, subject=subject, state__in=UNDER_WAY).first():
        return waiting
    run = JobRun.objects.create(kind=kind, subject=subject, requested_by=actor)
    transaction.on_commit(lambda: job_send(run), robust=True)
    return run


def job_send(run: JobRun) -> None:
    """Tell a worker of a run. Losing the message loses nothing: the next tick sends it again."""
    current_app.send_task(settings.JOBS[run.kind], args=[run.pk])


def job_claim(run_id: int) -> JobRun | None:
    """Take a queued run for oneself; None when somebody else has it or it is done."""
    claimed = JobRun.objects.filter(pk=run_id, state=JobRun.State.QUEUED).update(
        state=JobRun.State.RUNNING, started_at=clock.now()
    )
    return JobRun.objects.get(pk=run_id) if claimed else None


def job_finish(run: JobRun, *, outcome: dict[str, Any]) -> None:
    _close(run, state=JobRun.State.DONE, outcome=outcome, done=run.steps, now_doing="")


def job_fail(run: JobRun, *, error: str) -> None:
    _close(run, state=JobRun.State.FAILED, error=error[:2000], now_doing="")


def _close(run: JobRun, **values: Any) -> None:
    JobRun.objects.filter(pk=run.pk, state=JobRun.State.RUNNING).update(
        finished_at=clock.now(), **values
    )


def jobs_resume() -> list[JobRun]:
    """Queued runs are sent again, and runs whose worker died go back into the queue."""
    JobRun.objects.filter(
        state=JobRun.State.RUNNING, started_at__lt=clock.now() - LOST_AFTER
    ).update(state=JobRun.State.QUEUED)
    waiting = list(JobRun.objects.filter(state=JobRun.State.QUEUED))
    for run in waiting:
        job_send(run)
    return waiting


@contextmanager
def progress_of(run: JobRun, *, steps: int) -> Iterator[Callable[[str], None]]:
    """Yields a function to call with the name of each step as it begins.

    The work itself may run in a transaction that nobody else can look into, so the progress is
    written through a connection of its own.
    """
    JobRun.objects.filter(pk=run.pk).update(steps=steps)
    begun = 0
    with ThreadPoolExecutor(max_workers=1) as writer:

        def advance(step: str) -> None:
            nonlocal begun
            writer.submit(_write_progress, run.pk, begun, step)
            begun = min(begun + 1, steps)

        try:
            yield advance
        finally:
            writer.submit(connection.close)
    run.steps = steps


def _write_progress(run_id: int, done: int, step: str) -> None:
    JobRun.objects.filter(pk=run_id).update(done=done, now_doing=step[:80])
