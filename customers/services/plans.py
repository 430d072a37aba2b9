"""Planning visits: made, changed, dropped (VIS-5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.services import audit, audit_subject
from customers.models import Customer, VisitPlan
from customers.services.changing import change_audited
from customers.services.refusals import ChangedMeanwhile, VisitRefused

AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """When, what for, and what is ready before leaving."""

    on: date
    purpose: str
    materials: bool = False
    samples: bool = False
    appointment: bool = False

    def fields(self) -> dict[str, Any]:
        return {
            "on": self.on,
            "purpose": self.purpose.strip(),
            "materials": self.materials,
            "samples": self.samples,
            "appointment": self.appointment,
        }


def _check(facts: PlanFacts) -> None:
    if not facts.purpose.strip():
        raise VisitRefused(_("Say what the visit is for."))
    if facts.on < clock.today():
        raise VisitRefused(_("The day has passed."))
    if facts.on > clock.today() + AHEAD:
        raise VisitRefused(_("The day lies too far ahead."))


@transaction.atomic
def plan_make(*, person: Person, customer: Customer, facts: PlanFacts, actor: Any) -> VisitPlan:
    """Plan a visit; planned twice for one day it is the first one. Raises `VisitRefused`."""
    _check(facts)
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    standing = VisitPlan.objects.standing()
    if known := standing.filter(person=held, customer=customer, on=facts.on).first():
        return known  # type: ignore[no-any-return]
    plan = VisitPlan.objects.create(person=held, customer=customer, **facts.fields())
    said = {"on": [None, facts.on.isoformat()], "purpose": [None, plan.purpose]}
    audit(actor=actor, action="visit planned", subject=audit_subject(plan), changes=said)
    return plan


@transaction.atomic
def plan_change(*, plan: VisitPlan, facts: PlanFacts, actor: Any) -> VisitPlan:
    """Change a plan as it was seen: another day, another purpose, more that is ready."""
    _check(facts)
    if plan.dropped_at:
        raise ChangedMeanwhile(_("It was dropped meanwhile."))
    Person.objects.select_for_update(no_key=True).get(pk=plan.person_id)
    others = VisitPlan.objects.standing().exclude(pk=plan.pk)
    if others.filter(person=plan.person_id, customer=plan.customer_id, on=facts.on).exists():
        raise VisitRefused(_("A visit to this customer is planned for that day already."))
    changed: VisitPlan = change_audited(
        plan, action="planned visit changed", actor=actor, **facts.fields()
    )
    return changed


@transaction.atomic
def plan_drop(*, plan: VisitPlan, actor: Any) -> bool:
    """Take a plan back. Whether anything changed: dropped twice, it is once."""
    if plan.dropped_at:
        return False
    change_audited(plan, action="planned visit dropped", actor=actor, dropped_at=clock.now())
    return True
