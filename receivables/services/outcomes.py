"""The outcome of a bad-debt case: proposed by finance, decided by the manager (RES-5, RES-6)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from core.files.querysets import files_of
from core.services import audit, audit_subject
from core.templatetags.house import day as day_text
from core.templatetags.house import moment
from receivables.models import BadDebt, CaseStep, OutcomeProposal
from receivables.services.cases import FILES, CaseRefused, refuse_before_books
from receivables.services.telling_cases import DECIDES, decided_tell, proposed_tell

Outcome, State = OutcomeProposal.Outcome, OutcomeProposal.State


class DecidedMeanwhile(CaseRefused):
    """Somebody else was first; the message says who, and what was decided."""


@transaction.atomic
def outcome_propose(
    *, actor: Any, case: BadDebt, outcome: str, on: date, reason: str, token: UUID
) -> OutcomeProposal:
    """Propose how a case ended, or that a wrong outcome is put right.

    Dead is only what a court decided: the judgment has to be among the steps, with its document
    (RES-6). Those who decide are told. Sent twice, it is proposed once. Raises `CaseRefused`.
    """
    case = (
        BadDebt.objects.select_for_update(of=("self",))
        .select_related("order__person")
        .get(pk=case.pk)
    )
    known: OutcomeProposal | None = OutcomeProposal.objects.filter(token=token).first()
    if known is not None:
        return known
    refuse_outcome(case, outcome, on, reason)
    try:
        with transaction.atomic():
            proposal = OutcomeProposal.objects.create(
                case=case,
                outcome=outcome,
                on=on,
                reason=reason.strip(),
                proposed_by=actor,
                token=token,
            )
    except IntegrityError:
        raise CaseRefused(_("An outcome waits for a decision already.")) from None
    audit(
        actor=actor,
        action="propose outcome",
        subject=audit_subject(case),
        changes={
            "outcome": [case.outcome, outcome],
            "outcome_on": [str(case.outcome_on or ""), str(on)],
            "reason": [None, proposal.reason],
            **in_place(actor, "finance"),
        },
    )
    proposed_tell(proposal=proposal, actor=actor)
    return proposal


def refuse_outcome(case: BadDebt, outcome: str, on: date, reason: str) -> None:
    """Raise `CaseRefused`, with the reason, where a case cannot have ended so."""
    if not reason.strip():
        raise CaseRefused(_("Say why."))
    if on > clock.today():
        raise CaseRefused(_("That day is still to come."))
    if on < case.opened_on:
        raise CaseRefused(
            _("The case was opened on %(day)s; it did not end before.")
            % {"day": day_text(case.opened_on)}
        )
    refuse_before_books(on)
    if case.outcome_on is not None:
        refuse_before_books(case.outcome_on)
    if outcome == Outcome.REOPENED:
        if case.is_open:
            raise CaseRefused(_("The case is open."))
    elif (outcome, on) == (case.outcome, case.outcome_on):
        raise CaseRefused(_("That is its outcome already."))
    if outcome == Outcome.DEAD and not judgments_of(case, on):
        raise CaseRefused(
            _("A debt is dead once a lawsuit is lost: record the judgment with its document first.")
        )


def judgments_of(case: BadDebt, on: date) -> list[CaseStep]:
    """The judgments up to a day that have a document. Two queries."""
    steps = list(CaseStep.objects.filter(case=case, kind=CaseStep.Kind.JUDGMENT, on__lte=on))
    files = files_of(FILES, [step.pk for step in steps])
    return [step for step in steps if files[str(step.pk)]]


@transaction.atomic
def outcome_decide(
    *, actor: Any, proposal: OutcomeProposal, accept: bool, reply: str
) -> OutcomeProposal:
    """Accept a proposed outcome, or refuse it with the reason.

    Accepted, the case has it in the same transaction; pay and reserve follow with the close, in a
    final month on the next open one. Raises `DecidedMeanwhile` for who comes second, and
    `CaseRefused` where the outcome does not fit the case any more.
    """
    if not accept and not reply.strip():
        raise CaseRefused(_("A decision needs its reason."))
    case = (
        BadDebt.objects.select_for_update(of=("self",))
        .select_related("order__person")
        .get(pk=proposal.case_id)
    )
    state = State.ACCEPTED if accept else State.REFUSED
    _settle(proposal, state, actor, reply)
    changes: dict[str, Any] = {"reply": [None, reply.strip()]}
    if accept:
        refuse_outcome(case, proposal.outcome, proposal.on, proposal.reason)
        changes |= outcome_write(case=case, outcome=proposal.outcome, on=proposal.on)
    changes |= in_place(actor, DECIDES, "leader", "admin")
    audit(actor=actor, action=f"outcome {state}", subject=audit_subject(case), changes=changes)
    decided: OutcomeProposal = OutcomeProposal.objects.select_related(
        "case__order__person", "proposed_by__person"
    ).get(pk=proposal.pk)
    decided_tell(proposal=decided, actor=actor)
    return decided


def outcome_write(*, case: BadDebt, outcome: str, on: date) -> dict[str, Any]:
    """Give a case, as it was seen, its outcome; what changed, as the audit trail has it.

    Runs in the caller's transaction. Raises `CaseRefused` where it is another meanwhile.
    """
    is_open = outcome == Outcome.REOPENED
    wanted, wanted_on = ("", None) if is_open else (outcome, on)
    seen = BadDebt.objects.filter(pk=case.pk, outcome=case.outcome, outcome_on=case.outcome_on)
    if seen.update(outcome=wanted, outcome_on=wanted_on) != 1:
        raise CaseRefused(_("Somebody else changed the case meanwhile; look again."))
    return {
        "outcome": [case.outcome, wanted],
        "outcome_on": [str(case.outcome_on or ""), str(wanted_on or "")],
    }


@transaction.atomic
def outcome_take_back(*, actor: Any, proposal: OutcomeProposal) -> OutcomeProposal:
    """Who proposed an outcome takes that back. Raises `DecidedMeanwhile`."""
    _settle(proposal, State.WITHDRAWN, actor, "")
    changes = {"outcome": [proposal.outcome, None]}
    subject = audit_subject(proposal.case)
    audit(actor=actor, action="outcome withdrawn", subject=subject, changes=changes)
    taken_back: OutcomeProposal = OutcomeProposal.objects.get(pk=proposal.pk)
    return taken_back


def _settle(proposal: OutcomeProposal, state: str, actor: Any, reply: str) -> None:
    """A proposal that still waits is decided, or it is told who was first."""
    waiting = OutcomeProposal.objects.waiting().filter(pk=proposal.pk)
    written = waiting.update(
        state=state, decided_by=actor, decided_at=clock.now(), reply=reply.strip()
    )
    if written != 1:
        raise DecidedMeanwhile(_who_was_first(proposal))


def _who_was_first(proposal: OutcomeProposal) -> str:
    now = OutcomeProposal.objects.select_related("decided_by__person").get(pk=proposal.pk)
    who: Any = now.decided_by
    return _("%(who)s was first: %(state)s at %(when)s. %(reply)s") % {
        "who": who.get_full_name() if who else "—",
        "state": now.get_state_display(),
        "when": moment(now.decided_at),
        "reply": now.reply,
    }
