"""Collection plans: written by one side, agreed by the other, their promises judged (DUE-1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.db import queue_up
from core.money import ZERO, total
from core.services import audit, audit_subject
from core.tables.writing import cell_text
from core.templatetags.house import day, moment, yuan_text
from receivables.models import CollectionPlan, PlanStep, UnpaidDelivery
from receivables.querysets.plans import (
    JudgedPlan,
    money_counted,
    money_since,
    orders_with_plans,
    plans_to_judge,
)
from receivables.querysets.unpaid import Orders
from receivables.rules.promises import PromiseState, Verdict, promise_verdicts
from receivables.services.plans_telling import agreed_tell, written_tell

MOST_STEPS = 10


class PlanRefused(Exception):
    """It cannot be done; the message says why, in the reader's language."""


class ChangedMeanwhile(PlanRefused):
    """Somebody else was first; the message says who."""


@dataclass(frozen=True, slots=True)
class StepSaid:
    """A step as it is written: by when, what, who, how many yuan are to come in (0: none)."""

    due_on: date
    what: str
    who: Person
    amount: Decimal = ZERO


@transaction.atomic
def plan_write(
    *,
    actor: Any,
    unpaid: UnpaidDelivery,
    steps: Sequence[StepSaid],
    token: UUID,
    note: str = "",
    seen: int | None = None,
) -> CollectionPlan:
    """Write a plan for an escalated delivery; it waits for the other side to agree (DUE-1).

    It replaces the plan its writer saw (`seen`, None: there was none). The same form sent twice
    writes one. Raises `ChangedMeanwhile` where another plan was written meanwhile, `PlanRefused`
    for steps that cannot be promised and for a delivery that is not escalated.
    """
    if written := _written(token, actor):
        return written
    locked = UnpaidDelivery.objects.select_for_update(no_key=True).get(pk=unpaid.pk)
    if written := _written(token, actor):
        return written
    _refuse_steps(locked, steps)
    _replace(locked, seen)
    plan = _plan_save(locked, actor, token, note)
    PlanStep.objects.bulk_create(
        PlanStep(
            plan=plan, due_on=each.due_on, what=each.what.strip(), who=each.who, amount=each.amount
        )
        for each in steps
    )
    changes = {"steps": [None, "; ".join(f"{s.due_on} {s.what} {s.amount}" for s in steps)]}
    audit(actor=actor, action="plan", subject=audit_subject(plan), changes=changes)
    written_tell(plan=plan, actor=actor)
    return plan


def _written(token: UUID, actor: Any) -> CollectionPlan | None:
    found: CollectionPlan | None = CollectionPlan.objects.filter(
        token=token, written_by=actor
    ).first()
    return found


def _refuse_steps(unpaid: UnpaidDelivery, steps: Sequence[StepSaid]) -> None:
    if unpaid.settled_on is not None:
        raise PlanRefused(_("The delivery is settled: there is nothing to collect."))
    if unpaid.escalated_on is None:
        raise PlanRefused(_("A plan is for a delivery that is escalated."))
    if not 0 < len(steps) <= MOST_STEPS:
        raise PlanRefused(_("A plan has 1 to %(n)s steps.") % {"n": MOST_STEPS})
    for each in steps:
        if not each.what.strip():
            raise PlanRefused(_("Say of each step what is to be done."))
        if each.due_on < clock.today():
            raise PlanRefused(_("%(day)s has passed: promise a day to come.") % _of_day(each))
        if each.amount < 0:
            raise PlanRefused(_("What is to come in is not less than nothing."))
    if (promised := total(each.amount for each in steps)) > unpaid.unpaid:
        raise PlanRefused(
            _("%(promised)s is promised, and %(unpaid)s is unpaid.")
            % {"promised": yuan_text(promised), "unpaid": yuan_text(unpaid.unpaid)}
        )


def _of_day(step: StepSaid | PlanStep) -> dict[str, str]:
    return {"day": day(step.due_on)}


def _replace(unpaid: UnpaidDelivery, seen: int | None) -> None:
    standing = CollectionPlan.objects.standing().filter(unpaid=unpaid)
    there = standing.select_related("written_by__person").first()
    if there is None and seen is None:
        return
    if there is None or there.pk != seen:
        raise ChangedMeanwhile(_written_says(there))
    standing.filter(pk=seen).update(replaced_at=clock.now())


def _written_says(plan: CollectionPlan | None) -> str:
    if plan is None:
        return _("The plan was changed meanwhile; look again.")
    who: Any = plan.written_by
    return _("%(who)s wrote another plan at %(when)s; look at it first.") % {
        "who": who.get_full_name() if who else "—",
        "when": moment(plan.written_at),
    }


def _plan_save(unpaid: UnpaidDelivery, actor: Any, token: UUID, note: str) -> CollectionPlan:
    plan = CollectionPlan(unpaid=unpaid, written_by=actor, token=token, note=note.strip())
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError:
        raise ChangedMeanwhile(_written_says(None)) from None
    return plan


@transaction.atomic
def plan_agree(*, actor: Any, plan: CollectionPlan) -> bool:
    """The other side agrees: from now on its promises are judged. Twice is once.

    Raises `PlanRefused` for one's own plan, one with a day that has passed, or a settled delivery;
    `ChangedMeanwhile` where another plan has replaced it.
    """
    unpaid = UnpaidDelivery.objects.select_for_update(no_key=True).get(pk=plan.unpaid_id)
    now = CollectionPlan.objects.get(pk=plan.pk)
    if now.agreed_at is not None:
        return False
    if actor is None or now.written_by_id == actor.pk:
        raise PlanRefused(_("A plan is agreed by the other side, not by who wrote it."))
    if now.replaced_at is not None:
        standing = CollectionPlan.objects.standing().filter(unpaid=unpaid)
        raise ChangedMeanwhile(_written_says(standing.select_related("written_by__person").first()))
    if unpaid.settled_on is not None:
        raise PlanRefused(_("The delivery is settled: there is nothing to collect."))
    if late := now.steps.filter(due_on__lt=clock.today()).first():
        raise PlanRefused(
            _("%(day)s has passed meanwhile: a new plan has to be written.") % _of_day(late)
        )
    at = clock.now()
    waiting = CollectionPlan.objects.standing().filter(pk=plan.pk, agreed_at=None)
    if waiting.update(agreed_at=at, agreed_by=actor) != 1:
        raise ChangedMeanwhile(_written_says(None))
    changes = {"agreed_at": [None, cell_text(at)]}
    audit(actor=actor, action="agree", subject=audit_subject(plan), changes=changes)
    agreed_tell(plan=CollectionPlan.objects.get(pk=plan.pk), actor=actor)
    return True


@transaction.atomic
def step_done(*, actor: Any, step: PlanStep) -> bool:
    """Tick a step of an agreed plan that promises no money, by its day. Twice is once.

    Raises `PlanRefused` where its day has passed, or the step is none to tick.
    """
    seen = PlanStep.objects.select_related("plan__unpaid").get(pk=step.pk)
    if seen.amount:
        raise PlanRefused(_("This step is kept by the money that comes in."))
    if seen.state == PromiseState.KEPT:
        return False
    plan = seen.plan
    if plan.agreed_at is None or plan.replaced_at is not None:
        raise PlanRefused(_("The plan does not stand."))
    today = clock.today()
    waiting = PlanStep.objects.filter(
        pk=step.pk,
        state=PromiseState.OPEN,
        due_on__gte=today,
        plan__agreed_at__isnull=False,
        plan__replaced_at=None,
    )
    if waiting.update(state=PromiseState.KEPT, settled_on=today) != 1:
        raise PlanRefused(_("%(day)s has passed: the promise is broken.") % _of_day(seen))
    changes = {"state": [PromiseState.OPEN.value, PromiseState.KEPT.value]}
    audit(actor=actor, action="step done", subject=audit_subject(seen), changes=changes)
    return True


@dataclass
class Judged:
    """How many promises a run found kept and broken that were not so before."""

    kept: int = 0
    broken: int = 0


def promises_judge(*, as_of: date, progress: Callable[[str], None] | None = None) -> Judged:
    """Make the promises of all agreed plans what the facts say, as a day's morning finds them.

    Run twice, days late or by two workers at once, it comes to the same; where facts are corrected
    afterwards, what was broken is kept, and what was kept broken. Deliveries are to be converged
    before: what is settled breaks no promise.
    """
    found = Judged()
    for orders in orders_with_plans():
        if progress:
            progress(str(orders.first))
        with transaction.atomic():
            queue_up("unpaid deliveries")
            _judge(orders, as_of, found)
    return found


def _judge(orders: Orders, as_of: date, found: Judged) -> None:
    money = money_counted(orders)
    changed: list[PlanStep] = []
    for plan in plans_to_judge(orders):
        verdicts = promise_verdicts(
            (step.promise for step in plan.steps),
            money_since(money.get(plan.order, ()), plan.written_at),
            plan.until(as_of),
            paid_on=plan.paid_on,
        )
        changed.extend(_news(plan, verdicts, as_of))
    for step in changed:
        found.kept += step.state == PromiseState.KEPT
        found.broken += step.state == PromiseState.BROKEN
    PlanStep.objects.bulk_update(changed, ["state", "settled_on"], batch_size=500)


def _news(plan: JudgedPlan, verdicts: dict[int, Verdict], as_of: date) -> list[PlanStep]:
    return [
        PlanStep(pk=step.promise.key, state=str(verdict.state), settled_on=verdict.settled_on)
        for step in plan.steps
        if (verdict := verdicts[step.promise.key]) != step.says
        and not _was_seen_after(step.says, as_of)
    ]


def _was_seen_after(says: Verdict, as_of: date) -> bool:
    """Whether a later day has judged it already: what that found is left to it."""
    if says.settled_on is None:
        return False
    # Broken with the morning that finds it so, kept with the day before it at the latest.
    is_broken = says.state == PromiseState.BROKEN
    return says.settled_on > as_of if is_broken else says.settled_on >= as_of
