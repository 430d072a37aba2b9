"""Activities: planned, approved, carried out, attended, with what came of them (PLAN-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.services import in_place
from core import clock
from core.services import audit, audit_subject
from performance.models import Activity, ActivityPlace
from performance.services.keeping import PerformanceRefused, change
from performance.services.telling import activity_tell

State = Activity.State


@dataclass(frozen=True, slots=True)
class Plan:
    """An activity as its form says it."""

    title: str
    plan: str
    team: str
    place: str
    starts_on: date
    ends_on: date
    cost: Decimal | None
    people: Sequence[Person]

    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__ if name != "people"}


@transaction.atomic
def activity_plan(*, plan: Plan, token: UUID, actor: Any) -> Activity:
    """Write a plan that waits for approval. The same form sent twice plans one."""
    _check(plan)
    said = {"planner": actor.person, **plan.fields()}
    made, new = Activity.objects.get_or_create(token=token, defaults=said)
    if new:
        _people_keep(made, plan.people)
        audit(
            actor=actor,
            action="activity planned",
            subject=audit_subject(made),
            changes={"title": [None, made.title], "starts_on": [None, str(made.starts_on)]},
        )
    return made


def _check(plan: Plan) -> None:
    if plan.ends_on < plan.starts_on:
        raise PerformanceRefused(_("It ends after it begins."))
    if plan.starts_on < clock.today():
        raise PerformanceRefused(_("An activity is planned for a day to come."))


def _people_keep(activity: Activity, people: Sequence[Person]) -> None:
    wanted = {person.pk for person in people}
    activity.places.exclude(person__in=wanted).delete()
    there = set(activity.places.values_list("person_id", flat=True))
    ActivityPlace.objects.bulk_create(
        ActivityPlace(activity=activity, person_id=pk) for pk in sorted(wanted - there)
    )


@transaction.atomic
def activity_change(*, activity: Activity, plan: Plan, actor: Any) -> Activity:
    """Change a plan nobody has approved, as it was seen; one that was refused waits again."""
    _check(plan)
    if activity.state not in (State.ASKED, State.REFUSED):
        raise PerformanceRefused(_("It was decided already."))
    changed: Activity = change(
        activity,
        action="activity changed",
        actor=actor,
        state=State.ASKED,
        decision="",
        decided_at=None,
        decided_by=None,
        **plan.fields(),
    )
    _people_keep(changed, plan.people)
    return changed


@transaction.atomic
def activity_decide(*, activity: Activity, approve: bool, decision: str, actor: Any) -> Activity:
    """Approve a plan, or refuse it with the reason; once."""
    if activity.state != State.ASKED:
        raise PerformanceRefused(_("It was decided already."))
    if not approve and not decision.strip():
        raise PerformanceRefused(_("A refusal needs its reason."))
    decided: Activity = change(
        activity,
        action="activity decided",
        actor=actor,
        said=in_place(actor, "manager", "leader"),
        state=State.APPROVED if approve else State.REFUSED,
        decision=decision.strip(),
        decided_at=clock.now(),
        decided_by=actor,
    )
    activity_tell(activity=decided, actor=actor)
    return decided


@transaction.atomic
def activity_carry_out(
    *, activity: Activity, result: str, came: Mapping[int, bool], actor: Any
) -> Activity:
    """Say what came of it and who came, by the id of the person; said again it is corrected.

    Whoever is not named did not come.
    """
    if activity.state not in (State.APPROVED, State.HELD):
        raise PerformanceRefused(_("Only an approved activity is carried out."))
    if clock.today() < activity.starts_on:
        raise PerformanceRefused(_("It has not begun yet."))
    if not result.strip():
        raise PerformanceRefused(_("Say what came of it."))
    there = [pk for pk, was_there in came.items() if was_there]
    held: Activity = change(
        activity,
        action="activity carried out",
        actor=actor,
        said={"came": len(there)},
        state=State.HELD,
        result=result.strip(),
    )
    held.places.filter(person__in=there).update(attended=True)
    held.places.exclude(person__in=there).update(attended=False)
    return held


@transaction.atomic
def activity_call_off(*, activity: Activity, reason: str, actor: Any) -> Activity:
    """Call an approved activity off, with the reason; who takes part is told."""
    if activity.state != State.APPROVED:
        raise PerformanceRefused(_("Only an approved activity is called off."))
    if not reason.strip():
        raise PerformanceRefused(_("Say why."))
    gone: Activity = change(
        activity,
        action="activity called off",
        actor=actor,
        state=State.CALLED_OFF,
        decision=reason.strip(),
    )
    activity_tell(activity=gone, actor=actor)
    return gone
