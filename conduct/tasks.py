"""Celery tasks of conduct."""

from celery import shared_task

from conduct.suspicions.services import suspicions_go_on
from core.jobs import job_running


@shared_task(name="conduct.tasks.suspicions_run")
def suspicions_run(run_id: int) -> None:
    """Look for suspicions; a message that comes twice raises each once."""
    with job_running(run_id) as running:
        if running:
            suspicions_go_on(running=running)
