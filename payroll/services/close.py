"""The month's close: assess, then make the ledger say so. Right whenever it runs (CUT-3).

Reading and writing are apart: a month is assessed in a read snapshot, so that nobody waits for
it, and the difference is posted under the month's lock. Two closes that overlap see the month's
version move; the one that read first starts again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.db import read_snapshot
from core.months import Month
from payroll.assessment import Assessment, Progress, assess, close_steps, context_of
from payroll.models import Duty, Finding, MonthNote, PayMonth
from payroll.services.posting import difference_post, ledger_difference, open_month_for

TRIES = 5


def close_length(month: Month) -> int:
    """How many steps a close of the month takes, other months made right included."""
    return len(close_steps()) * len(_months_to_close(month))


def _months_to_close(month: Month) -> list[Month]:
    closed = PayMonth.objects.exclude(state=PayMonth.State.OPEN).values_list("month", flat=True)
    return sorted({*closed, month})


@dataclass(frozen=True)
class Closed:
    """What a close did: how much it posted and reversed, and what the month came to."""

    month: Month
    posted: int
    reversed: int
    assessment: Assessment


class CannotClose(Exception):
    """The month cannot be closed; the message says why, in the reader's language."""


class CloseOvertaken(Exception):
    """Another close of the month came between reading and posting, time and again."""


def month_close(
    *,
    month: Month,
    as_of: datetime | None = None,
    actor: Any = None,
    progress: Progress | None = None,
) -> list[Closed]:
    """Close a month: post all that falls due up to `as_of` (default now), no more, no less.

    Every month closed before, and every one closed since, is made right as well, oldest first: a
    fact may have changed in any of them, and each opens with the balances of the one before.
    Running it again changes nothing.

    Raises `CannotClose`.
    """
    as_of = as_of or clock.now()
    _check(month, as_of)
    return [
        _close_one(month=each, as_of=as_of, actor=actor, progress=progress)
        for each in _months_to_close(month)
    ]


def _check(month: Month, as_of: datetime) -> None:
    if as_of < month.start:
        raise CannotClose(_("%(month)s has not begun") % {"month": month})
    final = PayMonth.objects.filter(state=PayMonth.State.FINAL).order_by("month").first()
    if final and month < final.month:
        raise CannotClose(
            _("the books begin with %(first)s, which is final") % {"first": final.month}
        )
    # The month after a final one takes its corrections, even where nobody is left.
    goes_on = final and open_month_for(final.month) == month
    if not goes_on and not Person.objects.salespeople().employed_in(month).exists():
        raise CannotClose(_("no salesperson on file is employed in %(month)s") % {"month": month})


def _close_one(*, month: Month, as_of: datetime, actor: Any, progress: Progress | None) -> Closed:
    PayMonth.objects.get_or_create(month=month)
    for _attempt in range(TRIES):
        with read_snapshot():
            seen = PayMonth.objects.get(month=month)
            assessment = assess(
                context_of(month=month, as_of=max(as_of, seen.closed_as_of or as_of)),
                progress=progress,
            )
        closed = _post(seen=seen, assessment=assessment, actor=actor)
        if closed:
            return closed
    raise CloseOvertaken(str(month))


@transaction.atomic
def _post(*, seen: PayMonth, assessment: Assessment, actor: Any) -> Closed | None:
    """Post under the month's lock; None when another close came between."""
    context = assessment.context
    was_final = seen.is_final
    moved = PayMonth.objects.filter(pk=seen.pk, version=seen.version).update(
        version=seen.version + 1,
        closed_at=clock.now(),
        closed_as_of=context.as_of,
        state=PayMonth.State.FINAL if was_final else PayMonth.State.CLOSED,
    )
    if not moved:
        return None
    change = ledger_difference(month=seen.month, wanted=assessment.charges)
    difference_post(month=seen.month, change=change, job=f"close {seen.month}", actor=actor)
    if not was_final:
        notes_replace(assessment=assessment)
        for keep in map(import_string, settings.MONTH_CLOSE_RECORDS):
            keep(context=context)
    return Closed(seen.month, len(change.post), len(change.reverse), assessment)


def notes_replace(*, assessment: Assessment) -> None:
    """Make the month's duties and findings what the assessment found; equal rows stay."""
    month = assessment.context.month
    ids = dict(Person.objects.values_list("employee_no", "id"))
    duties = [
        Duty(key=d.key, month=month, person_id=ids[d.employee_no], rule=d.rule, points=d.points)
        for d in assessment.duties
    ]
    findings = [
        Finding(key=f.key, month=month, person_id=ids[f.employee_no], rule=f.rule, days=f.days)
        for f in assessment.findings
    ]
    _notes_converge(model=Duty, month=month, wanted=duties, says=lambda d: d.points)
    _notes_converge(model=Finding, month=month, wanted=findings, says=lambda f: f.days)


def _notes_converge(
    *, model: type[MonthNote], month: Month, wanted: list[Any], says: Callable[[Any], Any]
) -> None:
    known = {note.key: note for note in model._default_manager.filter(month=month)}
    right = {
        note.key for note in wanted if note.key in known and says(known[note.key]) == says(note)
    }
    model._default_manager.filter(month=month).exclude(key__in=right).delete()
    model._default_manager.bulk_create([note for note in wanted if note.key not in right])
