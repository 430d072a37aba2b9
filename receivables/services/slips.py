"""Slips and the money on them: issued, collected, handed in, returned (SLIP-1 to SLIP-4)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.services import audit, audit_subject
from core.tables.writing import cell_text
from orders.models import Order
from receivables.models import LateHandover, Payment, Slip
from receivables.querysets.months import payments_in_hand
from receivables.rules.slips import number_after, still_due, unreconciled_days

TRIES = 10


class SlipRefused(Exception):
    """A slip or the money on it is refused; the message says why, in the reader's language."""


def slip_issue(
    *, actor: Any, order: Order, person: Person, amount_due: Decimal, lift_reason: str = ""
) -> Slip:
    """Issue the next slip to a salesperson (SLIP-1), in yuan.

    Numbers follow each other without gaps, also when two clerks work at once and one fails: the
    number is the latest plus one, and who comes second waits for the first's outcome. Refused
    while an earlier day's money is in hand (SLIP-4), unless the manager lifts it with a reason.
    """
    if amount_due <= 0:
        raise SlipRefused(_("a slip needs an amount due"))
    _refuse_blocked(person=person, lift_reason=lift_reason)
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                slip = Slip.objects.create(
                    slip_no=number_after(_latest_number()),
                    order=order,
                    person=person,
                    amount_due=amount_due,
                    issued_at=clock.now(),
                )
                changes: dict[str, Any] = {
                    "person": [None, person.pk],
                    "amount_due": [None, str(amount_due)],
                }
                if lift_reason:
                    changes["lifted"] = lift_reason
                audit(actor=actor, action="issue", subject=audit_subject(slip), changes=changes)
                return slip
        except IntegrityError:
            continue
    raise SlipRefused(_("too many slips are being issued at once; try again"))


def _latest_number() -> str | None:
    ordered = Slip.objects.order_by(Length("slip_no").desc(), "-slip_no")
    return ordered.values_list("slip_no", flat=True).first()


def _refuse_blocked(*, person: Person, lift_reason: str) -> None:
    days = unreconciled_days(payments_in_hand(person), clock.now())
    if days and not lift_reason.strip():
        raise SlipRefused(_("money received on %(day)s is not handed in yet") % {"day": days[0]})


@transaction.atomic
def payment_record(
    *,
    actor: Any,
    slip: Slip,
    payment_no: str,
    amount: Decimal,
    method: str,
    received_at: datetime,
) -> Payment:
    """Record what a customer paid on a slip, in yuan (SLIP-2); never past the amount due."""
    locked = Slip.objects.select_for_update().get(pk=slip.pk)
    due = still_due(locked.amount_due, locked.payments.values_list("amount", flat=True))
    if not 0 < amount <= due:
        raise SlipRefused(_("%(due)s is still due on this slip") % {"due": due})
    if locked.returned_at is not None:
        raise SlipRefused(_("the slip has been returned"))
    payment = Payment.objects.create(
        payment_no=payment_no, slip=locked, amount=amount, method=method, received_at=received_at
    )
    changes = {"amount": [None, str(amount)], "method": [None, str(method)]}
    audit(actor=actor, action="record", subject=audit_subject(payment), changes=changes)
    return payment


@transaction.atomic
def payment_hand_in(*, actor: Any, payment: Payment, at: datetime | None = None) -> bool:
    """The cashier takes the money (SLIP-3); twice is once. Says whether it was handed in now."""
    at = at or clock.now()
    handed_in = (
        Payment.objects.filter(pk=payment.pk, handed_in_at=None)
        .exclude(method=Payment.Method.TRANSFER)
        .update(handed_in_at=at)
    )
    if handed_in:
        changes = {"handed_in_at": [None, cell_text(at)]}
        audit(actor=actor, action="hand in", subject=audit_subject(payment), changes=changes)
    return bool(handed_in)


@transaction.atomic
def slip_return(*, actor: Any, slip: Slip) -> bool:
    """A slip comes back to finance; twice is once."""
    at = clock.now()
    returned = Slip.objects.filter(pk=slip.pk, returned_at=None).update(returned_at=at)
    if returned:
        changes = {"returned_at": [None, cell_text(at)]}
        audit(actor=actor, action="return", subject=audit_subject(slip), changes=changes)
    return bool(returned)


@transaction.atomic
def late_handover_declare(*, actor: Any, person: Person, reason: str) -> LateHandover:
    """Declare that today's money comes by the end of work on the next workday (SLIP-4).

    Declared once a day: a second word the same day changes nothing.
    """
    if not reason.strip():
        raise SlipRefused(_("a late handover needs its reason"))
    declared, created = LateHandover.objects.get_or_create(
        person=person,
        date=clock.today(),
        defaults={"declared_at": clock.now(), "reason": reason.strip()},
    )
    if created:
        changes = {"reason": declared.reason}
        audit(actor=actor, action="declare", subject=audit_subject(declared), changes=changes)
    return declared
