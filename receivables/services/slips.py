"""Slips issued and returned, blocks lifted, money handed in or declared late (SLIP-1 to SLIP-4)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.models.people import Status
from accounts.services import in_place
from core import clock
from core.db import queue_up, share
from core.money import ZERO
from core.services import audit, audit_subject
from core.tables.writing import cell_text
from core.templatetags.house import day as day_text
from core.templatetags.house import yuan_text
from orders.models import Order
from payroll.services.closing import STAMPED
from receivables.models import BlockLift, LateHandover, Payment, Slip
from receivables.querysets.blocks import blocks_of
from receivables.querysets.claims import claims_of
from receivables.querysets.slips import latest_number
from receivables.rules.slips import number_after
from receivables.services.refusals import SlipRefused


@transaction.atomic
def slip_issue(
    *, actor: Any, order: Order, person: Person, amount_due: Decimal, token: UUID | None = None
) -> Slip:
    """Issue the next slip to a salesperson (SLIP-1), in yuan. A token sent twice issues one.

    Numbers follow each other without gaps, also when clerks work at once and some fail: who
    issues waits for the one before, and a number that was not kept is given again. Refused for
    more than the order leaves, and while an earlier day's money is in hand or a discrepancy is not
    settled (SLIP-3, SLIP-4), unless the manager lifted the block for today.
    """
    if issued := _issued_already(token, order):
        return issued
    if amount_due <= 0:
        raise SlipRefused(_("a slip needs an amount due"))
    refuse_absent(person)
    refuse_own(actor, person)
    refuse_blocked(person)
    Order.objects.select_for_update().get(pk=order.pk)
    if issued := _issued_already(token, order):
        return issued  # by whoever was waited for
    _refuse_over(order, amount_due)
    queue_up("slip numbers")
    slip = Slip.objects.create(
        slip_no=number_after(latest_number()),
        order=order,
        person=person,
        amount_due=amount_due,
        issued_at=clock.now(),
        token=token,
    )
    changes: dict[str, Any] = {"person": [None, person.pk], "amount_due": [None, str(amount_due)]}
    changes |= in_place(actor, "finance")
    audit(actor=actor, action="issue", subject=audit_subject(slip), changes=changes)
    return slip


def _issued_already(token: UUID | None, order: Order) -> Slip | None:
    issued = Slip.objects.filter(token=token).first() if token else None
    if issued and issued.order_id != order.pk:
        raise SlipRefused(_("this line was sent for another order before"))
    return issued


def _refuse_over(order: Order, amount_due: Decimal) -> None:
    leaves = claims_of([order.pk])[order.pk].leaves
    if amount_due > leaves:
        raise SlipRefused(
            _("the order leaves %(yuan)s: the rest is paid, or on other slips")
            % {"yuan": yuan_text(max(leaves, ZERO))}
        )


def refuse_absent(person: Person) -> None:
    """Raise `SlipRefused` for who does not collect: no salesperson, left, or suspended."""
    if not person.has_role("salesperson"):
        raise SlipRefused(_("%(person)s is no salesperson") % {"person": person.name})
    if person.status != Status.ACTIVE:
        raise SlipRefused(_("%(person)s has left or is suspended") % {"person": person.name})


def refuse_own(actor: Any, person: Person) -> None:
    """Raise `SlipRefused` for slips that somebody would hand out to themselves."""
    if actor is not None and actor.person_id == person.pk:
        raise SlipRefused(_("nobody hands out slips to themselves"))


def refuse_blocked(person: Person) -> None:
    """Raise `SlipRefused`, with the reason, while somebody gets no new slips (SLIP-3, SLIP-4)."""
    block = blocks_of([person.pk]).get(person.pk)
    if block and block.stands:
        raise SlipRefused(block.reason)


@transaction.atomic
def block_lift(*, actor: Any, person: Person, reason: str) -> BlockLift:
    """The manager lets somebody have slips today although money is open (SLIP-4).

    Once a day: a second word the same day changes nothing. Nobody lifts their own block.
    """
    if not reason.strip():
        raise SlipRefused(_("lifting a block needs its reason"))
    if actor is not None and actor.person_id == person.pk:
        raise SlipRefused(_("Nobody decides on what is their own."))
    lifted, created = BlockLift.objects.get_or_create(
        person=person,
        date=clock.today(),
        defaults={"reason": reason.strip(), "lifted_by": actor, "lifted_at": clock.now()},
    )
    if created:
        changes = {"reason": lifted.reason, **in_place(actor, "manager")}
        audit(actor=actor, action="lift", subject=audit_subject(lifted), changes=changes)
    return lifted


@transaction.atomic
def payment_correct_receipt(
    *, actor: Any, payment: Payment, received_at: datetime, seen: datetime, reason: str
) -> None:
    """Finance corrects when a payment was received (CUT-3); `seen` is when it said so far.

    What hangs on it is assessed at the next close, in a final month for the next open one. Raises
    `SlipRefused`.
    """
    if not reason.strip():
        raise SlipRefused(_("a correction needs its reason"))
    if received_at > clock.now():
        raise SlipRefused(_("that is still to come"))
    if payment.handed_in_at is not None and received_at > payment.handed_in_at:
        raise SlipRefused(_("money cannot reach the cashier before it was received"))
    if received_at < payment.slip.issued_at:
        raise SlipRefused(_("the slip was issued later than that"))
    # The slip first, as whoever records money on it does.
    Slip.objects.select_for_update().get(pk=payment.slip_id)
    corrected = Payment.objects.filter(pk=payment.pk, received_at=seen).update(
        received_at=received_at
    )
    if not corrected:
        raise SlipRefused(_("Somebody else changed the payment meanwhile; look again."))
    changes = {
        "received_at": [cell_text(seen), cell_text(received_at)],
        "reason": [None, reason.strip()],
    }
    audit(actor=actor, action="correct", subject=audit_subject(payment), changes=changes)


@transaction.atomic
def payment_hand_in(*, actor: Any, payment: Payment, at: datetime | None = None) -> bool:
    """The cashier takes the money (SLIP-3); twice is once. Says whether it was handed in now."""
    share(STAMPED)  # before the clock is read: a close passes those in flight (CUT-3)
    # The slip first, as whoever records money on it does.
    Slip.objects.select_for_update().get(pk=payment.slip_id)
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
    """A slip comes back to finance; twice is once. Refused while money paid on it is in hand."""
    locked = Slip.objects.select_for_update().get(pk=slip.pk)
    if Payment.objects.in_hand().filter(slip=locked).exists():
        raise SlipRefused(_("money received on it is not handed in yet"))
    at = clock.now()
    returned = Slip.objects.filter(pk=slip.pk, returned_at=None).update(returned_at=at)
    if returned:
        changes = {"returned_at": [None, cell_text(at)], **in_place(actor, "finance")}
        audit(actor=actor, action="return", subject=audit_subject(slip), changes=changes)
    return bool(returned)


@transaction.atomic
def late_handover_declare(
    *, actor: Any, person: Person, reason: str, day: date | None = None
) -> LateHandover:
    """Declare that today's money comes by the end of work on the next workday (SLIP-4).

    Declared once a day: a second word the same day changes nothing. `day`: the one that whoever
    declares has before them; once it is over it is too late.
    """
    if day is not None and day != clock.today():
        raise SlipRefused(
            _("%(day)s is over: a late handover is declared on its own day")
            % {"day": day_text(day)}
        )
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
