"""Celery tasks of collections."""

from celery import shared_task

from core.jobs import job_running
from receivables.services import unpaid_go_on


@shared_task(name="receivables.tasks.unpaid_run")
def unpaid_run(run_id: int) -> None:
    """See what is unpaid today; a message that comes twice, or late, does it once."""
    with job_running(run_id) as running:
        if running:
            unpaid_go_on(running=running)
