"""A statement as people read it: a person's lines by clause; and what each month comes to.

Reads only. What a statement *is* stands in `querysets.statement_lines`; here it is arranged.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import Person
from core.money import ZERO, total
from core.months import Month
from core.tables.naming import in_chinese
from payroll.explaining import says
from payroll.limits_shown import LimitMark, mark_of
from payroll.models import Appeal, Duty, Entry, Finding, PayMonth
from payroll.rules import Account, Charge
from payroll.sums import Sums, sums_of
from policy.clauses import Clause, clause_of

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def month_sums(people: QuerySet[Person] | None) -> dict[Month, tuple[int, Decimal]]:
    """For each month: how many people have lines, and what they come to. `None`: everybody."""
    rows = Entry.objects.lines().order_by()
    if people is not None:
        rows = rows.filter(person__in=people)
    found: dict[Month, tuple[int, Decimal]] = {}
    moved = rows.values_list("pay_month", "source").annotate(yuan=Sum("amount"))
    for month, source, yuan in moved:
        count, sofar = found.get(month, (0, ZERO))
        found[month] = (count, sofar + (-yuan if source == Account.PAY else yuan))
    heads = rows.values_list("pay_month").annotate(n=Count("person", distinct=True))
    return {month: (count, found[month][1]) for month, count in heads}


class _Told:
    """What a line says, posted or not."""

    __slots__ = ()
    entry: Any

    @property
    def says(self) -> str:
        return says(self.entry)

    @property
    def day(self) -> date | None:
        """The day the line is about, where its key names one."""
        found = next(filter(_DAY.fullmatch, self.entry.key.split("/")), None)
        return date.fromisoformat(found) if found else None

    @property
    def title(self) -> str:
        return _title(clause_of(self.entry.rule))


@dataclass(frozen=True, slots=True)
class Line(_Told):
    """One line: what the entries of one key do together. `entry` speaks for them."""

    entry: Entry
    amount: Decimal
    appeal: Appeal | None = None

    @property
    def for_month(self) -> Month:
        return self.entry.for_month

    @property
    def is_correction(self) -> bool:
        """Whether the line is about an earlier month that was final already."""
        return self.entry.for_month != self.entry.pay_month

    @property
    def why_url(self) -> str:
        return reverse("entry_why", args=[self.entry.pk])


@dataclass(frozen=True, slots=True)
class ChargeLine(_Told):
    """A line that is not posted: a charge as the next close would post it."""

    entry: Charge
    for_month: Month
    is_correction: bool = False

    @property
    def amount(self) -> Decimal:
        return self.entry.on_pay

    @property
    def why_url(self) -> str:
        page = reverse("so_far_why", args=[self.for_month, self.entry.employee_no])
        return f"{page}?{urlencode({'key': self.entry.key})}"


AnyLine = Line | ChargeLine


def rule_title(rule: str) -> str:
    """What a rule is called, in the reader's language."""
    return _title(clause_of(rule))


def _title(clause: Clause) -> str:
    return clause.title_zh if in_chinese() else clause.title_en


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one clause."""

    clause: Clause
    lines: Sequence[AnyLine]

    @property
    def title(self) -> str:
        return _title(self.clause)

    @property
    def amount(self) -> Decimal:
        return total(line.amount for line in self.lines)


@dataclass(frozen=True)
class Statement:
    """A person's statement of a month."""

    person: Person
    month: Month
    pay_month: PayMonth | None
    groups: Sequence[Group]
    cancelled: Sequence[Line]
    settlement: Entry | None
    duties: Sequence[Duty] = field(default_factory=list)
    findings: Sequence[Finding] = field(default_factory=list)

    @property
    def by_rule(self) -> dict[str, Decimal]:
        return {group.clause.rule: group.amount for group in self.groups}

    @property
    def sums(self) -> Sums:
        return sums_of([self.by_rule])

    @cached_property
    def limit(self) -> LimitMark | None:
        """Where the statement meets a lawful limit (PAY-4), once its month is over."""
        closed_as_of = self.pay_month.closed_as_of if self.pay_month else None
        if closed_as_of is None or closed_as_of < self.month.end:
            return None
        return mark_of(self.person, self.month, self.by_rule)

    @property
    def credits(self) -> list[Group]:
        return [group for group in self.groups if group.amount >= 0]

    @property
    def charges(self) -> list[Group]:
        return [group for group in self.groups if group.amount < 0]

    @property
    def is_final(self) -> bool:
        return self.pay_month is not None and self.pay_month.is_final

    @property
    def is_paid_out(self) -> bool:
        return self.settlement is not None and self.settlement.target == Account.BANK


def statement_of(person: Person, month: Month, user: Any) -> Statement:
    """A person's statement, with what settled it and what the close found besides money."""
    entries = list(
        Entry.objects.visible_to(user)
        .filter(person=person, pay_month=month)
        .select_related("person")
    )
    charges = [e for e in entries if e.purpose == Entry.Purpose.CHARGE and e.on_pay]
    lines = list(net_lines(charges, _appeals(person, month, user)))
    settled = [e for e in entries if e.purpose == Entry.Purpose.SETTLEMENT]
    return Statement(
        person=person,
        month=month,
        pay_month=PayMonth.objects.filter(month=month).first(),
        groups=groups_of(line for line in lines if line.amount),
        cancelled=[line for line in lines if not line.amount],
        settlement=settled[0] if settled else None,
        duties=list(Duty.objects.filter(month=month, person=person)),
        findings=list(Finding.objects.filter(month=month, person=person)),
    )


def _appeals(person: Person, month: Month, user: Any) -> dict[tuple[Month, str], Appeal]:
    """The latest appeal against each charge of a statement. One query."""
    found = Appeal.objects.visible_to(user).filter(person=person, pay_month=month)
    return {(each.for_month, each.key): each for each in found.order_by("id")}


def net_lines(
    entries: Iterable[Entry], appeals: Mapping[tuple[Month, str], Appeal] | None = None
) -> Iterable[Line]:
    """Entries posted and reversed under one key are one line; the last posted speaks for it."""
    by_key: dict[tuple[Month, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        by_key[entry.for_month, entry.key].append(entry)
    for key, together in by_key.items():
        posted = [e for e in together if e.reverses_id is None]
        yield Line(
            (posted or together)[-1], total(e.on_pay for e in together), (appeals or {}).get(key)
        )


def groups_of(lines: Iterable[AnyLine]) -> list[Group]:
    """Lines by clause, the weightiest first."""
    by_rule: dict[str, list[AnyLine]] = defaultdict(list)
    for line in lines:
        by_rule[line.entry.rule].append(line)
    groups = [
        Group(clause_of(rule), sorted(found, key=lambda line: (line.for_month, line.entry.key)))
        for rule, found in by_rule.items()
    ]
    # The weightiest first: what people look for.
    return sorted(groups, key=lambda group: (-abs(group.amount), group.clause.rule))
