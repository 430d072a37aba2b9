"""The job runner. Correctness never rests on it: what is due stands in the database."""

import logging.config
import os
from typing import Any

import structlog
from celery import Celery, signals

from core import broker_folder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")

broker_folder.use()
app = Celery("salesforce")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def _log_as_the_program_does(**_: Any) -> None:
    # That somebody listens is what keeps Celery from setting up its own.
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@signals.worker_ready.connect
def _worker_is_there(sender: Any, **_: Any) -> None:
    from core.heartbeats import beating
    from core.jobs import jobs_take_up

    beating(kind="worker", name=str(sender.hostname))
    # What a worker of this name had begun when it died goes back into the queue at once.
    jobs_take_up(worker=str(sender.hostname))


@signals.beat_init.connect
def _beat_is_there(**_: Any) -> None:
    from core.heartbeats import beating

    beating(kind="beat")


@signals.task_prerun.connect
def _say_in_the_log_what_runs(task: Any, args: Any, **_: Any) -> None:
    """The job and the number of its run stand in every line that it logs."""
    number = next((value for value in args or () if isinstance(value, int)), None)
    structlog.contextvars.bind_contextvars(job=task.name, job_run=number)


@signals.task_postrun.connect
def _say_it_no_more(**_: Any) -> None:
    structlog.contextvars.unbind_contextvars("job", "job_run")
