"""Celery tasks of notices."""

from celery import shared_task

from core.jobs import job_running
from notices.services.outgoing import outgoing_go_on
from notices.services.reminding import reminders_go_on


@shared_task(name="notices.tasks.outgoing_run")
def outgoing_run(run_id: int) -> None:
    """Send what waits; a message that comes twice sends it once."""
    with job_running(run_id) as running:
        if running:
            outgoing_go_on(running=running)


@shared_task(name="notices.tasks.reminders_run")
def reminders_run(run_id: int) -> None:
    """Remind of what is due; a message that comes twice reminds once."""
    with job_running(run_id) as running:
        if running:
            reminders_go_on(running=running)
