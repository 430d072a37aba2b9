"""Deliveries: recorded and corrected, never taken away (ORD-1)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from core import clock
from core.money import ZERO, less
from core.services import audit, audit_subject
from core.templatetags.house import day, yuan_text
from orders.models import Delivery, Order
from orders.rules import may_still_deliver
from orders.services.refusals import ChangedMeanwhile, OrderRefused, order_locked


@transaction.atomic
def delivery_record(*, actor: Any, order: Order, delivered_on: date, amount: Decimal) -> Delivery:
    """Goods were delivered on a day, worth so many yuan; once a day and order.

    Raises `OrderRefused`: a day to come, a day that has one, more than the order is of.
    """
    held = order_locked(order.pk)
    _check_day(delivered_on)
    if Delivery.objects.filter(order=held, delivered_on=delivered_on).exists():
        raise OrderRefused(_days_taken(delivered_on), field="delivered_on")
    _check_amount(held, amount)
    delivery = Delivery.objects.create(order=held, delivered_on=delivered_on, amount=amount)
    changes = {"delivered_on": [None, str(delivered_on)], "amount": [None, str(amount)]}
    audit(actor=actor, action="deliver", subject=audit_subject(delivery), changes=changes)
    return delivery


@transaction.atomic
def delivery_correct(
    *,
    actor: Any,
    delivery: Delivery,
    seen: tuple[date, Decimal],
    delivered_on: date,
    amount: Decimal,
    reason: str,
) -> Delivery:
    """Correct the day or the amount of a delivery. `seen`: both, as the form showed them.

    Raises `ChangedMeanwhile`, and `OrderRefused`: as when it is recorded, and for less than came
    back of it (SLIP-6).
    """
    held = order_locked(delivery.order_id)
    was: Delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if (was.delivered_on, was.amount) != seen:
        raise ChangedMeanwhile(_("Somebody else corrected it meanwhile: look again."))
    if not reason.strip():
        raise OrderRefused(_("Say why."), field="reason")
    _check_day(delivered_on)
    others = Delivery.objects.filter(order=held).exclude(pk=was.pk)
    if others.filter(delivered_on=delivered_on).exists():
        raise OrderRefused(_days_taken(delivered_on), field="delivered_on")
    if amount < was.returned:
        raise OrderRefused(
            _("Goods worth %(amount)s came back of it: it cannot be less.")
            % {"amount": yuan_text(was.returned)},
            field="amount",
        )
    _check_amount(held, amount - was.returned, without=was)
    Delivery.objects.filter(pk=was.pk).update(delivered_on=delivered_on, amount=amount)
    changes: dict[str, Any] = {
        "delivered_on": [str(was.delivered_on), str(delivered_on)],
        "amount": [str(was.amount), str(amount)],
    }
    changes = {name: both for name, both in changes.items() if both[0] != both[1]}
    audit(
        actor=actor,
        action="correct",
        subject=audit_subject(was),
        changes={**changes, "reason": reason.strip()},
    )
    was.refresh_from_db()
    return was


def _check_day(delivered_on: date) -> None:
    if delivered_on > clock.today():
        raise OrderRefused(_("That day is still to come."), field="delivered_on")


def _days_taken(delivered_on: date) -> str:
    return _("There is a delivery of %(day)s already: correct that one.") % {
        "day": day(delivered_on)
    }


def _check_amount(order: Order, net: Decimal, *, without: Delivery | None = None) -> None:
    """More than the order is of is not delivered: what came back leaves room for as much."""
    if net < 0 or (without is None and net == 0):
        raise OrderRefused(_("A delivery is of more than nothing."), field="amount")
    others = Delivery.objects.filter(order=order)
    if without is not None:
        others = others.exclude(pk=without.pk)
    delivered = others.aggregate(sum=Sum(less("amount", "returned"), default=ZERO))["sum"]
    room = may_still_deliver(order.amount, delivered)
    if net > room:
        raise OrderRefused(
            _("The order is of %(amount)s, and %(room)s of it can still be delivered.")
            % {"amount": yuan_text(order.amount), "room": yuan_text(room)},
            field="amount",
        )
