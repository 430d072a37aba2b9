"""Fines paid in cash to the manager, and the cash handed to the cashier (ATT-2, S4.3)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.services import in_place
from attendance.incidents import judged, standing
from attendance.models import FineHandover, FinePayment
from attendance.rules.days import fine_key
from attendance.services.fines_telling import given_back_tell, handover_tell
from attendance.services.refusals import AttendanceRefused, ChangedMeanwhile
from core import clock
from core.db import share
from core.money import total
from core.months import Month
from core.services import audit, audit_subject
from payroll.models import Waiver
from payroll.services import close_follow
from payroll.services.closing import STAMPED
from policy.querysets import policy_book

TAKE_CASH, SIGN_FOR_IT = ("manager",), ("cashier",)


@transaction.atomic
def fine_tick(*, person: Person, day: date, side: str, actor: Any = None) -> FinePayment:
    """The manager says that a fine was paid in cash, just now. Ticked twice it is ticked once.

    Only a fine that stands can be paid. The next close takes it from cash instead of from pay.
    """
    share(STAMPED)  # a close passes those in flight: it counts from this instant on
    known: FinePayment | None = FinePayment.objects.filter(
        person=person, date=day, side=side
    ).first()
    if known is not None:
        _must_not_be_given_back(known)
        return known
    month = Month.of(day)
    if not fine_stands(person, day, side):
        raise AttendanceRefused(_("No fine stands there any more."))
    try:
        with transaction.atomic():
            payment = FinePayment.objects.create(
                person=person, date=day, side=side, paid_at=clock.now(), taken_by=actor
            )
    except IntegrityError:
        return FinePayment.objects.get(person=person, date=day, side=side)
    _audited(payment, "fine ticked", [None, payment.paid_at.isoformat()], actor)
    close_follow(month=month, actor=actor)
    return payment


@transaction.atomic
def fine_untick(*, payment: FinePayment, actor: Any = None) -> None:
    """Take a tick back on the day it was made, as long as the cash was not handed over."""
    if payment.taken_by_id is None:
        raise AttendanceRefused(_("This came with the company's table."))
    if clock.local_date(payment.paid_at) != clock.today():
        raise AttendanceRefused(_("A tick is taken back on the same day alone."))
    share(STAMPED)
    _audited(payment, "fine unticked", [payment.paid_at.isoformat(), None], actor)
    kept = FinePayment.objects.filter(handover=None, given_back_at=None)
    here = kept.filter(pk=payment.pk, paid_at=payment.paid_at)
    if here.delete()[0] != 1:
        raise ChangedMeanwhile(
            _("The cash was handed over or given back, or the tick taken back, meanwhile.")
        )
    close_follow(month=Month.of(payment.date), actor=actor)


def _must_not_be_given_back(payment: FinePayment) -> None:
    if payment.given_back_at is not None:
        raise AttendanceRefused(
            _("The cash of this fine was given back: if it stands again, it is taken from pay.")
        )


def fine_stands(person: Person, day: date, side: str) -> bool:
    """Whether an incident is there that nothing excuses."""
    found = standing(judged(Month.of(day), [person], alone=person, with_payments=False))
    return any((row.day, row.side) == (day, side) for row in found)


@transaction.atomic
def fine_give_back(*, payment: FinePayment, actor: Any) -> FinePayment:
    """The cash of a fine that was excused or forgiven since goes back to whoever paid it.

    The ledger has reversed the fine by itself, and counts it as not paid from now on: should it
    stand again, it is taken from pay. Given back twice is once. Raises `AttendanceRefused` while
    the fine stands, `ChangedMeanwhile` where the cash went elsewhere.
    """
    share(STAMPED)
    if fine_stands(payment.person, payment.date, payment.side) and not is_forgiven(payment):
        raise AttendanceRefused(_("The fine stands: there is nothing to give back."))
    now, seen_in = clock.now(), payment.handover_id
    here = FinePayment.objects.filter(pk=payment.pk, given_back_at=None, handover=seen_in)
    if here.update(given_back_at=now, given_back_by=actor) != 1:
        raise ChangedMeanwhile(_("The cash was given back or handed over meanwhile; look again."))
    audit(
        actor=actor,
        action="fine given back",
        subject=audit_subject(payment),
        changes={
            "given_back_at": [None, now.isoformat()],
            "amount": [None, str(amount_of([payment]))],
            **in_place(actor, *(SIGN_FOR_IT if payment.handover_id else TAKE_CASH)),
        },
    )
    given_back_tell(payment=payment, actor=actor)
    close_follow(month=Month.of(payment.date), actor=actor)
    return FinePayment.objects.get(pk=payment.pk)


def forgiven(keys: Iterable[str]) -> set[str]:
    """Those of the charges with these keys that were forgiven. One query."""
    rows = Waiver.objects.filter(withdrawn_at=None, key__in=list(keys))
    return set(rows.values_list("key", flat=True))


def key_of(payment: FinePayment) -> str:
    """The key of the charge that was paid."""
    return fine_key(payment.person.employee_no, payment.date, payment.side)


def is_forgiven(payment: FinePayment) -> bool:
    return bool(forgiven([key_of(payment)]))


@transaction.atomic
def fines_hand_over(*, expected: Decimal, token: UUID, actor: Any) -> FineHandover:
    """Hand all cash one has in hand to the cashier; it waits for the signature.

    `expected`: the sum as it was seen; another tick meanwhile, and it is told. One form sent twice
    hands over once.
    """
    if sent := FineHandover.objects.filter(token=token).first():
        return sent
    waiting = FinePayment.objects.select_for_update().in_hand_of(actor)
    payments = list(waiting.order_by("pk"))
    amount = amount_of(payments)
    if not payments:
        raise AttendanceRefused(_("There is no cash to hand over."))
    if amount != expected:
        raise ChangedMeanwhile(_("It is %(amount)s by now: look again.") % {"amount": amount})
    handover = FineHandover.objects.create(amount=amount, made_by=actor, token=token)
    FinePayment.objects.filter(pk__in=[each.pk for each in payments]).update(handover=handover)
    audit(
        actor=actor,
        action="hand in",
        subject=audit_subject(handover),
        changes={
            "amount": [None, str(amount)],
            "payments": [None, len(payments)],
            **in_place(actor, *TAKE_CASH),
        },
    )
    handover_tell(handover=handover, actor=actor)
    return handover


@transaction.atomic
def fines_sign(*, handover: FineHandover, actor: Any) -> FineHandover:
    """The cashier has counted it and signs: never who handed it over. Signed twice is once."""
    if handover.made_by_id == actor.pk:
        raise AttendanceRefused(_("Who hands cash over does not sign for it."))
    waiting = FineHandover.objects.filter(pk=handover.pk, signed_at=None)
    if waiting.update(signed_at=clock.now(), signed_by=actor) != 1:
        raise ChangedMeanwhile(_("It is signed for already."))
    audit(
        actor=actor,
        action="sign",
        subject=audit_subject(handover),
        changes={"amount": [None, str(handover.amount)], **in_place(actor, *SIGN_FOR_IT)},
    )
    return FineHandover.objects.get(pk=handover.pk)


def amount_of(payments: Iterable[FinePayment]) -> Decimal:
    """What the fines of these payments come to, each by the policy of its day."""
    book = policy_book()
    return total(book.on(each.date).late_fine for each in payments)


def _audited(payment: FinePayment, action: str, paid: list[Any], actor: Any) -> None:
    audit(
        actor=actor,
        action=action,
        subject=audit_subject(payment),
        changes={"paid_at": paid, **in_place(actor, *TAKE_CASH)},
    )
