"""What a meeting decides, whom it praises, what it answers (MEET-1, MEET-2)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.services import audit, audit_subject
from reports.models import Learning, Meeting, MeetingDecision, Praise
from reports.services.keeping import change, change_audited
from reports.services.meetings import meeting_locked
from reports.services.refusals import ChangedMeanwhile, ReportsRefused
from reports.services.telling import (
    decision_done_tell,
    decision_tell,
    praise_tell,
    problem_tell,
)


@transaction.atomic
def decision_add(
    *, meeting: Meeting, text: str, owner: Person, due_on: date, token: UUID, actor: Any = None
) -> MeetingDecision:
    """Write down what was decided, who does it, until when; who has to is told. The same form
    sent twice decides once."""
    held = _begun(meeting)
    sent: MeetingDecision | None = MeetingDecision.objects.filter(token=token, meeting=held).first()
    if sent is not None:
        return sent
    made = MeetingDecision.objects.create(
        meeting=held, text=text.strip(), owner=owner, due_on=due_on, token=token
    )
    audit(
        actor=actor,
        action="decided",
        subject=audit_subject(held),
        changes={
            "decision": [None, made.text],
            "owner": [None, owner.employee_no],
            "due_on": [None, str(due_on)],
        },
    )
    decision_tell(decision=made, actor=actor)
    return made


def _begun(meeting: Meeting) -> Meeting:
    """The meeting, held until the transaction ends, if it has begun and was not called off."""
    held = meeting_locked(meeting.pk)
    if held.state == Meeting.State.CALLED_OFF:
        raise ReportsRefused(_("The meeting was called off."))
    if held.is_planned and clock.now() < held.opens_at:
        raise ReportsRefused(_("It has not begun yet."))
    return held


@transaction.atomic
def decision_change(
    *,
    decision: MeetingDecision,
    text: str,
    owner: Person,
    due_on: date,
    actor: Any = None,
) -> MeetingDecision:
    """Change what is still to be done, as it was seen; another owner, or another day, is told."""
    _must_be_open(decision)
    change_audited(
        decision,
        action="decision changed",
        actor=actor,
        text=text.strip(),
        owner=owner,
        due_on=due_on,
    )
    changed: MeetingDecision = MeetingDecision.objects.select_related("owner").get(pk=decision.pk)
    if owner.pk != decision.owner_id or due_on != decision.due_on:
        decision_tell(decision=changed, actor=actor)
    return changed


def _must_be_open(decision: MeetingDecision) -> None:
    if decision.done_at is not None:
        raise ChangedMeanwhile(_("It is done already."))


@transaction.atomic
def decision_done(*, decision: MeetingDecision, note: str, actor: Any = None) -> MeetingDecision:
    """It is done: what came of it. Raises `ChangedMeanwhile` for who comes second."""
    if not note.strip():
        raise ReportsRefused(_("Say what came of it."))
    _must_be_open(decision)
    change_audited(
        decision, action="decision done", actor=actor, done_at=clock.now(), done_note=note.strip()
    )
    rows = MeetingDecision.objects.select_related("owner", "meeting__chair")
    done: MeetingDecision = rows.get(pk=decision.pk)
    decision_done_tell(decision=done, actor=actor)
    return done


@transaction.atomic
def praise_give(*, meeting: Meeting, person: Person, reason: str, actor: Any) -> Praise:
    """Praise somebody in the Saturday summary; who is praised is told. Praised again, the reason
    is the new one."""
    if meeting.kind != "saturday":
        raise ReportsRefused(_("Praise is given in the Saturday summary."))
    if not reason.strip():
        raise ReportsRefused(_("Say what for."))
    held = _begun(meeting)
    was = (
        Praise.objects.filter(meeting=held, person=person).values_list("reason", flat=True).first()
    )
    said = {"reason": reason.strip(), "by": actor, "at": clock.now()}
    praise, _new = Praise.objects.update_or_create(meeting=held, person=person, defaults=said)
    audit(
        actor=actor,
        action="praised",
        subject=audit_subject(held),
        changes={"person": person.employee_no, "reason": [was, praise.reason]},
    )
    praise_tell(praise=praise, actor=actor)
    return praise


@transaction.atomic
def praise_take_back(*, praise: Praise, actor: Any) -> None:
    """A praise that was a mistake goes; the trail keeps it."""
    gone, _rows = Praise.objects.filter(pk=praise.pk).delete()
    if gone:
        audit(
            actor=actor,
            action="praise taken back",
            subject=audit_subject(praise.meeting),
            changes={"person": praise.person.employee_no, "reason": [praise.reason, None]},
        )


@transaction.atomic
def problem_answer(
    *, problem: Learning, meeting: Meeting, answer: str, actor: Any = None
) -> Learning:
    """What the meeting says to a problem of the learning log; who wrote it is told."""
    if not answer.strip():
        raise ReportsRefused(_("Write the answer."))
    held = _begun(meeting)
    if problem.talked_in_id not in (None, held.pk):
        raise ChangedMeanwhile(_("Another meeting has answered it already."))
    change(problem, answer=answer.strip(), talked_in=held)
    audit(
        actor=actor,
        action="problem answered",
        subject=audit_subject(problem),
        changes={"answer": [problem.answer, answer.strip()]},
    )
    answered: Learning = Learning.objects.select_related("person").get(pk=problem.pk)
    problem_tell(problem=answered, actor=actor)
    return answered
