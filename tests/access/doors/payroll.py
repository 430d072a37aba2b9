"""Doors of the books: months, statements, jobs."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import JobRun, TableLoad
from payroll.models import PayMonth
from tests.access.door import (
    BOOKS,
    HER_PAY,
    JOBS,
    MONTHS,
    SALESPEOPLE,
    Door,
    of_month,
    plain,
)
from tests.access.world import World
from tests.cast import SHE


def closes(world: World) -> int:
    return JobRun.objects.filter(kind="close", subject=world.month).count()


def loads(world: World) -> int:
    return TableLoad.objects.count()


def is_final(world: World) -> bool:
    return PayMonth.objects.filter(state=PayMonth.State.FINAL).exists()


def failed_state(world: World) -> str:
    return str(JobRun.objects.get(subject="2026-09").state)


def calendar_file(world: World) -> dict[str, object]:
    rows = b"date,is_workday,note\n2026-10-10,yes,\n"
    return {"files": SimpleUploadedFile("calendar.csv", rows)}


DOORS = {
    "my_statement": Door(plain("my_statement"), get=SALESPEOPLE, lands=302, hidden=True),
    "months": Door(plain("months"), get=MONTHS),
    "month": Door(of_month("month"), get=MONTHS),
    "facts_load": Door(of_month("facts_load"), post=BOOKS, data=calendar_file, effect=loads),
    "month_close": Door(of_month("month_close"), post=BOOKS, effect=closes),
    "month_progress": Door(of_month("month_progress"), get=MONTHS, is_page=False),
    "month_final": Door(of_month("month_final"), get=BOOKS, post=BOOKS, effect=is_final),
    "month_export": Door(of_month("month_export", "statements", "csv"), get=MONTHS, is_page=False),
    "statements": Door(of_month("statements"), get=MONTHS),
    "statement": Door(
        of_month("statement", SHE), get=HER_PAY, hidden=True, shows=lambda world: world.her.name
    ),
    "entry_why": Door(
        lambda world: reverse("entry_why", args=[world.her_entry.pk]),
        get=HER_PAY,
        hidden=True,
        shows=lambda world: world.her_entry.key,
    ),
    "jobs": Door(plain("jobs"), get=JOBS),
    "job": Door(lambda world: reverse("job", args=[world.failed_job.pk]), get=JOBS),
    "job_run_again": Door(
        lambda world: reverse("job_run_again", args=[world.failed_job.pk]),
        post=BOOKS,
        effect=failed_state,
    ),
}
