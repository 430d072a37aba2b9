"""Claims approved, refused, and an approval taken back (EXP-3). The pay follows at the close."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.rules import deciding_roles
from accounts.services import in_place
from claims.models import Expense
from claims.services.expenses import change, must_wait, what_it_became
from claims.services.keeping import as_said
from claims.services.refusals import ChangedMeanwhile, ClaimsRefused
from claims.services.telling import claim_decided_tell
from core import clock
from core.db import lock_shared
from core.months import Month
from core.services import audit, audit_subject
from payroll.models import PayMonth
from payroll.services import close_follow


@transaction.atomic
def expense_approve(*, claim: Expense, reply: str = "", actor: Any = None) -> Expense:
    """Approve a claim that waits, as it was seen, from today on; the next close pays it.

    Raises `ChangedMeanwhile` for who comes second.
    """
    must_wait(claim)
    today = clock.today()
    _decide(claim, "claim approved", approved_on=today, reply=reply.strip(), actor=actor)
    close_follow(month=Month.of(today), actor=actor)
    return _told(claim, actor)


@transaction.atomic
def expense_refuse(*, claim: Expense, reply: str, actor: Any = None) -> Expense:
    """Refuse a claim that waits, as it was seen, with the reason. Raises `ChangedMeanwhile`."""
    if not reply.strip():
        raise ClaimsRefused(_("A decision needs its reason."))
    must_wait(claim)
    refused = Expense.Ended.REFUSED
    _decide(claim, "claim refused", ended=refused, reply=reply.strip(), actor=actor)
    return _told(claim, actor)


@transaction.atomic
def expense_undo(*, claim: Expense, reply: str, actor: Any = None) -> Expense:
    """Take a wrong approval back: the claim is refused, with the reason, and the close reverses.

    Only while the month of the approval is not final. Raises `ClaimsRefused`.
    """
    if not reply.strip():
        raise ClaimsRefused(_("A decision needs its reason."))
    if claim.approved_on is None:
        raise ChangedMeanwhile(what_it_became(claim))
    month = Month.of(claim.approved_on)
    # The month is held: no final can come between what is looked at here and the change.
    months = PayMonth.objects.filter(month=month)
    lock_shared(months)
    if months.filter(state=PayMonth.State.FINAL).exists():
        raise ClaimsRefused(_("The month of the approval is final: it cannot be taken back."))
    _decide(
        claim,
        "approval taken back",
        approved_on=None,
        ended=Expense.Ended.REFUSED,
        reply=reply.strip(),
        actor=actor,
    )
    close_follow(month=month, actor=actor)
    return _told(claim, actor)


def _decide(claim: Expense, action: str, *, actor: Any, **values: Any) -> None:
    change(claim, decided_by=actor, decided_at=clock.now(), **values)
    changes = {
        name: [as_said(getattr(claim, name)), as_said(value)]
        for name, value in values.items()
        if getattr(claim, name) != value
    }
    roles = deciding_roles(claim.person.role_set)
    audit(
        actor=actor,
        action=action,
        subject=audit_subject(claim),
        changes={**changes, **in_place(actor, *roles)},
    )


def _told(claim: Expense, actor: Any) -> Expense:
    decided: Expense = Expense.objects.select_related("person", "order").get(pk=claim.pk)
    claim_decided_tell(claim=decided, actor=actor)
    return decided
