"""The part of a close that concerns everybody, once all groups are done: the pool."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Person
from core import clock
from core.db import read_snapshot
from core.months import Month
from core.readings import Told, asking
from payroll.assessment import Progress, assess, department_context, department_steps
from payroll.context import CloseContext
from payroll.models import MonthGroup, PayMonth
from payroll.querysets import month_versions
from payroll.reviewing import objections_from
from payroll.rules import Difference
from payroll.services.closing import Closed, Overtaken, steps_pass, until_not_overtaken
from payroll.services.posting import (
    Change,
    Posting,
    difference_post,
    hold_open_month,
    is_final_month,
    ledger_difference,
    of_department,
    open_month_for,
)
from payroll.services.remembering import is_unchanged, part_of, remember

BATCH = 5_000
NO_CHANGE: Change = Difference((), ())


def department_close(
    *,
    months: Sequence[Month],
    as_of: datetime,
    actor: Any = None,
    progress: Progress | None = None,
) -> list[Closed]:
    """Reckon what concerns everybody, from what the groups came to, and call the months closed.

    To be run when every group is done; what a group posts meanwhile makes it start again.
    """
    return [
        until_not_overtaken(
            lambda month=month: _department_close(  # type: ignore[misc]
                month=month, first_month=months[0], as_of=as_of, actor=actor, progress=progress
            )
        )
        for month in months
    ]


def _department_close(
    *, month: Month, first_month: Month, as_of: datetime, actor: Any, progress: Progress | None
) -> Closed:
    PayMonth.objects.get_or_create(month=month)
    with read_snapshot():
        found = _read(month=month, first_month=first_month, as_of=as_of, progress=progress)
    posting = Posting(
        month=month, pay_month=found.pay_month, ids=found.ids, job=f"close {month}", actor=actor
    )
    parts = _in_batches(found.change)
    try:
        for part in parts:
            _department_post(
                part=part,
                found=found,
                posting=posting,
                first_month=first_month,
                is_last=part is parts[-1],
            )
    except IntegrityError:
        # Another close reckoned the same from the same groups, and posted it a moment before.
        raise Overtaken from None
    return Closed(month, len(found.change.post), len(found.change.reverse))


@dataclass(frozen=True)
class _Found:
    """What was read of the groups, and what it makes of the ledger; `read` None: as before."""

    seen: PayMonth
    reckoned: int
    as_of: datetime
    pay_month: Month
    change: Change = NO_CHANGE
    ids: Mapping[str, int] = field(default_factory=dict)
    context: CloseContext | None = None
    read: Told | None = None


def _read(
    *, month: Month, first_month: Month, as_of: datetime, progress: Progress | None
) -> _Found:
    seen = PayMonth.objects.get(month=month)
    reckoned = month_versions().get(month, 0)
    as_of = max(as_of, seen.closed_as_of or as_of)
    found = _Found(seen, reckoned, as_of, open_month_for(month))
    if is_unchanged(part=part_of(month), version=reckoned, first_month=first_month, as_of=as_of):
        steps_pass(department_steps(), progress)
        return found
    with asking() as asked:
        context = department_context(
            month=month,
            as_of=as_of,
            groups=MonthGroup.objects.filter(month=month).order_by("number"),
            first_month=first_month,
        )
        assessment = assess(context, steps=department_steps(), progress=progress)
        ids = dict(Person.objects.order_by().values_list("employee_no", "id"))
        is_final_month(month)
    return replace(
        found,
        change=ledger_difference(month=month, wanted=assessment.charges, share=of_department),
        ids=ids,
        context=context,
        read=asked.told(),
    )


def _in_batches(change: Change) -> list[Change]:
    """At most so many entries in one write transaction; always one, be it empty."""
    parts = [
        Difference(change.reverse[start : start + BATCH], ())
        for start in range(0, len(change.reverse), BATCH)
    ]
    parts += [
        Difference((), change.post[start : start + BATCH])
        for start in range(0, len(change.post), BATCH)
    ]
    return parts or [NO_CHANGE]


def _draft(found: _Found) -> dict[str, Any]:
    """That the draft stands, and until when it can be objected to: said by the first close done
    when the month was over, and never again (PAY-2)."""
    if found.seen.draft_at is not None or found.as_of < found.seen.month.end:
        return {}
    now = clock.now()
    return {"draft_at": now, "objections_until": objections_from(clock.local_date(now))}


@transaction.atomic
def _department_post(
    *,
    part: Change,
    found: _Found,
    posting: Posting,
    first_month: Month,
    is_last: bool,
) -> None:
    month = found.seen.month
    pay_month = hold_open_month(month)
    groups = MonthGroup.objects.select_for_update().filter(month=month).order_by("number")
    if posting.pay_month != pay_month or sum(group.version for group in groups) != found.reckoned:
        raise Overtaken
    difference_post(change=part, posting=posting, share=of_department)
    if is_last:
        PayMonth.objects.filter(pk=found.seen.pk).update(
            reckoned=found.reckoned,
            closed_at=clock.now(),
            closed_as_of=found.as_of,
            state=PayMonth.State.FINAL if found.seen.is_final else PayMonth.State.CLOSED,
            **_draft(found),
        )
        if found.read and found.context:
            remember(
                part=part_of(month),
                version=found.reckoned,
                first_month=first_month,
                context=found.context,
                read=found.read,
                share=of_department,
            )
