"""Leave asked for, evidence handed in, a request withdrawn: by whoever wants it (LEA-1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from attendance.leave_facts import ACTIVE, LeaveRules, counted_halves, fact_of, leave_rules
from attendance.leave_steps import steps_needed
from attendance.leave_words import leave_words
from attendance.models import Leave, Status
from attendance.rules import REGULATION_LEAVE_TYPES
from attendance.services.leave_keeping import (
    ChangedMeanwhile,
    LeaveRefused,
    evidence_keep,
    leave_change,
    leave_hold,
    leave_reread,
    what_it_became,
)
from attendance.services.leave_telling import leave_asked_tell, leave_withdrawn_tell
from core import clock
from core.files.reading import ReadFile
from core.services import audit, audit_subject

LONGEST_DAYS = 400
OLDEST = timedelta(days=92)  # so long after it began leave can still be asked for
FARTHEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class AskedLeave:
    """What the form asks for: from one half of a day through another."""

    type: str
    start_on: date
    start_half: str
    end_on: date
    end_half: str
    reason: str = ""

    def fields(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "start_on": self.start_on,
            "start_half": self.start_half,
            "end_on": self.end_on,
            "end_half": self.end_half,
            "reason": self.reason.strip(),
        }


@transaction.atomic
def leave_ask(
    *,
    person: Person,
    asked: AskedLeave,
    files: Iterable[ReadFile] = (),
    token: UUID,
    actor: Any = None,
) -> Leave:
    """Ask for leave; it waits for a decision. Evidence may follow later.

    The same form sent twice is one request. Raises `LeaveRefused`, and `FileRefused` for a file
    that is not kept. Where the same days were refused or cancelled before, that request is asked
    anew.
    """
    leave_hold(person)
    if sent := Leave.objects.filter(token=token).first():
        return _sent_already(sent, person)
    rules = leave_rules()
    leave = Leave(person=person, **asked.fields())
    _check(leave, rules)
    if other := overlapping(leave):
        raise LeaveRefused(
            _("These days overlap another request of yours: %(leave)s, %(status)s.")
            % {
                "leave": leave_words(other, rules.names),
                "status": other.get_status_display(),
            }
        )
    made = _write(leave, needed=steps_needed(leave, rules), token=token)
    if evidence := evidence_keep(made, files, actor):
        Leave.objects.filter(pk=made.pk).update(evidence=evidence)
    # Not why: an illness is for whoever decides, the trail is for more.
    changes = {
        "status": [None, Status.PENDING],
        "start_on": [None, str(made.start_on)],
        "end_on": [None, str(made.end_on)],
    }
    audit(actor=actor, action="ask leave", subject=audit_subject(made), changes=changes)
    leave_asked_tell(leave=made, step=1, actor=actor)
    return Leave.objects.get(pk=made.pk)


def _sent_already(sent: Leave, person: Person) -> Leave:
    if sent.person_id != person.pk:
        raise LeaveRefused(_("Open the form anew and send it again."))
    return sent


def _check(leave: Leave, rules: LeaveRules) -> None:
    if (leave.end_on, leave.end_half) < (leave.start_on, leave.start_half):
        raise LeaveRefused(_("The leave ends before it starts."))
    if (leave.end_on - leave.start_on).days > LONGEST_DAYS:
        raise LeaveRefused(_("No leave is longer than %(days)s days.") % {"days": LONGEST_DAYS})
    today = clock.today()
    if not today - OLDEST <= leave.start_on <= today + FARTHEST:
        raise LeaveRefused(_("The leave lies too far back or too far ahead."))
    kind = rules.types.get(leave.type)
    if (kind is None and leave.type not in REGULATION_LEAVE_TYPES) or (kind and kind.retired_on):
        raise LeaveRefused(_("This type of leave is not to be had."))
    if not leave.reason:
        raise LeaveRefused(_("Leave needs its reason."))
    if not counted_halves(fact_of(leave), rules.ground(leave.person)):
        raise LeaveRefused(_("There is no workday among these days."))


def overlapping(leave: Leave) -> Leave | None:
    """Another request of theirs, waiting or approved, that shares half a day with this one."""
    near = Leave.objects.filter(
        person=leave.person,
        status__in=ACTIVE,
        start_on__lte=leave.end_on,
        end_on__gte=leave.start_on,
    ).exclude(pk=leave.pk)
    # "am" < "pm": days with their halves order as halves do.
    start, end = (leave.start_on, leave.start_half), (leave.end_on, leave.end_half)
    return next(
        (
            other
            for other in near.order_by("start_on", "start_half")
            if (other.start_on, other.start_half) <= end and start <= (other.end_on, other.end_half)
        ),
        None,
    )


def _write(leave: Leave, *, needed: int, token: UUID) -> Leave:
    """A new row, or the one of these days that came to nothing."""
    said = {"steps_needed": needed, "filed_at": clock.now(), "token": token}
    known = Leave.objects.filter(
        person=leave.person,
        type=leave.type,
        start_on=leave.start_on,
        start_half=leave.start_half,
    ).first()
    if known is None:
        for name, value in said.items():
            setattr(leave, name, value)
        leave.status = Status.PENDING
        leave.save(force_insert=True)
        return leave
    leave_change(
        known,
        status=Status.PENDING,
        end_on=leave.end_on,
        end_half=leave.end_half,
        reason=leave.reason,
        special_case=False,
        evidence="",
        reply="",
        decided_by=None,
        decided_at=None,
        **said,
    )
    again: Leave = Leave.objects.select_related("person__supervisor").get(pk=known.pk)
    return again


@transaction.atomic
def leave_evidence(*, leave: Leave, files: Iterable[ReadFile], actor: Any = None) -> Leave:
    """Hand evidence in later, for a request that waits or is approved; none is taken away.

    No decision hangs on what was seen of it before, so the version stays.
    """
    leave_hold(leave.person_id)
    now = Leave.objects.get(pk=leave.pk)
    if now.status not in ACTIVE:
        raise ChangedMeanwhile(what_it_became(leave.pk))
    evidence = evidence_keep(now, files, actor)
    Leave.objects.filter(pk=now.pk).update(evidence=evidence)
    audit(actor=actor, action="leave evidence", subject=audit_subject(now), changes={})
    return Leave.objects.get(pk=now.pk)


@transaction.atomic
def leave_withdraw(*, leave: Leave, actor: Any = None) -> Leave:
    """Whoever asked lets it be. Raises `ChangedMeanwhile` where it was decided before."""
    now = leave_reread(leave, Status.PENDING)
    leave_change(now, status=Status.CANCELLED, decided_by=None, decided_at=None, reply="")
    audit(
        actor=actor,
        action="leave withdrawn",
        subject=audit_subject(now),
        changes={"status": [Status.PENDING, Status.CANCELLED]},
    )
    leave_withdrawn_tell(leave=now, actor=actor)
    return Leave.objects.get(pk=now.pk)
