"""This month so far: a person's statement as a close at this instant would make it (PAY-2).

The same assessment as the close, for one person, with nothing posted. Left out is the share of the
pool: it hangs on everybody, and on the month's last workday.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from accounts.models import Person
from core.db import read_snapshot
from core.money import total
from core.months import Month
from payroll.assessment import Assessment, assess, context_of, group_steps
from payroll.groups import Group as People
from payroll.limits_shown import LimitMark, mark_of
from payroll.models import Entry
from payroll.rules import Charge, Duty, Finding
from payroll.statements import AnyLine, ChargeLine, Group, groups_of, net_lines
from payroll.sums import Sums, sums_of

AT_MONTH_END = frozenset({"BASE", "COMM-1", "RES-1", "RES-2", "DIS-2"})
"""What can be foretold of the rest of the month: it comes at its end and not by what is done till
then. Commission is on the money handed in so far. No day to come is judged."""


@dataclass(frozen=True)
class Preview:
    """A person's month as of an instant. `expected`: what its end will bring, as things stand."""

    person: Person
    month: Month
    as_of: datetime
    is_over: bool
    lines: Sequence[AnyLine]
    expected: Sequence[ChargeLine]
    duties: Sequence[Duty]
    findings: Sequence[Finding]
    limit: LimitMark | None

    @cached_property
    def groups(self) -> list[Group]:
        return groups_of(line for line in self.lines if line.amount)

    @cached_property
    def expected_groups(self) -> list[Group]:
        return groups_of(self.expected)

    @property
    def sums(self) -> Sums:
        return sums_of([{group.clause.rule: group.amount for group in self.groups}])

    @property
    def credits(self) -> list[Group]:
        return [group for group in self.groups if group.amount >= 0]

    @property
    def charges(self) -> list[Group]:
        return [group for group in self.groups if group.amount < 0]

    @property
    def at_the_end(self) -> Decimal:
        """What the month comes to with what its end will bring, as things stand."""
        return self.sums.total + total(line.amount for line in self.expected)


def preview_of(person: Person, month: Month, as_of: datetime) -> Preview:
    """Assess one person's month as of an instant. Writes nothing; reads in one snapshot."""
    with read_snapshot():
        found = _assessed(person, month, as_of)
        context = found.context
        corrections = _corrections(person, month)
        over = context.is_over
        end = found if over else _at_month_end(found)
    lines: list[AnyLine] = [*_lines(found.charges, month), *corrections]
    known = {charge.key for charge in found.charges}
    to_come = [c for c in end.charges if c.rule in AT_MONTH_END and c.key not in known]
    by_rule = {group.clause.rule: group.amount for group in groups_of(lines)}
    return Preview(
        person=person,
        month=month,
        as_of=as_of,
        is_over=over,
        lines=lines,
        expected=_lines(to_come, month),
        duties=found.duties,
        findings=found.findings,
        limit=mark_of(person, month, by_rule, context.book) if over else None,
    )


def charge_of(person: Person, month: Month, as_of: datetime, key: str) -> Charge | None:
    """The charge that a preview shows under a key, so far or expected."""
    with read_snapshot():
        found = _assessed(person, month, as_of)
        so_far = next((c for c in found.charges if c.key == key and c.on_pay), None)
        if so_far or found.context.is_over:
            return so_far
        end = _at_month_end(found).charges
    return next((c for c in end if c.key == key and c.on_pay and c.rule in AT_MONTH_END), None)


def _assessed(person: Person, month: Month, as_of: datetime) -> Assessment:
    alone = People(person.pk, person.pk)
    context = context_of(month=month, as_of=as_of, group=alone)
    return assess(context, steps=group_steps())


def _at_month_end(found: Assessment) -> Assessment:
    """The same facts, looked at when the month is over."""
    fresh = replace(
        found.context, as_of=found.context.month.end, earlier=(), marks=frozenset(), _read={}
    )
    return assess(fresh, steps=group_steps())


def _lines(charges: Sequence[Charge], month: Month) -> list[ChargeLine]:
    return [ChargeLine(charge, month) for charge in charges if charge.on_pay]


def _corrections(person: Person, month: Month) -> list[AnyLine]:
    """What stands on the statement already for earlier, final months."""
    entries = Entry.objects.lines().filter(person=person, pay_month=month, for_month__lt=month)
    return list(net_lines(entries.select_related("person").order_by("id")))
