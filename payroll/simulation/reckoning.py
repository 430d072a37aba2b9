"""A month reckoned twice, under two policies as of one instant. Reads only; posts nothing.

It goes group by group as a close does, and ends with what concerns everybody: the pool is made of
what the groups come to, on either side by its own.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from core.db import PASSING
from core.money import ZERO, to_fen
from core.months import Month
from payroll.assessment import (
    Assessment,
    assess,
    context_of,
    department_context,
    department_steps,
    group_steps,
    marks_by_rule,
)
from payroll.groups import Group, employee_nos, group_numbers
from payroll.models import MonthGroup
from payroll.rules import Charge
from policy.rules import PolicyBook

log = logging.getLogger(__name__)

SET_ASIDE_AT_MOST = 10
Progress = Callable[[str], None]


@dataclass
class Simulated:
    """One person's month, before and after: yuan on pay by rule, and the charges that differ."""

    before: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    after: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    lines: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Simulation:
    """Everybody's, by number; `set_aside`: whose records could not be reckoned, and why."""

    people: dict[str, Simulated] = field(default_factory=lambda: defaultdict(Simulated))
    set_aside: dict[str, str] = field(default_factory=dict)


def steps_of(month: Month) -> int:
    """How many steps a simulation takes, as `reckon` tells them."""
    return 2 * (len(group_steps()) * len(group_numbers()) + len(department_steps()))


@dataclass(frozen=True)
class Reckoning:
    """What a simulation is about: the same month and instant, two policies."""

    month: Month
    as_of: datetime
    books: tuple[PolicyBook, PolicyBook]
    progress: Progress | None = None

    def run(self) -> Simulation:
        """Both sides of everybody. To be called in a read snapshot, so that only the policy
        differs."""
        found = Simulation()
        groups: tuple[list[MonthGroup], list[MonthGroup]] = ([], [])
        for number in group_numbers():
            for sides in self._groups(Group.numbered(number), found):
                _take_in(found, *sides)
                for kept, assessment in zip(groups, sides, strict=True):
                    kept.append(_group_of(assessment))
        _take_in(found, *(self._department(n, groups[n]) for n in (0, 1)))
        for employee_no in found.set_aside:  # what concerns everybody would be all there is of it
            found.people.pop(employee_no, None)
        return found

    def _groups(self, people: Group, found: Simulation) -> Iterator[tuple[Assessment, Assessment]]:
        """Both sides of a group; where that fails, of each half, down to whoever it fails for."""
        try:
            sides = (self._assessed(people, 0), self._assessed(people, 1))
        except PASSING:
            raise
        except Exception as error:
            named = list(employee_nos(people))
            if len(named) <= 1:
                self._set_aside(named, error, found)
                return
            for half in people.halves():
                yield from self._groups(half, found)
        else:
            yield sides

    @staticmethod
    def _set_aside(named: list[str], error: Exception, found: Simulation) -> None:
        for employee_no in named:
            found.set_aside[employee_no] = type(error).__name__
            log.error("simulation: %s set aside: %s", employee_no, type(error).__name__)
        if len(found.set_aside) >= SET_ASIDE_AT_MOST:
            raise error  # not one record's fault

    def _assessed(self, people: Group, side: int) -> Assessment:
        context = context_of(
            month=self.month, as_of=self.as_of, book=self.books[side], group=people
        )
        return assess(context, steps=group_steps(), progress=self.progress)

    def _department(self, side: int, groups: list[MonthGroup]) -> Assessment:
        context = department_context(
            month=self.month, as_of=self.as_of, groups=groups, book=self.books[side]
        )
        return assess(context, steps=department_steps(), progress=self.progress)


def _group_of(assessment: Assessment) -> MonthGroup:
    """What a group came to, as a close would keep it; never saved."""
    return MonthGroup(
        totals={rule: str(amount) for rule, amount in assessment.totals().items()},
        marks=marks_by_rule(assessment.context.marks),
    )


def _take_in(found: Simulation, before: Assessment, after: Assessment) -> None:
    context = before.context
    for person in context.people:
        if person.employed_in(context.month):
            found.people[person.employee_no]
    for employee_no, by_rule in context.corrections.items():
        for rule, amount in by_rule.items():
            found.people[employee_no].before[rule] += amount
            found.people[employee_no].after[rule] += amount
    _add_up(found, before.charges, "before")
    _add_up(found, after.charges, "after")
    for employee_no, line in _lines(before.charges, after.charges):
        found.people[employee_no].lines.append(line)
    for employee_no, note in _notes(before, after):
        found.people[employee_no].notes.append(note)


def _add_up(found: Simulation, charges: Iterable[Charge], side: str) -> None:
    for charge in charges:
        if charge.employee_no and charge.on_pay:
            getattr(found.people[charge.employee_no], side)[charge.rule] += charge.on_pay


def _lines(
    before: Iterable[Charge], after: Iterable[Charge]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The charges whose money differs, with both arithmetics, in the order of their keys."""
    sides = ({c.key: c for c in before}, {c.key: c for c in after})
    for key in sorted({*sides[0], *sides[1]}):
        old, new = sides[0].get(key), sides[1].get(key)
        one = new or old
        if one is None or not one.employee_no or _money(old) == _money(new):
            continue
        yield (
            one.employee_no,
            {
                "key": key,
                "rule": one.rule,
                "before": _fen(old),
                "after": _fen(new),
                "on_pay": any(c is not None and bool(c.on_pay) for c in (old, new)),
                "how_before": old.arithmetic.as_data() if old else None,
                "how_after": new.arithmetic.as_data() if new else None,
            },
        )


def _money(charge: Charge | None) -> tuple[Any, ...] | None:
    return (charge.source, charge.target, charge.amount) if charge else None


def _fen(charge: Charge | None) -> int | None:
    return to_fen(charge.on_pay or charge.amount) if charge else None


def _notes(before: Assessment, after: Assessment) -> Iterator[tuple[str, dict[str, str]]]:
    """Duties and findings that differ: points or days, empty where there is none."""
    sides = (_notes_of(before), _notes_of(after))
    for key in sorted({*sides[0], *sides[1]}):
        old, new = sides[0].get(key), sides[1].get(key)
        known = new or old
        if known is None or old == new:
            continue
        employee_no, rule, _said = known
        yield (
            employee_no,
            {
                "key": key,
                "rule": rule,
                "before": old[2] if old else "",
                "after": new[2] if new else "",
            },
        )


def _notes_of(assessment: Assessment) -> Mapping[str, tuple[str, str, str]]:
    duties = {d.key: (d.employee_no, d.rule, str(d.points)) for d in assessment.duties}
    findings = {
        f.key: (f.employee_no, f.rule, f"{f.days.normalize():f}") for f in assessment.findings
    }
    return {**duties, **findings}
