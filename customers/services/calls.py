"""Calls: reserved before the number is shown, and told what came of them (VIS-4)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Person
from core import clock
from core.services import audit, audit_subject
from customers.models import Call, CallScript, Customer, Visit
from customers.querysets.calls import can_be_called
from customers.rules.telephone import CALLS_BACK, REACHED, must_follow, skipped
from customers.services.files import file_locked
from customers.services.quiet import quiet_mark
from customers.services.refusals import ChangedMeanwhile
from customers.services.telephone import CallRefused, guard_pass
from customers.services.visits import Told, visit_record

Outcome = Call.Outcome
# What a visit record says came of it.
AS_VISIT = {
    Outcome.REACHED: "",
    Outcome.CALL_BACK: Visit.Outcome.GOES_ON,
    Outcome.NOT_INTERESTED: Visit.Outcome.NO_NEED,
    Outcome.DO_NOT_DISTURB: Visit.Outcome.NO_NEED,
}


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is told of a call: what came of it, what was said, the steps of the script that were
    followed (counted from 0) and why others were not, the next step with its day, and when the
    customer is called again."""

    outcome: str
    note: str = ""
    steps: Sequence[int] = field(default_factory=tuple)
    skipped_reason: str = ""
    next_step: str = ""
    next_on: date | None = None
    back_at: datetime | None = None


@transaction.atomic
def call_begin(*, person: Person, customer: Customer, actor: Any) -> Call:
    """Reserve a call to a customer; only then is the number shown (VIS-4).

    Whoever has a call open gets that one, whomever it is to: tapped twice, it is one call. Whether
    somebody may see the customer says whoever calls this. Raises `CallRefused`.
    """
    # One after the other: the second tap finds the call of the first.
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if running := Call.objects.running().filter(person=held).first():
        return running  # type: ignore[no-any-return]
    now = clock.now()
    file = guard_pass(customer=customer, at=now)
    if not can_be_called(Customer.objects.filter(pk=file.pk)).exists():
        raise CallRefused(_("There is no telephone number in the file."))
    call = Call.objects.create(
        person=held,
        customer=file,
        on=clock.local_date(now),
        started_at=now,
        script=_script_for(file),
    )
    audit(
        actor=actor,
        action="call begun",
        subject=audit_subject(call),
        changes={"started_at": [None, now.isoformat()]},
    )
    return call


def _script_for(customer: Customer) -> CallScript | None:
    """The script in force for whoever was never talked to, or for whoever was."""
    met = Visit.objects.genuine().filter(customer=customer).exists()
    purpose = CallScript.Purpose.AGAIN if met else CallScript.Purpose.FIRST
    found: CallScript | None = CallScript.objects.in_force(purpose)
    return found


@transaction.atomic
def call_end(*, call: Call, facts: CallFacts, actor: Any) -> Call:
    """Tell what came of a call, once. Whom it reached has a visit record of it (VIS-1); who does
    not want to be disturbed is marked, and gets no further call (VIS-4).

    Raises `CallRefused` for what is not told well, `ChangedMeanwhile` where it was told already.
    """
    # The order in which a call is begun: the person, then the file.
    person = Person.objects.select_for_update(no_key=True).get(pk=call.person_id)
    open_call = Call.objects.running().select_related("customer", "script").filter(pk=call.pk)
    seen: Call | None = open_call.first()
    if seen is None:
        raise ChangedMeanwhile(_("What came of this call is told already."))
    _check(seen, facts)
    file_locked(seen.customer_id)
    now = clock.now()
    visit = _visit_of(seen, person, facts, actor) if facts.outcome in REACHED else None
    if visit or facts.back_at:
        _backs_done(seen.customer, now)
    values = {
        "ended_at": now,
        "outcome": facts.outcome,
        "note": facts.note.strip(),
        "steps_done": sorted(set(facts.steps)),
        "skipped_reason": facts.skipped_reason.strip() if _left_out(seen, facts) else "",
        "back_at": facts.back_at,
        "visit": visit,
    }
    if Call.objects.running().filter(pk=seen.pk).update(**values) != 1:
        raise ChangedMeanwhile(_("What came of this call is told already."))
    if facts.outcome == Outcome.DO_NOT_DISTURB:
        quiet_mark(customer=seen.customer, reason=facts.note, actor=actor)
    changes: dict[str, Any] = {"outcome": [None, facts.outcome]}
    if facts.back_at:
        changes["back_at"] = [None, facts.back_at.isoformat()]
    audit(actor=actor, action="call finished", subject=audit_subject(seen), changes=changes)
    ended: Call = Call.objects.select_related("customer").get(pk=seen.pk)
    return ended


def _visit_of(call: Call, person: Person, facts: CallFacts, actor: Any) -> Visit:
    """The telephone visit of a call that reached somebody."""
    outcome = Outcome(facts.outcome)
    return visit_record(
        person=person,
        customer=call.customer,
        at=call.started_at,
        kind=Visit.Kind.TELEPHONE,
        content=facts.note.strip() or str(outcome.label),
        told=Told(AS_VISIT[outcome], facts.next_step, facts.next_on, call=call),
        actor=actor,
    )


def _backs_done(customer: Customer, now: datetime) -> None:
    """Whoever was to be called back was, or has another time by now."""
    waiting = Call.objects.filter(customer=customer, back_at__isnull=False, back_done_at=None)
    waiting.update(back_done_at=now)


def _left_out(call: Call, facts: CallFacts) -> list[int]:
    if call.script is None or not must_follow(facts.outcome):
        return []
    return skipped(len(call.script.steps), facts.steps)


def _check(call: Call, facts: CallFacts) -> None:
    """Raises `CallRefused` for what is not told well."""
    if facts.outcome not in Outcome.values:
        raise CallRefused(_("Say what came of the call."))
    if facts.outcome in (Outcome.REACHED, Outcome.DO_NOT_DISTURB) and not facts.note.strip():
        raise CallRefused(
            _("Write what was said.")
            if facts.outcome == Outcome.REACHED
            else _("Write what the customer said: why they do not want to be disturbed.")
        )
    if _left_out(call, facts) and not facts.skipped_reason.strip():
        raise CallRefused(_("Steps of the script are not ticked: tick them, or write why not."))
    if facts.outcome not in REACHED and facts.next_step.strip():
        raise CallRefused(_("Nobody was reached: agree on a time to call again instead."))
    _check_back(facts)


def _check_back(facts: CallFacts) -> None:
    if facts.outcome == Outcome.CALL_BACK and facts.back_at is None:
        raise CallRefused(_("Say when the customer wants to be called back."))
    if facts.back_at is None:
        return
    if facts.outcome not in CALLS_BACK:
        raise CallRefused(
            pgettext("call", "Whoever does not want it is not called back: leave the time empty.")
        )
    if facts.back_at <= clock.now():
        raise CallRefused(_("The time to call back lies ahead."))
