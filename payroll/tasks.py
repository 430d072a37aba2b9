"""Celery tasks of the books."""

from celery import shared_task

from core.jobs import job_claim, job_fail, job_finish, progress_of
from core.months import Month
from payroll.services import CannotClose, close_length, month_close


@shared_task(name="payroll.tasks.close_run")
def close_run(run_id: int) -> None:
    """Run a requested close of a month; a message that comes twice runs once."""
    run = job_claim(run_id)
    if run is None:
        return
    try:
        month = Month.parse(run.subject)
        with progress_of(run, steps=close_length(month)) as advance:
            closes = month_close(month=month, actor=run.requested_by, progress=advance)
    except CannotClose as refusal:
        job_fail(run, error=str(refusal))
        return
    except Exception as error:
        # What it was is for the log, where the traceback goes; a reader gets its name alone.
        job_fail(run, error=type(error).__name__)
        raise
    done = next(closed for closed in closes if closed.month == month)
    job_finish(run, outcome={"posted": done.posted, "reversed": done.reversed})
