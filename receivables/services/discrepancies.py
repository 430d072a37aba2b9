"""Differences at the counter: explained by who brought the money, settled by finance (SLIP-3)."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from core.money import less
from core.services import audit, audit_subject
from core.templatetags.house import moment, yuan_text
from receivables.models import Discrepancy, Payment, Slip
from receivables.rules.counting import RECORDED_WRONG, ways_to_settle
from receivables.rules.slips import still_due
from receivables.services.refusals import ChangedMeanwhile, CounterRefused
from receivables.services.telling import explained_tell, settled_tell

State = Discrepancy.State


@transaction.atomic
def discrepancy_explain(*, actor: Any, discrepancy: Discrepancy, text: str) -> None:
    """Who brought the money says how it came to differ; again, as long as it is not settled."""
    if not text.strip():
        raise CounterRefused(_("Say how it came to differ."))
    _change(discrepancy, state=State.EXPLAINED, explanation=text.strip(), explained_at=clock.now())
    changes = {"explanation": [discrepancy.explanation or None, text.strip()]}
    audit(actor=actor, action="explain", subject=audit_subject(discrepancy), changes=changes)
    explained_tell(discrepancy=Discrepancy.objects.get(pk=discrepancy.pk), actor=actor)


@transaction.atomic
def discrepancy_settle(
    *, actor: Any, discrepancy: Discrepancy, way: str, note: str, payment: Payment | None = None
) -> None:
    """Settle a difference as it was seen; new slips are issued again from then on.

    `way`: one of `rules.counting.ways_to_settle`. `payment`: with `recorded_wrong`, which cash
    payment of the handover is corrected to what was counted. Raises `ChangedMeanwhile` for who
    comes second, `CounterRefused`.
    """
    if not note.strip():
        raise CounterRefused(_("Settling needs a note."))
    if way not in ways_to_settle(discrepancy.amount, brought=discrepancy.brought_id is not None):
        raise CounterRefused(_("A difference like this is not settled so."))
    _change(
        discrepancy,
        state=State.SETTLED,
        settlement=way,
        note=note.strip(),
        settled_at=clock.now(),
        settled_by=actor,
    )
    if way == RECORDED_WRONG:
        _correct(actor=actor, discrepancy=discrepancy, payment=payment, note=note.strip())
    audit(
        actor=actor,
        action="settle",
        subject=audit_subject(discrepancy),
        changes={
            "state": [discrepancy.state, State.SETTLED],
            "settlement": [None, way],
            "note": [None, note.strip()],
            **in_place(actor, "finance"),
        },
    )
    settled_tell(discrepancy=discrepancy, actor=actor)


def _correct(*, actor: Any, discrepancy: Discrepancy, payment: Payment | None, note: str) -> None:
    is_of_it = payment is not None and payment.handover_id == discrepancy.handover_id
    if payment is None or not is_of_it or payment.method != Payment.Method.CASH:
        raise CounterRefused(_("Choose the cash payment that was recorded wrong."))
    payment_correct(
        actor=actor, payment=payment, amount=payment.amount + discrepancy.amount, reason=note
    )


@transaction.atomic
def payment_correct(*, actor: Any, payment: Payment, amount: Decimal, reason: str) -> None:
    """Correct the amount of a payment, in yuan, from what was seen; never past the slip's due.

    What was worked out from it follows with the next close (adr/0005).
    """
    slip = Slip.objects.select_for_update().get(pk=payment.slip_id)
    others = slip.payments.exclude(pk=payment.pk)
    due = still_due(slip.amount_due, others.values_list(less("amount", "undone"), flat=True))
    if amount <= payment.undone:
        raise CounterRefused(
            _("%(no)s would come to nothing: choose another payment.") % {"no": payment.payment_no}
        )
    if amount - payment.undone > due:
        raise CounterRefused(
            _("Slip %(slip)s takes at most ¥ %(due)s on this payment.")
            % {"slip": slip.slip_no, "due": yuan_text(due + payment.undone)}
        )
    seen = Payment.objects.filter(pk=payment.pk, amount=payment.amount, undone=payment.undone)
    if seen.update(amount=amount) != 1:
        raise ChangedMeanwhile(_("The payment was changed meanwhile; look again."))
    changes = {"amount": [str(payment.amount), str(amount)], "reason": [None, reason]}
    audit(actor=actor, action="correct", subject=audit_subject(payment), changes=changes)


def _change(discrepancy: Discrepancy, **values: Any) -> None:
    """Change one that is still as it was seen and not settled, or say what it has become."""
    seen = Discrepancy.objects.unsettled().filter(
        pk=discrepancy.pk, version=discrepancy.version, state=discrepancy.state
    )
    if seen.update(version=discrepancy.version + 1, **values) != 1:
        raise ChangedMeanwhile(_what_it_became(discrepancy))


def _what_it_became(discrepancy: Discrepancy) -> str:
    now = Discrepancy.objects.select_related("settled_by__person").get(pk=discrepancy.pk)
    if now.state != State.SETTLED:
        return _("It was explained or changed meanwhile; look again.")
    who: Any = now.settled_by
    return _("%(who)s was first: %(way)s at %(when)s. %(note)s") % {
        "who": who.get_full_name() if who else "—",
        "way": now.get_settlement_display(),
        "when": moment(now.settled_at),
        "note": now.note,
    }
