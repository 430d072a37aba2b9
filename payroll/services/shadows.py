"""A shadow as a job: a month reckoned for everybody, to be looked at; nothing posted (PAY-2)."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import Person
from core.db import read_snapshot, statistics_ensure
from core.jobs import JobRefused, Running
from core.money import ZERO
from core.months import Month
from payroll.assessment import all_steps, assess_everybody
from payroll.exports import TOTAL
from payroll.models import Shadow, ShadowRow
from payroll.services.close import CannotClose, close_check
from payroll.shadow import shadow_rows

BATCH = 1000


def shadow_subject(month: Month, as_of: datetime) -> str:
    """How a run names what it reckons."""
    return f"{month} {as_of.isoformat()}"


def shadow_go_on(*, running: Running) -> None:
    """Reckon a month as its run says and keep it. Raises `JobRefused`."""
    said, _blank, instant = running.run.subject.partition(" ")
    month, as_of = Month.parse(said), datetime.fromisoformat(instant)
    try:
        close_check(month=month, as_of=as_of)
    except CannotClose as refusal:
        raise JobRefused(str(refusal)) from None
    statistics_ensure()
    advance = running.begin(steps=len(all_steps()))
    with read_snapshot():
        assessment = assess_everybody(month=month, as_of=as_of, progress=advance)
        rows = list(shadow_rows(assessment, total_name=TOTAL))
        ids = dict(Person.objects.order_by().values_list("employee_no", "id"))
    lines: dict[str, dict[str, str]] = defaultdict(dict)
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for employee_no, rule, amount in rows:
        if rule == TOTAL:
            totals[employee_no] = amount
        else:
            lines[employee_no][rule] = str(amount)
    with transaction.atomic():
        Shadow.objects.filter(month=month).delete()
        shadow = Shadow.objects.create(month=month, as_of=as_of, asked_by=running.run.requested_by)
        ShadowRow.objects.bulk_create(
            (
                ShadowRow(shadow=shadow, person_id=ids[no], by_rule=lines.get(no, {}), total=amount)
                for no, amount in totals.items()
            ),
            batch_size=BATCH,
        )
    running.finish(outcome={"people": len(totals)})
