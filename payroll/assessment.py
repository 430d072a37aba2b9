"""A month assessed: the steps run in order over its facts. Reads only; posts nothing.

The close, the shadow, "why?" and the preview all come from here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from core.months import Month
from payroll.context import CloseContext
from payroll.models import Entry, PayMonth, Waiver
from payroll.querysets import correction_lines, person_facts
from payroll.rules import Charge, Duty, Finding, StepResult
from policy.querysets import policy_book, workdays
from policy.rules import PolicyBook

Step = Callable[[CloseContext], StepResult]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Assessment:
    """What a month comes to: everything that should stand, and the context it was found in."""

    context: CloseContext
    charges: tuple[Charge, ...]
    duties: tuple[Duty, ...]
    findings: tuple[Finding, ...]


def close_steps() -> list[tuple[str, Step]]:
    """The steps of a close in order, each with its (untranslated) label."""
    return [(label, import_string(path)) for path, label in settings.MONTH_CLOSE_STEPS]


def context_of(*, month: Month, as_of: datetime, book: PolicyBook | None = None) -> CloseContext:
    """Read what every step needs. `book` other than the company's own makes it a simulation."""
    return CloseContext(
        month=month,
        as_of=as_of,
        people=person_facts(month),
        book=book or policy_book(),
        workdays=workdays(),
        first_month=_first_month(month),
        openings=Entry.objects.filter(for_month__lt=month).balances(),
        corrections=correction_lines(month),
        waived=frozenset(Waiver.objects.filter(withdrawn_at=None).values_list("key", flat=True)),
    )


def _first_month(month: Month) -> Month:
    first = (
        PayMonth.objects.exclude(state=PayMonth.State.OPEN)
        .order_by("month")
        .values_list("month", flat=True)
        .first()
    )
    return min(first, month) if first else month


def assess(context: CloseContext, *, progress: Progress | None = None) -> Assessment:
    """Run every step; each sees the charges of those before, waived ones left out."""
    duties: list[Duty] = []
    findings: list[Finding] = []
    for label, step in close_steps():
        if progress:
            progress(label)
        result = step(context)
        kept = tuple(_not_waived(result.charges, context.waived))
        context = replace(
            context, earlier=context.earlier + kept, marks=context.marks | result.marks
        )
        duties += result.duties
        findings += result.findings
    return Assessment(context, context.earlier, tuple(duties), tuple(findings))


def _not_waived(charges: Sequence[Charge], waived: frozenset[str]) -> Sequence[Charge]:
    return [c for c in charges if c.key not in waived] if waived else charges
