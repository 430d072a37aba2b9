"""Celery tasks of the ground floor."""

from celery import shared_task

from core import clock
from core.files.services import orphans_sweep
from core.imports.services import import_go_on
from core.jobs import job_running, jobs_due, jobs_resume
from core.spelling import spellings_go_on


@shared_task(name="core.tasks.tick")
def tick() -> int:
    """Once a minute: find what is due and unfinished, and bring on what came to a stop.

    Right however often it runs, or how late.
    """
    now = clock.now()
    jobs_due(now=now)
    return jobs_resume(now=now)


@shared_task(name="core.tasks.import_run")
def import_run(run_id: int) -> None:
    """Look through files that were sent, or load them; a message that comes twice does it once."""
    with job_running(run_id) as running:
        if running:
            import_go_on(running=running)


@shared_task(name="core.tasks.files_sweep")
def files_sweep(run_id: int) -> None:
    """Take away the bytes of files that came to no row."""
    with job_running(run_id) as running:
        if running:
            running.finish(outcome={"swept": orphans_sweep()})


@shared_task(name="core.tasks.spelling_run")
def spelling_run(run_id: int) -> None:
    """Spell new names for the search; a message that comes twice spells them once."""
    with job_running(run_id) as running:
        if running:
            spellings_go_on(running=running)
