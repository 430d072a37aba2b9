"""A close as a job: split over workers by groups of salespeople, joined by the database."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from core import clock
from core.db import statistics_ensure
from core.jobs import JobRefused, Running
from core.models import JobRun
from core.months import Month
from payroll.assessment import department_steps, group_steps
from payroll.groups import group_numbers
from payroll.models import PayMonth
from payroll.services.close import (
    CannotClose,
    close_check,
    close_length,
    month_close,
    months_to_close,
)
from payroll.services.close_department import department_close
from payroll.services.close_groups import group_close
from payroll.services.closing import Closed


def close_go_on(*, running: Running) -> None:
    """Begin a close, or end it once its groups are done. Raises `JobRefused`."""
    month = Month.parse(running.run.subject)
    parts = JobRun.objects.filter(parent=running.run)
    if parts.exists():
        _end(running, month, parts)
    elif _is_done_already(running.run, month):
        running.finish(outcome={"already": True})
    else:
        try:
            _begin(running, month)
        except CannotClose as refusal:
            raise JobRefused(str(refusal)) from None


def _is_done_already(run: JobRun, month: Month) -> bool:
    """Whether another close came after a scheduled one fell due; one asked for is always run."""
    return (
        run.kind != "close"
        and PayMonth.objects.filter(month=month, closed_as_of__gte=run.due_at).exists()
    )


def _begin(running: Running, month: Month) -> None:
    as_of = clock.now()
    close_check(month=month, as_of=as_of)
    statistics_ensure()
    numbers = group_numbers()
    if len(numbers) == 1:
        advance = running.begin(steps=close_length(month))
        closes = month_close(
            month=month, as_of=as_of, actor=running.run.requested_by, progress=advance
        )
        running.finish(outcome=_outcome(month, closes))
        return
    running.split(
        kind="close_group",
        subjects=[f"{month}/{number}" for number in numbers],
        details={
            "as_of": as_of.isoformat(),
            "months": [str(each) for each in months_to_close(month)],
        },
    )


def group_go_on(*, running: Running) -> None:
    """Close one group, as its run and the close it is a part of say."""
    close = JobRun.objects.select_related("requested_by").get(parts=running.run)
    month, number = running.run.subject.split("/")
    months, as_of = _details(close)
    advance = running.begin(steps=len(months) * len(group_steps()))
    closes = group_close(
        months=months,
        number=int(number),
        as_of=as_of,
        actor=close.requested_by,
        progress=advance,
    )
    running.finish(outcome=_outcome(Month.parse(month), closes))


def _end(running: Running, month: Month, parts: "QuerySet[JobRun]") -> None:
    months, as_of = _details(running.run)
    advance = running.begin(steps=len(parts) + len(department_steps()), done=len(parts))
    closes = department_close(
        months=months, as_of=as_of, actor=running.run.requested_by, progress=advance
    )
    found = Closed(month)
    for part in parts:
        found += Closed(month, **part.outcome)
    running.finish(outcome=_outcome(month, [found, *closes]))


def _details(close: JobRun) -> tuple[list[Month], datetime]:
    months = [Month.parse(month) for month in close.details["months"]]
    return months, datetime.fromisoformat(close.details["as_of"])


def _outcome(month: Month, closes: Iterable[Closed]) -> dict[str, Any]:
    done = Closed(month)
    for closed in closes:
        if closed.month == month:
            done += closed
        else:
            done += Closed(month, set_aside=closed.set_aside)
    return {"posted": done.posted, "reversed": done.reversed, "set_aside": dict(done.set_aside)}
