"""Celery tasks of meetings, cleaning and trainings."""

from celery import shared_task

from core.jobs import job_running
from reports.services.coming import coming_days_make


@shared_task(name="reports.tasks.coming_run")
def coming_run(run_id: int) -> None:
    """Make the coming days ready; a message that comes twice does it once."""
    with job_running(run_id) as running:
        if running:
            coming_days_make(running=running)
