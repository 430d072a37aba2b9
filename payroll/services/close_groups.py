"""A close of one group of salespeople: each alone, whatever other workers do."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.models import Person
from core.db import PASSING, in_flight_pass, read_snapshot
from core.money import ZERO
from core.months import Month
from core.readings import Told, asking
from payroll.assessment import (
    Assessment,
    Progress,
    assess,
    context_of,
    group_steps,
    marks_by_rule,
)
from payroll.context import Keep
from payroll.groups import Group, employee_nos
from payroll.models import MonthGroup, PayMonth
from payroll.services.closing import (
    STAMPED,
    Closed,
    Overtaken,
    steps_pass,
    until_not_overtaken,
)
from payroll.services.notes import notes_replace
from payroll.services.posting import (
    Change,
    Posting,
    difference_post,
    hold_open_month,
    is_final_month,
    ledger_difference,
    of_group,
    open_month_for,
)
from payroll.services.remembering import is_unchanged, part_of, remember

log = logging.getLogger(__name__)

SET_ASIDE_AT_MOST = 10


def group_close(
    *,
    months: Sequence[Month],
    number: int,
    as_of: datetime,
    actor: Any = None,
    progress: Progress | None = None,
) -> list[Closed]:
    """Close months for one group of salespeople: each alone, whatever other workers do.

    Whoever's records cannot be reckoned is set aside and named; the others' months are closed.
    """
    return [
        until_not_overtaken(
            lambda month=month: _GroupClose.begin(  # type: ignore[misc]
                month=month,
                first_month=months[0],
                number=number,
                as_of=as_of,
                actor=actor,
                progress=progress,
            ).run()
        )
        for month in months
    ]


@dataclass
class _GroupClose:
    """One pass over a group. `seen` moves with each post of its own; with no other."""

    seen: MonthGroup
    first_month: Month
    as_of: datetime
    actor: Any
    progress: Progress | None
    closed: Closed
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    marks: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def begin(
        cls,
        *,
        month: Month,
        first_month: Month,
        number: int,
        as_of: datetime,
        actor: Any,
        progress: Progress | None,
    ) -> "_GroupClose":
        pay_month, _new = PayMonth.objects.get_or_create(month=month)
        seen, _new = MonthGroup.objects.get_or_create(month=month, number=number)
        # What has once fallen due stays so, though the clock was set back.
        latest = max(as_of, pay_month.closed_as_of or as_of, seen.closed_as_of or as_of)
        return cls(seen, first_month, latest, actor, progress, Closed(month))

    def run(self) -> Closed:
        self._close(self._everybody)
        return self.closed

    @property
    def _part(self) -> str:
        return part_of(self.closed.month, self.seen.number)

    @property
    def _everybody(self) -> Group:
        return Group.numbered(self.seen.number)

    def _close(self, people: Group) -> None:
        """Close these people; where that fails, each half, down to whoever it fails for."""
        try:
            self._assess_and_post(people)
        except (*PASSING, Overtaken):
            raise
        except Exception as error:
            failed = error
        else:
            return
        self._narrow_down(people, failed)

    def _narrow_down(self, people: Group, error: Exception) -> None:
        found = list(employee_nos(people))
        if len(found) > 1:
            for half in people.halves():
                self._close(half)
        elif found:
            closed = self.closed + Closed(
                self.closed.month, set_aside={found[0]: type(error).__name__}
            )
            if len(closed.set_aside) in (SET_ASIDE_AT_MOST, Person.objects.count()):
                raise error  # not one record's fault
            # What it was is for the log; its text could hold what is nobody's business there.
            log.error("person %s set aside: %s", people.first, type(error).__name__)
            with transaction.atomic():
                hold_open_month(closed.month)
                self._move_on(replace(self, closed=closed))
            self._is_now(replace(self, closed=closed))

    def _assess_and_post(self, people: Group) -> None:
        # Money handed in before the cutoff may not be committed yet (CUT-3).
        in_flight_pass(STAMPED)
        with read_snapshot():
            found = None if self._is_unchanged(people) else self._read(people)
        if found is None:
            steps_pass(group_steps(), self.progress)
            return
        after = self._after(found)
        self._post(people, found, after)
        self._is_now(after)

    def _is_unchanged(self, people: Group) -> bool:
        return (
            people == self._everybody
            and not self.seen.set_aside
            and is_unchanged(
                part=self._part,
                version=self.seen.version,
                first_month=self.first_month,
                as_of=self.as_of,
            )
        )

    def _read(self, people: Group) -> "_Found":
        month = self.closed.month
        with asking() as asked:
            context = context_of(
                month=month, as_of=self.as_of, group=people, first_month=self.first_month
            )
            found = assess(context, steps=group_steps(), progress=self.progress)
            pay_month, is_final, ids = open_month_for(month), is_final_month(month), _ids(people)
            records = [] if is_final else map(import_string, settings.MONTH_CLOSE_RECORDS)
            keeps = [keep for record in records if (keep := record(found.context))]
        read = asked.told() if people == self._everybody else None
        change = ledger_difference(month=month, wanted=found.charges, share=of_group(people))
        return _Found(found, change, pay_month, is_final, keeps, ids, read)

    def _after(self, found: "_Found") -> "_GroupClose":
        """This pass as it will be when what was found is posted."""
        own = found.assessment.totals()
        totals = {
            rule: self.totals.get(rule, ZERO) + own.get(rule, ZERO) for rule in {*self.totals, *own}
        }
        closed = Closed(self.closed.month, len(found.change.post), len(found.change.reverse))
        return replace(
            self,
            totals=totals,
            marks=self.marks | found.assessment.context.marks,
            closed=self.closed + closed,
        )

    @transaction.atomic
    def _post(self, people: Group, found: "_Found", after: "_GroupClose") -> None:
        month = self.closed.month
        if hold_open_month(month) != found.pay_month:
            raise Overtaken
        self._move_on(after)
        posting = Posting(
            month=month,
            pay_month=found.pay_month,
            ids=found.ids,
            job=f"close {month}",
            actor=self.actor,
        )
        difference_post(change=found.change, posting=posting, share=of_group(people))
        for record in found.records():
            record()
        if found.read:
            remember(
                part=self._part,
                version=self.seen.version + 1,
                first_month=self.first_month,
                context=found.assessment.context,
                read=found.read,
                share=of_group(people),
                records=found.records(),
            )

    def _move_on(self, after: "_GroupClose") -> None:
        """Write what the group came to; whoever read it before has been overtaken."""
        moved = MonthGroup.objects.filter(pk=self.seen.pk, version=self.seen.version).update(
            version=self.seen.version + 1,
            closed_as_of=self.as_of,
            totals={rule: str(amount) for rule, amount in after.totals.items()},
            marks=marks_by_rule(after.marks),
            set_aside=dict(after.closed.set_aside),
        )
        if not moved:
            raise Overtaken

    def _is_now(self, after: "_GroupClose") -> None:
        """Once it is committed, and not before."""
        self.seen.version += 1
        self.totals, self.marks, self.closed = after.totals, after.marks, after.closed


@dataclass(frozen=True)
class _Found:
    """What was read of some people's month, and what it makes of the ledger."""

    assessment: Assessment
    change: Change
    pay_month: Month
    was_final: bool
    keeps: Sequence[Keep]
    ids: Mapping[str, int]
    read: Told | None

    def records(self) -> list[Callable[[], None]]:
        """What is written beside the entries: each makes its table what was found."""
        if self.was_final:
            return []
        notes = partial(notes_replace, assessment=self.assessment, ids=self.ids)
        return [notes, *(partial(keep, self.ids) for keep in self.keeps)]


def _ids(people: Group) -> dict[str, int]:
    return dict(people.of(Person.objects.order_by(), "").values_list("employee_no", "id"))
