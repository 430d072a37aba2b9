"""Jobs people can see: due by the database's word, run once, told how far they are (adr/0011).

What is to be done stands in the database as a `JobRun`. The message to a worker is only a hint: a
`tick` a minute makes a run of whatever is due and unfinished and sends every run that waits, so
that nothing is lost with its broker, a worker, or a beat that slept.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from celery import current_app, current_task
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from core import clock
from core.db import PASSING
from core.models import JobRun
from core.once import asking
from core.services import audit

log = logging.getLogger(__name__)

ATTEMPTS = 5
LONGEST_PAUSE = timedelta(minutes=2 ** (ATTEMPTS - 2))
LOST_AFTER = timedelta(seconds=60)
ALIVE_EVERY = 10.0
SEND_AGAIN_AFTER = timedelta(minutes=2)
LOOK_AGAIN_AFTER = 0.5
State = JobRun.State
UNDER_WAY = JobRun.UNDER_WAY

Result = TypeVar("Result")


class JobRefused(Exception):
    """A job that cannot be done and will not be by trying again; the message says why."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done from an instant on: a job's kind decides what, the subject for what."""

    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of job: its Celery task, what people call it, and what of it is due or coming."""

    kind: str
    task: str
    label: str
    schedule: Callable[[datetime], Iterable[Due]] | None = None


def jobs() -> list[Job]:
    """Every kind of job, as `settings.JOBS` lists them."""
    return [
        Job(kind, task, label, import_string(schedule) if schedule else None)
        for kind, (task, label, schedule) in settings.JOBS.items()
    ]


# --- Asking and sending -------------------------------------------------------------------------


@transaction.atomic
def job_request(
    *, kind: str, subject: str, actor: Any = None, said: Mapping[str, Any] | None = None
) -> JobRun:
    """Ask for a job now; while one for the same subject is under way, that one is the answer.

    `said`: what the audit row says besides.
    """
    if waiting := JobRun.objects.filter(kind=kind, subject=subject, state__in=UNDER_WAY).first():
        return waiting
    run = JobRun.objects.create(kind=kind, subject=subject, requested_by=actor)
    if actor is not None:
        audit(actor=actor, action="ask", subject=f"job {run}", changes=dict(said or {}))
    _send_on_commit([run])
    return run


def jobs_due(*, now: datetime) -> list[JobRun]:
    """Make a run of everything that is due and has none yet. One job's trouble stops no other."""
    made = []
    for job, dues in _dues(now):
        for each in dues:
            if each.at > now:
                continue
            run, new = JobRun.objects.get_or_create(
                kind=job.kind, subject=each.subject, due_at=each.at, parent=None
            )
            if new:
                made.append(run)
    return made


def _dues(now: datetime) -> list[tuple[Job, list[Due]]]:
    """What every schedule that can be read says."""
    found = []
    with asking():
        for job in jobs():
            try:
                found.append((job, list(job.schedule(now)) if job.schedule else []))
            except Exception:
                log.exception("the schedule of %s cannot be read", job.kind)
    return found


def coming(*, now: datetime) -> list[tuple[Job, Due]]:
    """What is due next, the earliest first."""
    found = [(job, due) for job, dues in _dues(now) for due in dues if due.at > now]
    return sorted(found, key=lambda each: each[1].at)


def _send_on_commit(runs: Sequence[JobRun]) -> None:
    transaction.on_commit(lambda: jobs_send(runs), robust=True)


def jobs_send(runs: Iterable[JobRun]) -> None:
    """Tell workers of runs. Losing a message loses nothing: a later tick sends it again."""
    tasks = {job.kind: job.task for job in jobs()}
    for run in runs:
        JobRun.objects.filter(pk=run.pk).update(sent_at=clock.now())
        try:
            current_app.send_task(
                tasks[run.kind], args=[run.pk], expires=1.5 * SEND_AGAIN_AFTER.total_seconds()
            )
        except Exception:
            log.warning("the broker does not take messages", exc_info=True)
            JobRun.objects.filter(pk=run.pk).update(sent_at=None)
            return


def jobs_resume(*, now: datetime) -> int:
    """Bring everything on that came to a stop: returns how many runs were sent.

    Runs whose worker died go back into the queue, runs whose parts are done go on, and what waits
    in the queue is sent again. An instant that is yet to come is from before the clock was set
    back, and holds up nothing.
    """
    silent = Q(alive_at__lt=now - LOST_AFTER) | Q(alive_at__gt=now + LOST_AFTER)
    _take_back(JobRun.objects.filter(silent, state=State.RUNNING))
    for run in JobRun.objects.filter(state=State.WAITING):
        job_join(run.pk)
    ready = JobRun.objects.filter(
        _pause_is_over(now),
        Q(sent_at=None) | Q(sent_at__lte=now - SEND_AGAIN_AFTER) | Q(sent_at__gt=now),
        state=State.QUEUED,
    )
    waiting = list(ready.order_by("id"))
    jobs_send(waiting)
    return len(waiting)


def jobs_take_up(*, worker: str) -> None:
    """A worker starts: what one of its name had begun died with it, and goes back at once."""
    _take_back(JobRun.objects.filter(state=State.RUNNING, worker=worker))
    jobs_resume(now=clock.now())


def _take_back(lost: QuerySet[JobRun]) -> None:
    for run in lost:
        _end_attempt(run, error="WorkerLost", pause=timedelta(0))


# --- Running ------------------------------------------------------------------------------------


@dataclass
class Running:
    """A run in somebody's hands."""

    run: JobRun
    pulse: "_Pulse" = field(repr=False)

    def begin(self, *, steps: int, done: int = 0) -> Callable[[str], None]:
        """Say how many steps there are; returns what to call with the name of each as it begins."""
        self.run.steps = steps
        self.pulse.steps, self.pulse.done = steps, done - 1
        return self.pulse.advance

    def finish(self, *, outcome: dict[str, Any]) -> None:
        """The run has come to its end."""
        _close(self.run, state=State.DONE, outcome=outcome, done=self.run.steps, error="")

    def split(self, *, kind: str, subjects: Sequence[str], details: dict[str, Any]) -> None:
        """Hand the run out in parts; when all of them are done it is sent again."""
        with transaction.atomic():
            _close(
                self.run,
                state=State.WAITING,
                details=details,
                steps=len(subjects) + 1,
                done=0,
                finished_at=None,
            )
            parts = JobRun.objects.bulk_create(
                JobRun(parent=self.run, kind=kind, subject=subject, due_at=self.run.due_at)
                for subject in subjects
            )
            _send_on_commit(parts)


@contextmanager
def job_running(run_id: int) -> Iterator[Running | None]:
    """Take a run for oneself; None when somebody else has it, it is done, or not due again.

    What goes wrong inside is kept on the run: a `JobRefused` ends it, anything else is tried again
    after a growing pause, and the last time raises the alarm.
    """
    run = _patiently(lambda: _claim(run_id))
    if run is None:
        yield None
        return
    running = Running(run, _Pulse(run))
    try:
        with running.pulse:
            yield running
    except JobRefused as refusal:
        said = str(refusal)[:2000]
        _patiently(lambda: _close(run, state=State.FAILED, error=said))
    except Exception as error:
        log.warning("job %s %s stumbled", run.kind, run.pk, exc_info=True)
        # What it was is for the log, where the traceback goes; a reader gets its name alone.
        name = type(error).__name__
        _patiently(lambda: _end_attempt(run, error=name))
    if run.parent_id:
        job_join(run.parent_id)


def _patiently(step: Callable[[], Result]) -> Result:
    """Take a step, and wait for a database that is away or busy, for as long as others do.

    A worker that cannot reach it has nothing better to do. If it went on it would use up message
    after message, each sent again only minutes later, and would keep a run that it gave up.
    The step is one that may be taken twice: a conditional change.
    """
    until = time.monotonic() + LOST_AFTER.total_seconds()
    for tried in count():
        try:
            return step()
        except PASSING as error:
            if time.monotonic() > until:
                raise
            if not tried:
                log.warning("waiting for the database: %s", type(error).__name__)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        time.sleep(LOOK_AGAIN_AFTER)
    raise AssertionError  # counting has no end


def _pause_is_over(now: datetime) -> Q:
    """Which runs may be tried (again)."""
    return Q(next_try_at=None) | Q(next_try_at__lte=now) | Q(next_try_at__gt=now + LONGEST_PAUSE)


def _claim(run_id: int) -> JobRun | None:
    now = clock.now()
    run = JobRun.objects.filter(pk=run_id).first()
    if run is None:
        return None
    claimed = JobRun.objects.filter(
        _pause_is_over(now),
        pk=run_id,
        state=State.QUEUED,
        attempt=run.attempt,
    ).update(
        state=State.RUNNING,
        attempt=run.attempt + 1,
        started_at=run.started_at or now,
        alive_at=now,
        worker=_worker_name(),
    )
    return JobRun.objects.get(pk=run_id) if claimed else None


def _worker_name() -> str:
    return (current_task.request.hostname or "")[:120] if current_task else ""


def _close(run: JobRun, **values: Any) -> bool:
    """Change a run that is still in our hands: not if it was taken back meanwhile."""
    values = {"finished_at": clock.now(), "now_doing": "", **values}
    ours = JobRun.objects.filter(pk=run.pk, state=State.RUNNING, attempt=run.attempt)
    return bool(ours.update(**values))


def _end_attempt(run: JobRun, *, error: str, pause: timedelta | None = None) -> None:
    """An attempt came to nothing: queue the next one, after 1, 2, 4, 8 minutes, or give up."""
    if run.attempt >= ATTEMPTS:
        if _close(run, state=State.FAILED, error=error):
            log.error("job failed: %s %s after %s attempts: %s", run.kind, run.pk, ATTEMPTS, error)
        return
    pause = timedelta(minutes=2 ** (run.attempt - 1)) if pause is None else pause
    _close(
        run,
        state=State.QUEUED,
        error=error,
        next_try_at=clock.now() + pause if pause else None,
        sent_at=None,
        finished_at=None,
    )


def job_join(run_id: int) -> None:
    """Let a run go on whose parts are all done; it fails with them. The database is asked, and
    whoever asks first does it."""
    parts = list(JobRun.objects.filter(parent=run_id).values_list("state", flat=True))
    done = parts.count(State.DONE)
    waiting = JobRun.objects.filter(pk=run_id, state=State.WAITING)
    if any(state in UNDER_WAY for state in parts):
        waiting.update(done=done, alive_at=clock.now())
        return
    run = waiting.first()
    if run is None:
        return
    if done < len(parts):
        error = f"{len(parts) - done} / {len(parts)}"
        if waiting.update(state=State.FAILED, error=error, finished_at=clock.now()):
            log.error("job failed: %s %s: parts failed: %s", run.kind, run.pk, error)
    elif waiting.update(state=State.QUEUED, done=done, next_try_at=None, sent_at=None, attempt=0):
        jobs_send([run])


@transaction.atomic
def job_again(*, run: JobRun, actor: Any = None, said: Mapping[str, Any] | None = None) -> bool:
    """Try a failed run again, from where it stopped, as if for the first time.

    Says whether it had failed; otherwise nothing happens. `said`: what the audit row says besides.
    """
    again = {"state": State.QUEUED, "attempt": 0, "next_try_at": None, "finished_at": None}
    parts = JobRun.objects.filter(parent=run, state=State.FAILED)
    failed_parts = list(parts)
    parts.update(**again)
    failed = JobRun.objects.filter(pk=run.pk, state=State.FAILED)
    moved = failed.update(**{**again, "state": State.WAITING} if failed_parts else again)
    if moved:
        changes = {"state": [str(State.FAILED), str(State.QUEUED)], **(said or {})}
        audit(actor=actor, action="run again", subject=f"job {run}", changes=changes)
        _send_on_commit(failed_parts or [run])
    return bool(moved)


class _Pulse(threading.Thread):
    """Says that a run is alive, and how far it is, through a connection of its own: the work may
    be in a transaction that nobody can look into."""

    def __init__(self, run: JobRun) -> None:
        super().__init__(name=f"pulse of job {run.pk}", daemon=True)
        self.run_id, self.attempt = run.pk, run.attempt
        self.steps, self.done, self.now_doing = run.steps, -1, ""
        self._changed, self._ended = threading.Event(), False

    def advance(self, step: str) -> None:
        self.done, self.now_doing = min(self.done + 1, self.steps), step[:80]
        self._changed.set()

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_exception: object) -> None:
        self._ended = True
        self._changed.set()
        self.join()

    def run(self) -> None:
        try:
            while True:
                self._changed.wait(ALIVE_EVERY)
                self._changed.clear()
                if self._ended:
                    return
                try:
                    self._write()
                except Exception:  # the next beat may get through, on another connection
                    self._let_go()
        finally:
            self._let_go()

    @staticmethod
    def _let_go() -> None:
        with suppress(Exception):
            connection.close()

    def _write(self) -> None:
        ours = JobRun.objects.filter(pk=self.run_id, state=State.RUNNING, attempt=self.attempt)
        progress = {"steps": self.steps, "done": max(self.done, 0), "now_doing": self.now_doing}
        ours.update(alive_at=clock.now(), **(progress if self.done >= 0 else {}))
