"""Jobs of this app, for Celery: ids in, one service called."""

from celery import shared_task

from core.jobs import job_running
from customers.services.likeness import likeness_go_on


@shared_task(name="customers.tasks.likeness_run")
def likeness_run(run_id: int) -> None:
    """Index firms that are new or called otherwise; a message that comes twice does it once."""
    with job_running(run_id) as running:
        if running:
            likeness_go_on(running=running)
