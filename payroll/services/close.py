"""The month's close: assess, then make the ledger say so. Right whenever it runs (CUT-3).

It goes group by group, so that its memory, its write transactions and the work of one worker have
a bound, and ends with the part that concerns everybody, reckoned from what the groups came to.
Reading and writing are apart: a group is assessed in a read snapshot, so that nobody waits for it,
and the difference is posted in a transaction that makes sure nobody else did meanwhile (adr/0010).
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.db import PASSING, read_snapshot
from core.money import ZERO
from core.months import Month
from payroll.assessment import (
    Assessment,
    Progress,
    assess,
    context_of,
    department_context,
    department_steps,
    group_steps,
    marks_by_rule,
)
from payroll.context import Keep
from payroll.groups import Group, employee_nos, group_numbers
from payroll.models import MonthGroup, PayMonth
from payroll.rules import Difference
from payroll.services.notes import notes_replace
from payroll.services.posting import (
    Change,
    Posting,
    difference_post,
    hold_open_month,
    ledger_difference,
    of_department,
    of_group,
    open_month_for,
)

log = logging.getLogger(__name__)

TRIES = 20
PAUSE = 0.1
SET_ASIDE_AT_MOST = 10
DEPARTMENT_BATCH = 5_000

Result = TypeVar("Result")


@dataclass(frozen=True)
class Closed:
    """What a close did: how many entries it posted and how many it reversed."""

    month: Month
    posted: int = 0
    reversed: int = 0
    set_aside: Mapping[str, str] = field(default_factory=dict)

    def __add__(self, other: "Closed") -> "Closed":
        return Closed(
            self.month,
            self.posted + other.posted,
            self.reversed + other.reversed,
            {**self.set_aside, **other.set_aside},
        )


class CannotClose(Exception):
    """The month cannot be closed; the message says why, in the reader's language."""


class CloseOvertaken(Exception):
    """Another close came between reading and posting, time and again."""


class _Overtaken(Exception):
    """What was read is not what stands any more; to be read again."""


def close_length(month: Month) -> int:
    """How many steps a close of the month takes, other months made right included."""
    each = len(group_steps()) * len(group_numbers()) + len(department_steps())
    return each * len(months_to_close(month))


def months_to_close(month: Month) -> list[Month]:
    """The month and all that were closed before, oldest first.

    A fact may have changed in any of them, and each opens with the balances of the one before.
    """
    closed = PayMonth.objects.exclude(state=PayMonth.State.OPEN).values_list("month", flat=True)
    return sorted({*closed, month})


def month_close(
    *,
    month: Month,
    as_of: datetime | None = None,
    actor: Any = None,
    progress: Progress | None = None,
) -> list[Closed]:
    """Close a month: post all that falls due up to `as_of` (default now), no more, no less.

    Every month closed before, and every one closed since, is made right as well, oldest first.
    Running it again changes nothing. Raises `CannotClose`.
    """
    as_of = as_of or clock.now()
    close_check(month=month, as_of=as_of)
    months = months_to_close(month)
    done = {each: Closed(each) for each in months}
    for number in group_numbers():
        for closed in group_close(
            months=months, number=number, as_of=as_of, actor=actor, progress=progress
        ):
            done[closed.month] += closed
    for closed in department_close(months=months, as_of=as_of, actor=actor, progress=progress):
        done[closed.month] += closed
    return list(done.values())


def close_check(*, month: Month, as_of: datetime) -> None:
    """Raise `CannotClose` for a month there is nothing to close in."""
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


# --- One group ----------------------------------------------------------------------------------


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
        _until_not_overtaken(
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


def _until_not_overtaken(attempt: Callable[[], Result]) -> Result:
    for tried in range(1, TRIES + 1):
        try:
            return attempt()
        except _Overtaken:
            time.sleep(PAUSE * tried)
    raise CloseOvertaken


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
        self._close(Group.numbered(self.seen.number))
        return self.closed

    def _close(self, people: Group) -> None:
        """Close these people; where that fails, each half, down to whoever it fails for."""
        try:
            self._assess_and_post(people)
        except (*PASSING, _Overtaken):
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
        with read_snapshot():
            found = self._read(people)
        after = self._after(found)
        self._post(people, found, after)
        self._is_now(after)

    def _read(self, people: Group) -> "_Found":
        month = self.closed.month
        context = context_of(
            month=month, as_of=self.as_of, group=people, first_month=self.first_month
        )
        found = assess(context, steps=group_steps(), progress=self.progress)
        is_final = PayMonth.objects.get(month=month).is_final
        records = [] if is_final else [import_string(path) for path in settings.MONTH_CLOSE_RECORDS]
        keeps = [keep for record in records if (keep := record(found.context))]
        change = ledger_difference(month=month, wanted=found.charges, share=of_group(people))
        return _Found(found, change, open_month_for(month), is_final, keeps, _ids(people))

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
            raise _Overtaken
        self._move_on(after)
        posting = Posting(
            month=month,
            pay_month=found.pay_month,
            ids=found.ids,
            job=f"close {month}",
            actor=self.actor,
        )
        difference_post(change=found.change, posting=posting, share=of_group(people))
        if not found.was_final:
            notes_replace(assessment=found.assessment, ids=found.ids)
            for keep in found.keeps:
                keep(found.ids)

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
            raise _Overtaken

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
    keeps: Iterable[Keep]
    ids: Mapping[str, int]


def _ids(people: Group) -> dict[str, int]:
    return dict(people.of(Person.objects.order_by(), "").values_list("employee_no", "id"))


# --- Everybody ----------------------------------------------------------------------------------


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
        _until_not_overtaken(
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
        seen = PayMonth.objects.get(month=month)
        pay_month = open_month_for(month)
        groups = list(MonthGroup.objects.filter(month=month))
        as_of = max(as_of, seen.closed_as_of or as_of)
        assessment = assess(
            department_context(month=month, as_of=as_of, groups=groups, first_month=first_month),
            steps=department_steps(),
            progress=progress,
        )
        change = ledger_difference(month=month, wanted=assessment.charges, share=of_department)
        ids = dict(Person.objects.order_by().values_list("employee_no", "id"))
    reckoned = sum(group.version for group in groups)
    parts = _in_batches(change)
    try:
        for part in parts:
            _department_post(
                part=part,
                seen=seen,
                reckoned=reckoned,
                as_of=as_of,
                posting=Posting(
                    month=month, pay_month=pay_month, ids=ids, job=f"close {month}", actor=actor
                ),
                is_last=part is parts[-1],
            )
    except IntegrityError:
        # Another close reckoned the same from the same groups, and posted it a moment before.
        raise _Overtaken from None
    return Closed(month, len(change.post), len(change.reverse))


def _in_batches(change: Change) -> list[Change]:
    """At most so many entries in one write transaction; always one, be it empty."""
    parts = [
        Difference(change.reverse[start : start + DEPARTMENT_BATCH], ())
        for start in range(0, len(change.reverse), DEPARTMENT_BATCH)
    ]
    parts += [
        Difference((), change.post[start : start + DEPARTMENT_BATCH])
        for start in range(0, len(change.post), DEPARTMENT_BATCH)
    ]
    return parts or [Difference((), ())]


@transaction.atomic
def _department_post(
    *,
    part: Change,
    seen: PayMonth,
    reckoned: int,
    as_of: datetime,
    posting: Posting,
    is_last: bool,
) -> None:
    month = seen.month
    pay_month = hold_open_month(month)
    groups = MonthGroup.objects.select_for_update().filter(month=month).order_by("number")
    if posting.pay_month != pay_month or sum(group.version for group in groups) != reckoned:
        raise _Overtaken
    difference_post(change=part, posting=posting, share=of_department)
    if is_last:
        PayMonth.objects.filter(pk=seen.pk).update(
            reckoned=reckoned,
            closed_at=clock.now(),
            closed_as_of=as_of,
            state=PayMonth.State.FINAL if seen.is_final else PayMonth.State.CLOSED,
        )
