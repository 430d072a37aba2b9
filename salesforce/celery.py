"""The job runner. Correctness never rests on it: what is due stands in the database."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")

app = Celery("salesforce")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def take_up(sender: Any, **_: Any) -> None:
    """What a worker of this name had begun when it died goes back into the queue at once."""
    from core.jobs import jobs_take_up

    jobs_take_up(worker=sender.hostname)
