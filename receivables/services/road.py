"""What is recorded on a slip on the road: money and refusals, once each (SLIP-2)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.db import share
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.money import less
from core.services import audit, audit_subject
from core.templatetags.house import moment, yuan_text
from payroll.services.closing import STAMPED
from receivables.models import Payment, Refusal, Slip
from receivables.rules.slips import Untimely, payment_number, still_due, when_received
from receivables.services.refusals import SlipRefused

Row = TypeVar("Row", Payment, Refusal)
PHOTOS = "payment"
FURTHEST_PROMISE = timedelta(days=366)


class Cheque(NamedTuple):
    """What is written on a cheque."""

    number: str
    bank: str = ""


@transaction.atomic
def payment_record(
    *,
    actor: Any,
    slip: Slip,
    amount: Decimal,
    method: str,
    received_at: datetime,
    payment_no: str = "",
    token: UUID | None = None,
    cheque: Cheque | None = None,
) -> Payment:
    """Record what a customer paid on a slip, in yuan (SLIP-2); never past the amount due.

    Without a number of its own it is the slip's next. A token sent twice is recorded once, and
    answered the same. Raises `SlipRefused`.
    """
    share(STAMPED)  # a transfer counts from then on: a close passes those in flight (CUT-3)
    locked = Slip.objects.select_for_update().get(pk=slip.pk)
    if recorded := _recorded_already(Payment, token, locked):
        return recorded
    due = refuse_settled(locked)
    if not 0 < amount <= due:
        raise SlipRefused(_("%(due)s is still due on this slip") % {"due": yuan_text(due)})
    payment = Payment.objects.create(
        payment_no=payment_no or _number_for(locked),
        slip=locked,
        amount=amount,
        method=method,
        received_at=_received(received_at, locked),
        cheque_no=cheque.number if cheque else "",
        cheque_bank=cheque.bank if cheque else "",
        token=token,
    )
    changes = {"amount": [None, str(amount)], "method": [None, str(method)]}
    audit(actor=actor, action="record", subject=audit_subject(payment), changes=changes)
    return payment


@transaction.atomic
def payment_take_down(*, photos: Iterable[ReadFile], actor: Any, **said: Any) -> Payment:
    """`payment_record` together with its photos: all of it or nothing."""
    payment = payment_record(actor=actor, **said)
    photos_add(actor=actor, payment=payment, photos=photos)
    return payment


@transaction.atomic
def refusal_record(
    *,
    actor: Any,
    slip: Slip,
    at: datetime,
    reason: str,
    token: UUID,
    promised_on: date | None = None,
) -> Refusal:
    """Record that a customer did not pay, what was said, and for when it was promised (SLIP-2).

    A token sent twice is recorded once. Raises `SlipRefused`.
    """
    locked = Slip.objects.select_for_update().get(pk=slip.pk)
    if recorded := _recorded_already(Refusal, token, locked):
        return recorded
    refuse_settled(locked)
    if not reason.strip():
        raise SlipRefused(_("write what the customer said"))
    at = _received(at, locked)
    asked_on = clock.local_date(at)
    if promised_on and not asked_on <= promised_on <= asked_on + FURTHEST_PROMISE:
        raise SlipRefused(_("a promise is for the same day or later, within a year"))
    refusal = Refusal.objects.create(
        slip=locked,
        at=at,
        reason=reason.strip(),
        promised_on=promised_on,
        recorded_at=clock.now(),
        token=token,
    )
    changes = {"reason": refusal.reason, "promised_on": [None, str(promised_on or "")]}
    audit(actor=actor, action="refuse to pay", subject=audit_subject(locked), changes=changes)
    return refusal


@transaction.atomic
def photos_add(*, actor: Any, payment: Payment, photos: Iterable[ReadFile]) -> None:
    """Keep photos of a payment recorded before, each once. Raises `FileRefused`."""
    for photo in photos:
        file_keep(upload=photo, actor=actor, kind=PHOTOS, owner=str(payment.pk))


def _recorded_already(kind: type[Row], token: UUID | None, slip: Slip) -> Row | None:
    found = kind.objects.filter(token=token).first() if token else None
    if found and found.slip_id != slip.pk:
        raise SlipRefused(_("this was sent for another slip before"))
    return found


def refuse_settled(slip: Slip) -> Decimal:
    """What is still due on a locked slip, in yuan. Raises `SlipRefused` for one that takes nothing
    more."""
    if slip.returned_at is not None:
        raise SlipRefused(_("the slip has been returned"))
    paid = slip.payments.values_list(less("amount", "undone"), flat=True)
    due = still_due(slip.amount_due, paid)
    if due <= 0:
        raise SlipRefused(_("nothing is due on this slip any more"))
    return due


def _received(said: datetime, slip: Slip) -> datetime:
    at = when_received(said, slip.issued_at, clock.now())
    if at is Untimely.AHEAD:
        raise SlipRefused(_("that time is still to come"))
    if at is Untimely.BEFORE_ISSUE:
        raise SlipRefused(_("the slip was issued only on %(at)s") % {"at": moment(slip.issued_at)})
    return at


def _number_for(slip: Slip) -> str:
    """The slip's next number; one that a file brought for something else is left out."""
    nth = slip.payments.count() + 1
    while Payment.objects.filter(payment_no=payment_number(slip.slip_no, nth)).exists():
        nth += 1
    return payment_number(slip.slip_no, nth)
