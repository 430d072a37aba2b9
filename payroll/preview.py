"""This month so far: a person's statement as a close at this instant would make it (PAY-2).

The same assessment as the close, for one person, with nothing posted. Left out is the share of the
pool: it hangs on everybody, and on the month's last workday.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from accounts.models import Person
from core.db import read_snapshot
from core.money import ZERO, total
from core.months import Month
from payroll.assessment import (
    Assessment,
    Contexts,
    NamedStep,
    Step,
    assess,
    group_steps,
    month_end_steps,
)
from payroll.context import CloseContext
from payroll.groups import Group as People
from payroll.limits_shown import LimitMark, mark_of
from payroll.models import Entry
from payroll.querysets import Balances
from payroll.rules import Account, Charge, Duty, Finding
from payroll.statements import AnyLine, ChargeLine, Group, groups_of, net_lines
from payroll.sums import Sums, sums_of

AT_MONTH_END = frozenset({"BASE", "COMM-1", "RES-1", "RES-2", "DIS-1", "DIS-2"})
"""What can be foretold of the rest of the month: it comes at its end and not by what is done till
then. Commission is on the money handed in so far. No day to come is judged."""

GO_ON = frozenset({Account.RESERVE, Account.CARRIED})
"""The accounts of a person that a month opens with and its charges move."""


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


@dataclass
class LookedAt:
    """One person's months, looked at again after a change that `since` is the first step to feel:
    what those before it came to is kept."""

    contexts: Contexts
    since: Step
    _begun: dict[Month, Assessment] = field(default_factory=dict)

    def assess(self, month: Month, as_of: datetime, openings: Balances) -> Assessment:
        """`openings`: in place of those the books have. No step before `since` looks at them."""
        head, rest = self._parted
        if month not in self._begun:
            self._begun[month] = assess(self.contexts.at(month, as_of), steps=head)
        begun = self._begun[month]
        context = replace(begun.context, openings={**begun.context.openings, **openings})
        return assess(context, steps=rest, begun=begun)

    @property
    def _parted(self) -> tuple[list[NamedStep], list[NamedStep]]:
        steps = group_steps()
        at = [step for _label, step in steps].index(self.since)
        return steps[:at], steps[at:]


def charges_expected(
    person: Person, months: Iterable[Month], as_of: datetime, looked_at: LookedAt | None = None
) -> dict[Month, list[Charge]]:
    """What stands so far of each month, with what its end will bring as things stand.

    Of months that follow each other each opens with what the one before comes to here, posted or
    not: a cost that empties the reserve leaves less of it for the next.
    """
    found: dict[Month, list[Charge]] = {}
    openings: Balances = {}
    with read_snapshot():
        for month in sorted(months):
            kept = openings if month.previous() in found else {}
            assessed = (
                looked_at.assess(month, as_of, kept)
                if looked_at
                else _assessed(person, month, as_of, kept)
            )
            found[month] = _expected_of(assessed)
            openings = _closing_of(assessed.context, found[month])
    return found


def _expected_of(found: Assessment) -> list[Charge]:
    if found.context.is_over:
        return list(found.charges)
    known = {charge.key for charge in found.charges}
    end = _at_month_end(found).charges
    return [*found.charges, *(c for c in end if c.rule in AT_MONTH_END and c.key not in known)]


def _closing_of(context: CloseContext, charges: Iterable[Charge]) -> Balances:
    """What lies on the accounts that go on, after a month of one person with these charges."""
    moves = [(c.source, c.target, c.employee_no, c.amount) for c in charges]
    closing = {owned: amount for owned, amount in context.openings.items() if owned[0] in GO_ON}
    for source, target, owner, amount in moves:
        for account, signed in ((source, -amount), (target, amount)):
            if account in GO_ON:
                closing[account, owner] = closing.get((account, owner), ZERO) + signed
    return closing


def _assessed(
    person: Person, month: Month, as_of: datetime, openings: Balances | None = None
) -> Assessment:
    context = Contexts(People(person.pk, person.pk)).at(month, as_of)
    if openings:
        context = replace(context, openings={**context.openings, **openings})
    return assess(context, steps=group_steps())


def _at_month_end(found: Assessment) -> Assessment:
    """The same facts, looked at when the month is over, by the steps that bring `AT_MONTH_END`.

    What steps `read` is the month's, whatever the instant is.
    """
    fresh = replace(found.context, as_of=found.context.month.end, earlier=(), marks=frozenset())
    return assess(fresh, steps=month_end_steps())


def _lines(charges: Sequence[Charge], month: Month) -> list[ChargeLine]:
    return [ChargeLine(charge, month) for charge in charges if charge.on_pay]


def _corrections(person: Person, month: Month) -> list[AnyLine]:
    """What stands on the statement already for earlier, final months."""
    entries = Entry.objects.lines().filter(person=person, pay_month=month, for_month__lt=month)
    return list(net_lines(entries.select_related("person").order_by("id")))
