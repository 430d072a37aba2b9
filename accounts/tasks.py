"""Celery tasks about people and logins."""

from celery import shared_task

from accounts.logins.letters import letter_send
from accounts.services.positions import positions_take_effect
from core import clock
from core.jobs import job_running


@shared_task(name="accounts.tasks.letter", ignore_result=True)
def letter(email: str, address: str, language: str) -> None:
    """Send a one-time link, where somebody has that e-mail. The page that asked says nothing."""
    letter_send(email=email, address=address, language=language)


@shared_task(name="accounts.tasks.positions_run")
def positions_run(run_id: int) -> None:
    """Let what is due take effect; a message that comes twice, or late, does it once."""
    with job_running(run_id) as running:
        if running:
            running.begin(steps=1)("positions")
            running.finish(outcome=positions_take_effect(as_of=clock.today()))
