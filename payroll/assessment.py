"""A month assessed: the steps run in order over its facts. Reads only; posts nothing.

The close, the shadow, "why?" and the preview all come from here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils.module_loading import import_string

from core.money import ZERO
from core.months import Month
from payroll.context import CloseContext
from payroll.groups import Group
from payroll.models import MonthGroup, PayMonth, Waiver
from payroll.querysets import correction_lines, opening_balances, person_facts
from payroll.rules import Account, Charge, Duty, Finding, StepResult
from policy.querysets import policy_book, workdays
from policy.rules import PolicyBook

Step = Callable[[CloseContext], StepResult]
NamedStep = tuple[str, Step]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Assessment:
    """What steps come to: everything that should stand, and the context it was found in."""

    context: CloseContext
    charges: tuple[Charge, ...]
    duties: tuple[Duty, ...]
    findings: tuple[Finding, ...]

    def totals(self) -> dict[str, Decimal]:
        """The charges added up by rule, in yuan."""
        found: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for charge in self.charges:
            found[charge.rule] += charge.amount
        return dict(found)


def group_steps() -> list[NamedStep]:
    """What is reckoned for each salesperson alone, in order, with its (untranslated) label."""
    return [(label, import_string(path)) for path, label in settings.MONTH_CLOSE_STEPS]


def month_end_steps() -> list[NamedStep]:
    """Those of them that bring what can be foretold of a month's end, and what these build on."""
    return [each for each in group_steps() if _path_of(each[1]) in settings.MONTH_END_STEPS]


def _path_of(step: Step) -> str:
    return f"{step.__module__}.{step.__qualname__}"


def department_steps() -> list[NamedStep]:
    """What concerns everybody at once, once all groups are done."""
    return [(label, import_string(path)) for path, label, _rules in settings.DEPARTMENT_CLOSE_STEPS]


def department_rules() -> frozenset[str]:
    """The rules whose entries the department's steps own, whoever's pay they touch."""
    return frozenset(
        rule for _path, _label, rules in settings.DEPARTMENT_CLOSE_STEPS for rule in rules
    )


def all_steps() -> list[NamedStep]:
    return [*group_steps(), *department_steps()]


def context_of(
    *,
    month: Month,
    as_of: datetime,
    book: PolicyBook | None = None,
    group: Group | None = None,
    first_month: Month | None = None,
) -> CloseContext:
    """Read what every step needs, of a group or of everybody.

    `book` other than the company's own makes it a simulation. `first_month`: where the books
    begin, if a close under way is about to make them begin there.
    """
    own_accounts = (Account.RESERVE, Account.ARREARS, Account.CARRIED)
    accounts = own_accounts if group else (*own_accounts, Account.POOL)
    return CloseContext(
        month=month,
        as_of=as_of,
        people=person_facts(month, group),
        book=book or policy_book(),
        workdays=workdays(),
        first_month=first_month or first_month_of_books(month),
        openings=opening_balances(month, accounts, group),
        corrections=correction_lines(month, group),
        waived=_waived(),
        group=group,
    )


@dataclass
class Contexts:
    """The months of one group, each read once, as of whatever instant it is looked at.

    For who looks again after a change that none of what a context reads by itself, and none of
    what steps `read` of it, can feel.
    """

    group: Group
    _found: dict[Month, CloseContext] = field(default_factory=dict)

    def at(self, month: Month, as_of: datetime) -> CloseContext:
        if month not in self._found:
            self._found[month] = context_of(month=month, as_of=as_of, group=self.group)
        return replace(self._found[month], as_of=as_of)


def department_context(
    *,
    month: Month,
    as_of: datetime,
    groups: Iterable[MonthGroup],
    book: PolicyBook | None = None,
    first_month: Month | None = None,
) -> CloseContext:
    """Read what the department's steps need: what the groups came to, and the pool."""
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    marks: set[tuple[str, str]] = set()
    for group in groups:
        for rule, amount in group.totals.items():
            totals[rule] += Decimal(amount)
        for rule, employee_nos in group.marks.items():
            marks.update((rule, employee_no) for employee_no in employee_nos)
    return CloseContext(
        month=month,
        as_of=as_of,
        people=person_facts(month),
        book=book or policy_book(),
        workdays=workdays(),
        first_month=first_month or first_month_of_books(month),
        openings=opening_balances(month, (Account.POOL,)),
        waived=_waived(),
        marks=frozenset(marks),
        group_totals=totals,
    )


def _waived() -> frozenset[str]:
    return frozenset(Waiver.objects.filter(withdrawn_at=None).values_list("key", flat=True))


def first_month_of_books(month: Month) -> Month:
    """The first month these books keep, were they closed up to `month`."""
    first = (
        PayMonth.objects.exclude(state=PayMonth.State.OPEN)
        .order_by("month")
        .values_list("month", flat=True)
        .first()
    )
    return min(first, month) if first else month


def assess(
    context: CloseContext,
    *,
    steps: Sequence[NamedStep],
    begun: Assessment | None = None,
    progress: Progress | None = None,
) -> Assessment:
    """Run steps in order; each sees the charges of those before, waived ones left out.

    `begun`: what the steps before these came to.
    """
    charges: list[Charge] = list(begun.charges) if begun else []
    duties: list[Duty] = list(begun.duties) if begun else []
    findings: list[Finding] = list(begun.findings) if begun else []
    for label, step in steps:
        if progress:
            progress(label)
        result = step(context)
        charges += _not_waived(result.charges, context.waived)
        context = replace(context, earlier=tuple(charges), marks=context.marks | result.marks)
        duties += result.duties
        findings += result.findings
    return Assessment(context, tuple(charges), tuple(duties), tuple(findings))


def assess_everybody(
    *,
    month: Month,
    as_of: datetime,
    book: PolicyBook | None = None,
    progress: Progress | None = None,
) -> Assessment:
    """A whole month in one go, for looking at: what its close would make stand."""
    context = context_of(month=month, as_of=as_of, book=book)
    return assess(context, steps=all_steps(), progress=progress)


def marks_by_rule(marks: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    """Marks as a `MonthGroup` keeps them."""
    found: dict[str, list[str]] = defaultdict(list)
    for rule, employee_no in sorted(marks):
        found[rule].append(employee_no)
    return found


def _not_waived(charges: Sequence[Charge], waived: frozenset[str]) -> Sequence[Charge]:
    return [c for c in charges if c.key not in waived] if waived else charges
