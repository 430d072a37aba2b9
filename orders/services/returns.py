"""Delivered goods that came back (SLIP-6)."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.services import audit, audit_subject
from orders.models import Delivery, GoodsReturn


class ReturnRefused(Exception):
    """Goods cannot have come back so; the message says why, in the reader's language."""


@transaction.atomic
def goods_return_record(
    *, actor: Any, delivery: Delivery, amount: Decimal, on: date, reason: str, token: UUID
) -> GoodsReturn:
    """Record that goods of a delivery came back, worth so many yuan (SLIP-6).

    Sent twice with the same token it is recorded once. Never more comes back than went out.
    """
    if known := GoodsReturn.objects.filter(token=token).first():
        return known
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
    _refuse_unfit(locked, amount, on, reason)
    written = Delivery.objects.filter(pk=locked.pk, returned=locked.returned).update(
        returned=locked.returned + amount
    )
    if written != 1:
        raise ReturnRefused(_("Somebody else changed the delivery meanwhile; look again."))
    came_back = GoodsReturn.objects.create(
        delivery=locked,
        amount=amount,
        on=on,
        reason=reason.strip(),
        recorded_by=actor,
        token=token,
    )
    changes = {
        "returned": [str(locked.returned), str(locked.returned + amount)],
        "reason": [None, came_back.reason],
    }
    audit(actor=actor, action="goods back", subject=audit_subject(locked), changes=changes)
    return came_back


def _refuse_unfit(delivery: Delivery, amount: Decimal, on: date, reason: str) -> None:
    if not reason.strip():
        raise ReturnRefused(_("Say why the goods came back."))
    if not 0 < amount <= delivery.net:
        raise ReturnRefused(
            _("%(left)s of this delivery is still with the customer: no more can come back.")
            % {"left": f"{delivery.net:,.2f}"}
        )
    if on < delivery.delivered_on:
        raise ReturnRefused(_("Goods cannot come back before they were delivered."))
    if on > clock.today():
        raise ReturnRefused(_("That day is still to come."))
