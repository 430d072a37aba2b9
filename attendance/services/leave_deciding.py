"""Leave approved step by step, refused, cancelled, made a special case (LEA-1 to LEA-5, ORG-1).

Fines and pay follow at the close: a request that stands counts, one that does not counts no more.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.rules import deciding_roles
from accounts.services import in_place
from attendance.leave_facts import (
    REWARD,
    LeaveRules,
    counted_halves,
    fact_of,
    grant_fact,
    grants_of,
    leave_rules,
    leaves_of,
    rewards_taken,
    whole_months,
)
from attendance.leave_steps import SECOND, step_now, words_on
from attendance.leave_words import days_words
from attendance.models import Leave, LeaveStep, LeaveType, Status
from attendance.rules.leave_cost import leave_costs
from attendance.rules.rewards import days_missing
from attendance.services.leave_keeping import (
    ChangedMeanwhile,
    LeaveRefused,
    closes_follow,
    leave_change,
    leave_reread,
    months_hold,
    what_it_became,
)
from attendance.services.leave_telling import (
    leave_asked_tell,
    leave_cancelled_tell,
    leave_decided_tell,
    leave_special_tell,
)
from core import clock
from core.services import audit, audit_subject


@transaction.atomic
def leave_approve(
    *, leave: Leave, step: int, special: bool = False, reply: str = "", actor: Any
) -> Leave:
    """Say yes to a request that waits, as it was seen: its version, and which word it waited for.

    The last word approves it; one before hands it on. `special`: a special case, which rests on
    the written explanation (LEA-1). Raises `LeaveRefused` where a rule stands against it, and
    `ChangedMeanwhile` for who comes second.
    """
    now = _waiting(leave, step)
    rules = leave_rules()
    _must_have_evidence(now, rules.types.get(now.type))
    if special and not now.reason.strip():
        raise LeaveRefused(_("A special case rests on a written explanation."))
    if step < now.steps_needed:
        _say(now, step, actor=actor, approved=True, special=special, note=reply)
        _audit(now, "leave handed on", step, actor=actor)
        leave_asked_tell(leave=now, step=step + 1, actor=actor)
        return now
    _must_fit(now, rules, special=special)
    _say(now, step, actor=actor, approved=True, special=special, note=reply)
    _decide(now, Status.APPROVED, reply, actor=actor, special_case=special)
    _audit(now, "leave approved", step, actor=actor, status=Status.APPROVED, special=special)
    closes_follow(now, actor)
    return _told(now, actor)


@transaction.atomic
def leave_refuse(*, leave: Leave, step: int, reply: str, actor: Any) -> Leave:
    """Say no to a request that waits, as it was seen, and why."""
    if not reply.strip():
        raise LeaveRefused(_("A decision needs its reason."))
    now = _waiting(leave, step)
    _say(now, step, actor=actor, approved=False, note=reply)
    _decide(now, Status.REJECTED, reply, actor=actor)
    _audit(now, "leave refused", step, actor=actor, status=Status.REJECTED)
    return _told(now, actor)


@transaction.atomic
def leave_cancel(*, leave: Leave, reply: str, actor: Any) -> Leave:
    """An approved leave does not take place: its days are free again, and the months it touches
    are reckoned anew. Only while none of them is final. Who may, and whether a reason is needed,
    says whoever calls.
    """
    now = leave_reread(leave, Status.APPROVED)
    if months_hold(now):
        raise LeaveRefused(_("A month of this leave is final: it cannot be cancelled any more."))
    _decide(now, Status.CANCELLED, reply, actor=actor)
    _audit(now, "leave cancelled", 1, actor=actor, status=Status.CANCELLED)
    closes_follow(now, actor)
    gone: Leave = Leave.objects.select_related("person__supervisor").get(pk=now.pk)
    by_own = bool(actor and actor.person_id == gone.person_id)
    leave_cancelled_tell(leave=gone, by_own=by_own, actor=actor)
    return gone


@transaction.atomic
def leave_special(*, leave: Leave, reply: str, actor: Any) -> Leave:
    """Make an approved leave a special case: its days stand outside the count, and the fine for
    those past the limit is gone at the next close (LEA-1)."""
    if not reply.strip():
        raise LeaveRefused(_("A decision needs its reason."))
    now = leave_reread(leave, Status.APPROVED)
    if now.special_case:
        raise ChangedMeanwhile(_("It is a special case already."))
    if not now.reason.strip():
        raise LeaveRefused(_("A special case rests on a written explanation."))
    step = step_now(now, words_on(now))
    _say(now, step, actor=actor, approved=True, special=True, note=reply)
    leave_change(now, special_case=True)
    _audit(now, "leave special", 1, actor=actor, special=True)
    closes_follow(now, actor)
    made: Leave = Leave.objects.select_related("person").get(pk=now.pk)
    leave_special_tell(leave=made, actor=actor)
    return made


def _waiting(leave: Leave, step: int) -> Leave:
    now = leave_reread(leave, Status.PENDING)
    words = words_on(now)
    if step_now(now, words) != step:
        who = words[-1].by.get_full_name() if words else "—"
        raise ChangedMeanwhile(
            _("%(who)s was first: approved, and handed on to the manager.") % {"who": who}
        )
    return now


def _must_have_evidence(leave: Leave, kind: LeaveType | None) -> None:
    if leave.evidence:
        return
    if leave.type == "sick":
        raise LeaveRefused(_("Sick leave is approved once the medical record is handed in."))
    if kind is not None and kind.evidence_needed:
        said = _("%(name)s needs evidence before it is approved.")
        raise LeaveRefused(said % {"name": kind.name})


def _must_fit(leave: Leave, rules: LeaveRules, *, special: bool) -> None:
    """Within the balance of reward leave (LEA-3), and the cap of a type past which nothing is
    approved (LEA-4)."""
    kind = rules.types.get(leave.type)
    if kind is not None and kind.past_cap == LeaveType.PastCap.REFUSED:
        if special:
            raise LeaveRefused(_("This type has no special cases: past the limit nothing counts."))
        _must_be_within_cap(leave, rules)
    if leave.type == REWARD:
        _must_be_given(leave, rules)


def _must_be_within_cap(leave: Leave, rules: LeaveRules) -> None:
    beside = leaves_of(
        [leave.person_id], *whole_months(leave.start_on, leave.end_on), Status.APPROVED
    )
    others = [fact_of(each) for each in beside[leave.person_id] if each.pk != leave.pk]
    costs = leave_costs(fact_of(leave), others, rules.ground(leave.person))
    if over := sum(cost.excess for cost in costs):
        raise LeaveRefused(
            _("%(days)s too many: past the limit nothing is approved.") % {"days": days_words(over)}
        )


def _must_be_given(leave: Leave, rules: LeaveRules) -> None:
    grants = [grant_fact(grant) for grant in grants_of([leave.person_id])[leave.person_id]]
    asked = counted_halves(fact_of(leave), rules.ground(leave.person))
    taken = rewards_taken(leave.person, rules, but=leave.pk)
    if missing := days_missing(grants, taken, asked):
        raise LeaveRefused(
            _("Reward leave is short by %(days)s on these days.") % {"days": days_words(missing)}
        )


def _say(
    leave: Leave, step: int, *, actor: Any, approved: bool, special: bool = False, note: str
) -> None:
    try:
        with transaction.atomic():
            LeaveStep.objects.create(
                leave=leave,
                step=step,
                of_version=leave.version,
                approved=approved,
                special_case=special,
                note=note.strip(),
                by=actor,
            )
    except IntegrityError:
        raise ChangedMeanwhile(what_it_became(leave.pk)) from None


def _decide(leave: Leave, status: str, reply: str, *, actor: Any, **values: Any) -> None:
    leave_change(
        leave,
        status=status,
        decided_by=actor,
        decided_at=clock.now(),
        reply=reply.strip(),
        **values,
    )


def _audit(
    leave: Leave,
    action: str,
    step: int,
    *,
    actor: Any,
    status: str | None = None,
    special: bool = False,
) -> None:
    changes: dict[str, Any] = {} if status is None else {"status": [leave.status, status]}
    if special:
        changes["special_case"] = [leave.special_case, True]
    roles = deciding_roles(leave.person.role_set, *([frozenset(SECOND)] if step > 1 else []))
    placed = {} if actor and actor.person_id == leave.person_id else in_place(actor, *roles)
    audit(actor=actor, action=action, subject=audit_subject(leave), changes={**changes, **placed})


def _told(leave: Leave, actor: Any) -> Leave:
    decided: Leave = Leave.objects.select_related("person").get(pk=leave.pk)
    leave_decided_tell(leave=decided, actor=actor)
    return decided
