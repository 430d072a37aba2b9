"""Celery tasks of claims and loans."""

from celery import shared_task

from claims.services import loans_go_on
from core.jobs import job_running


@shared_task(name="claims.tasks.loans_run")
def loans_run(run_id: int) -> None:
    """Count the goods that should be back; a message that comes twice does it once."""
    with job_running(run_id) as running:
        if running:
            loans_go_on(running=running)
