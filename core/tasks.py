"""Celery tasks of the ground floor."""

from celery import shared_task

from core.jobs import jobs_resume


@shared_task(name="core.tasks.tick")
def tick() -> int:
    """Once a minute: send every run that waits. Right however often it runs, or how late."""
    return len(jobs_resume())
