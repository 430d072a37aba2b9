"""Money that came to nothing: a cheque bounced, money given back (SLIP-6, adr/0017)."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.services import audit, audit_subject
from orders.models import Delivery, GoodsReturn
from orders.services import goods_return_record
from receivables.models import Payment, Slip, Undoing
from receivables.rules.undoing import PaidMoney, Unfit, unfit
from receivables.services.unpaid import unpaid_of_order_converge

Kind = Undoing.Kind


class UndoingRefused(Exception):
    """A payment cannot be undone so; the message says why, in the reader's language."""


@transaction.atomic
def payment_undo(
    *,
    actor: Any,
    payment: Payment,
    kind: str,
    amount: Decimal,
    on: date,
    reason: str,
    token: UUID,
) -> Undoing:
    """Record that a payment, or yuan of it, came to nothing (SLIP-6).

    From then on it counts for nothing, as if it had never come: its slip is due again at once, and
    so is its order; pay follows with the next close. Sent twice with the same token it is recorded
    once. Raises `UndoingRefused`.
    """
    if known := Undoing.objects.filter(token=token).first():
        return known
    # The slip first, as whoever records money on it does.
    Slip.objects.select_for_update().get(pk=payment.slip_id)
    locked = Payment.objects.select_for_update().get(pk=payment.pk)
    _refuse_unfit(locked, kind=kind, amount=amount, on=on, reason=reason)
    return undoing_write(
        actor=actor, payment=locked, kind=kind, amount=amount, on=on, reason=reason, token=token
    )


def undoing_write(
    *,
    actor: Any,
    payment: Payment,
    kind: str,
    amount: Decimal,
    on: date,
    reason: str,
    token: UUID,
) -> Undoing:
    """Write down that yuan of a payment came to nothing; it is locked, and found fit for it.

    What is unpaid of its order follows at once.
    """
    written = Payment.objects.filter(pk=payment.pk, undone=payment.undone).update(
        undone=payment.undone + amount
    )
    if written != 1:
        raise UndoingRefused(_("Somebody else changed the payment meanwhile; look again."))
    undoing = Undoing.objects.create(
        payment=payment,
        kind=kind,
        amount=amount,
        on=on,
        reason=reason.strip(),
        recorded_by=actor,
        token=token,
    )
    changes = {
        "undone": [str(payment.undone), str(payment.undone + amount)],
        "reason": [None, undoing.reason],
    }
    audit(actor=actor, action=kind, subject=audit_subject(payment), changes=changes)
    unpaid_of_order_converge(order_id=payment.slip.order_id, as_of=clock.today())
    return undoing


@transaction.atomic
def goods_take_back(
    *, actor: Any, delivery: Delivery, amount: Decimal, on: date, reason: str, token: UUID
) -> GoodsReturn:
    """Goods of a delivery came back (SLIP-6): recorded, and what is unpaid of the order follows at
    once. Raises `orders.services.ReturnRefused`."""
    came_back = goods_return_record(
        actor=actor, delivery=delivery, amount=amount, on=on, reason=reason, token=token
    )
    unpaid_of_order_converge(order_id=delivery.order_id, as_of=clock.today())
    return came_back


def _refuse_unfit(payment: Payment, *, kind: str, amount: Decimal, on: date, reason: str) -> None:
    if not reason.strip():
        raise UndoingRefused(_("Say why it is undone."))
    money = paid_money(payment)
    found = unfit(money, bounced=kind == Kind.BOUNCED, amount=amount, on=on, today=clock.today())
    if found:
        raise UndoingRefused(_unfit_says(found, money))


def paid_money(payment: Payment) -> PaidMoney:
    """A payment as the rule looks at it."""
    is_transfer = payment.method == Payment.Method.TRANSFER
    arrived_at = payment.received_at if is_transfer else payment.handed_in_at
    return PaidMoney(
        left=payment.net,
        is_cheque=payment.method == Payment.Method.CHEQUE,
        received_on=clock.local_date(payment.received_at),
        arrived_on=clock.local_date(arrived_at) if arrived_at else None,
    )


def _unfit_says(found: Unfit, money: PaidMoney) -> str:
    left = f"{money.left:,.2f}"
    return {
        Unfit.NOTHING_LEFT: _("Nothing of this payment is left to undo."),
        Unfit.NOT_A_CHEQUE: _("Only a cheque can bounce."),
        Unfit.NOT_ARRIVED: _("The money has not reached the cashier: there is none to give back."),
        Unfit.TOO_MUCH: _("No more than %(left)s of it can be undone.") % {"left": left},
        Unfit.NOT_WHOLE: _("A cheque bounces as a whole: %(left)s.") % {"left": left},
        Unfit.TOO_EARLY: _("It cannot be undone before the money came."),
        Unfit.IN_FUTURE: _("That day is still to come."),
    }[found]
