"""Celery tasks of attendance."""

from celery import shared_task

from attendance.services.pushing import pushes_sweep
from core.jobs import job_running


@shared_task(name="attendance.tasks.pushes_run")
def pushes_run(run_id: int) -> None:
    """Take away what is remembered of old messages; one that comes twice does it once."""
    with job_running(run_id) as running:
        if running:
            running.finish(outcome={"swept": pushes_sweep()})
