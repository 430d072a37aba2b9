"""Celery tasks of the books."""

from celery import shared_task

from core.jobs import job_running
from payroll.services import close_go_on, final_go_on, group_go_on, shadow_go_on
from payroll.simulation.services import simulation_go_on


@shared_task(name="payroll.tasks.close_run")
def close_run(run_id: int) -> None:
    """Bring a close of a month on; a message that comes twice, or late, does it once."""
    with job_running(run_id) as running:
        if running:
            close_go_on(running=running)


@shared_task(name="payroll.tasks.close_group_run")
def close_group_run(run_id: int) -> None:
    """Close one group of salespeople, a part of a close."""
    with job_running(run_id) as running:
        if running:
            group_go_on(running=running)


@shared_task(name="payroll.tasks.simulation_run")
def simulation_run(run_id: int) -> None:
    """Reckon a month under a draft of the policy; nothing is posted."""
    with job_running(run_id) as running:
        if running:
            simulation_go_on(running=running)


@shared_task(name="payroll.tasks.shadow_run")
def shadow_run(run_id: int) -> None:
    """Reckon a month in the shadow; a message that comes twice does it once."""
    with job_running(run_id) as running:
        if running:
            shadow_go_on(running=running)


@shared_task(name="payroll.tasks.final_run")
def final_run(run_id: int) -> None:
    """Make a month final whose people have been heard, where the company lets the program."""
    with job_running(run_id) as running:
        if running:
            final_go_on(running=running)
