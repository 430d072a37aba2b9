"""Today's plan and the learning log, as salespeople write them (PLAN-2, S4.8)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from reports.models import DayPlan, Learning
from reports.services.keeping import change_audited, made_audited
from reports.services.refusals import ChangedMeanwhile, ReportsRefused

NOT_WRITTEN = -1  # what is seen where there is no plan yet


@transaction.atomic
def plan_write(*, person: Person, text: str, seen: int, actor: Any = None) -> DayPlan:
    """Write today's plan, or change it as it was seen (`seen`: its version, or `NOT_WRITTEN`).

    Raises `ChangedMeanwhile` where another window wrote it.
    """
    if not text.strip():
        raise ReportsRefused(_("Write what you mean to do."))
    today = clock.today()
    if seen == NOT_WRITTEN:
        said = {"text": text.strip(), "written_at": clock.now()}
        plan, new = DayPlan.objects.get_or_create(person=person, date=today, defaults=said)
        if not new and plan.text != text.strip():
            raise ChangedMeanwhile(_("It was changed meanwhile; look again."))
        if new:
            made_audited(plan, action="plan of the day written", actor=actor, text=plan.text)
        return plan
    there = DayPlan.objects.filter(person=person, date=today).first()
    if there is None:
        raise ChangedMeanwhile(_("The day is over; write today's plan."))
    there.version = seen
    changed: DayPlan = change_audited(
        there, action="plan of the day written", actor=actor, text=text.strip()
    )
    return changed


@transaction.atomic
def problem_write(*, person: Person, text: str, token: UUID, actor: Any = None) -> Learning:
    """Write a problem into the learning log; the next meeting talks about it. The same form sent
    twice writes one."""
    said = {"person": person, "text": text.strip()}
    made, new = Learning.objects.get_or_create(token=token, defaults=said)
    if made.person_id != person.pk:
        raise ReportsRefused(_("Open the form anew and send it again."))
    if new:
        made_audited(made, action="problem written", actor=actor, text=made.text)
    return made


@transaction.atomic
def problem_change(*, problem: Learning, text: str, actor: Any = None) -> Learning:
    """Change a problem that no meeting has answered, as it was seen."""
    if problem.talked_in_id is not None:
        raise ChangedMeanwhile(_("A meeting has answered it already."))
    changed: Learning = change_audited(
        problem, action="problem changed", actor=actor, text=text.strip()
    )
    return changed
