"""Celery tasks of the ground floor."""

from celery import shared_task

from core import clock
from core.jobs import jobs_due, jobs_resume


@shared_task(name="core.tasks.tick")
def tick() -> int:
    """Once a minute: find what is due and unfinished, and bring on what came to a stop.

    Right however often it runs, or how late.
    """
    now = clock.now()
    jobs_due(now=now)
    return jobs_resume(now=now)
