"""Celery tasks of performance."""

from celery import shared_task

from core.jobs import job_running
from performance.services.reckoning import quarter_go_on


@shared_task(name="performance.tasks.appraisal_run")
def appraisal_run(run_id: int) -> None:
    """Reckon a quarter for everybody; a message that comes twice does it once."""
    with job_running(run_id) as running:
        if running:
            quarter_go_on(running=running)
