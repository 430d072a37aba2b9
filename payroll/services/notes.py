"""Duties and findings of a month: what a close found besides money."""

from collections.abc import Callable, Mapping
from typing import Any

from payroll.assessment import Assessment
from payroll.context import CloseContext
from payroll.models import Duty, Finding, MonthNote


def notes_replace(*, assessment: Assessment, ids: Mapping[str, int]) -> None:
    """Make the duties and findings what the assessment found; equal rows stay."""
    month = assessment.context.month
    duties = [
        Duty(key=d.key, month=month, person_id=ids[d.employee_no], rule=d.rule, points=d.points)
        for d in assessment.duties
    ]
    findings = [
        Finding(key=f.key, month=month, person_id=ids[f.employee_no], rule=f.rule, days=f.days)
        for f in assessment.findings
    ]
    _converge(context=assessment.context, model=Duty, wanted=duties, says=lambda d: d.points)
    _converge(context=assessment.context, model=Finding, wanted=findings, says=lambda f: f.days)


def _converge(
    *,
    context: CloseContext,
    model: type[MonthNote],
    wanted: list[Any],
    says: Callable[[Any], Any],
) -> None:
    notes = model._default_manager.filter(month=context.month).order_by("key")
    known = {note.key: note for note in context.among(notes)}
    right = {
        note.key for note in wanted if note.key in known and says(known[note.key]) == says(note)
    }
    if wrong := [note.pk for key, note in known.items() if key not in right]:
        model._default_manager.filter(pk__in=wrong).delete()
    model._default_manager.bulk_create([note for note in wanted if note.key not in right])
