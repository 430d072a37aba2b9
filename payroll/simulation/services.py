"""Asking for a simulation, and carrying it out as a job. It writes its own tables and no other."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.db import read_snapshot, statistics_ensure
from core.jobs import JobRefused, Running, job_request
from core.models import JobRun
from core.money import ZERO, to_fen, total
from core.months import Month
from core.services import audit, audit_subject
from payroll.models import PayMonth
from payroll.simulation.models import PolicySimulation, SimulationRow
from payroll.simulation.reckoning import Reckoning, Simulated, Simulation, steps_of
from policy.models import PolicyDraft
from policy.querysets import policy_rows
from policy.rules import PolicyBook
from policy.versions import book_throughout, book_with

BATCH = 1000
KIND = "simulation"


class CannotSimulate(Exception):
    """The message says why, in the reader's language."""


@transaction.atomic
def simulation_request(
    *, actor: Any, draft: PolicyDraft, month: Month, whole_month: bool
) -> PolicySimulation:
    """Ask what a closed month would be with the draft. While the same is under way, that one is
    the answer.

    Raises `CannotSimulate`.
    """
    held = PolicyDraft.objects.select_for_update().get(pk=draft.pk)
    if not held.changes:
        raise CannotSimulate(_("The draft changes nothing yet."))
    closed = PayMonth.objects.exclude(state=PayMonth.State.OPEN).filter(month=month)
    if not closed.exists():
        raise CannotSimulate(_("Only a month that has been closed can be simulated."))
    same = PolicySimulation.objects.filter(
        draft=held,
        draft_version=held.version,
        month=month,
        whole_month=whole_month,
        done_at=None,
    )
    for waiting in same:
        if JobRun.objects.filter(
            kind=KIND, subject=waiting.subject, state__in=JobRun.UNDER_WAY
        ).exists():
            return waiting
    made = PolicySimulation.objects.create(
        draft=held,
        draft_version=held.version,
        changes=held.changes,
        effective_on=held.effective_on,
        month=month,
        whole_month=whole_month,
        requested_by=actor,
    )
    audit(
        actor=actor,
        action="simulate",
        subject=audit_subject(held),
        changes={"month": ["", str(month)]},
    )
    job_request(kind=KIND, subject=made.subject, actor=actor)
    return made


def simulation_go_on(*, running: Running) -> None:
    """Carry a simulation out. Begun again after a crash it ends the same. Raises `JobRefused`."""
    number = int(running.run.subject.partition("/")[2])
    simulation = PolicySimulation.objects.filter(pk=number).first()
    if simulation is None:
        raise JobRefused(_("The simulation is not there any more."))
    if simulation.done_at is None:
        statistics_ensure()
        advance = running.begin(steps=steps_of(simulation.month))
        simulation_run(simulation=simulation, progress=advance)
        simulation.refresh_from_db()
    running.finish(outcome={"people": simulation.people, "differing": simulation.differing})


def simulation_run(*, simulation: PolicySimulation, progress: Any = None) -> None:
    """Reckon both sides in one snapshot, and keep what they come to.

    Today's policy on one side; on the other the same with the draft's changes, all month long or
    from the draft's own day. Both as of now, so that nothing but the policy differs.
    """
    as_of = clock.now()
    with read_snapshot():
        found = Reckoning(simulation.month, as_of, books_of(simulation), progress).run()
        ids = dict(Person.objects.order_by().values_list("employee_no", "id"))
    SimulationRow.objects.filter(simulation=simulation).delete()
    rows = (_row(simulation, ids[no], found.people[no]) for no in sorted(found.people))
    while batch := list(islice(rows, BATCH)):
        SimulationRow.objects.bulk_create(batch)
    _finish(simulation, found, as_of)


def books_of(simulation: PolicySimulation) -> tuple[PolicyBook, PolicyBook]:
    """The policy as it is, and as the simulation takes it. One query."""
    rows = policy_rows()
    if simulation.whole_month:
        draft = book_throughout(rows, simulation.changes, simulation.month.first_day)
    else:
        draft = book_with(rows, simulation.changes, simulation.effective_on)
    return PolicyBook.of(rows), draft


def _row(simulation: PolicySimulation, person_id: int, each: Simulated) -> SimulationRow:
    before, after = total(each.before.values()), total(each.after.values())
    return SimulationRow(
        simulation=simulation,
        person_id=person_id,
        before=before,
        after=after,
        difference=after - before,
        size=abs(after - before),
        lines=each.lines,
        notes=each.notes,
    )


def _finish(simulation: PolicySimulation, found: Simulation, as_of: Any) -> None:
    people = found.people.values()
    PolicySimulation.objects.filter(pk=simulation.pk, done_at=None).update(
        as_of=as_of,
        done_at=clock.now(),
        people=len(people),
        differing=sum(1 for each in people if each.lines or each.notes),
        before=total(amount for each in people for amount in each.before.values()),
        after=total(amount for each in people for amount in each.after.values()),
        by_rule=_by_rule(people),
        set_aside=found.set_aside,
    )


def _by_rule(people: Iterable[Simulated]) -> dict[str, list[int]]:
    """Whole fen before and after of every rule, and for how many it differs."""
    before: dict[str, Decimal] = defaultdict(lambda: ZERO)
    after: dict[str, Decimal] = defaultdict(lambda: ZERO)
    differing: dict[str, int] = defaultdict(int)
    for each in people:
        for rule in {*each.before, *each.after}:
            old, new = each.before.get(rule, ZERO), each.after.get(rule, ZERO)
            before[rule] += old
            after[rule] += new
            differing[rule] += old != new
    return {
        rule: [to_fen(before[rule]), to_fen(after[rule]), differing[rule]]
        for rule in sorted({*before, *after})
    }
