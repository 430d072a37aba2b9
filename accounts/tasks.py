"""Celery tasks of the logins."""

from celery import shared_task

from accounts.logins.letters import letter_send


@shared_task(name="accounts.tasks.letter", ignore_result=True)
def letter(email: str, address: str, language: str) -> None:
    """Send a one-time link, where somebody has that e-mail. The page that asked says nothing."""
    letter_send(email=email, address=address, language=language)
