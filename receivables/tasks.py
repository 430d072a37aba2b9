"""Celery tasks of collections."""

from celery import shared_task

from core.jobs import job_running
from receivables.bank.services import bank_go_on
from receivables.services import unpaid_go_on


@shared_task(name="receivables.tasks.unpaid_run")
def unpaid_run(run_id: int) -> None:
    """See what is unpaid today; a message that comes twice, or late, does it once."""
    with job_running(run_id) as running:
        if running:
            unpaid_go_on(running=running)


@shared_task(name="receivables.tasks.bank_run")
def bank_run(run_id: int) -> None:
    """Take the lines of a bank's file and match them; a message that comes twice does it once."""
    with job_running(run_id) as running:
        if running:
            bank_go_on(running=running)
