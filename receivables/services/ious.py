"""IOUs for what is delivered and unpaid: recorded with a photo, the original received (IOU-1)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.services import audit, audit_subject
from core.tables.writing import cell_text
from core.templatetags.house import yuan_text
from orders.models import Delivery
from receivables.models import Iou
from receivables.querysets.ious import unpaid_now

KIND = "iou"


class IouRefused(Exception):
    """An IOU is refused; the message says why, in the reader's language."""


@transaction.atomic
def iou_record(
    *,
    actor: Any,
    delivery: Delivery,
    amount: Decimal,
    signed_by: str,
    has_seal: bool,
    files: Iterable[ReadFile],
    token: UUID,
) -> Iou:
    """Record the IOU a customer signed for what is unpaid of a delivery, in yuan (IOU-1).

    With at least one photo of it. The same form sent twice records one. Raises `IouRefused`, and
    `FileRefused` for a file that is not kept.
    """
    if recorded := _recorded(token, actor):
        return recorded
    copies = list(files)
    if not copies:
        raise IouRefused(_("An IOU is recorded with a photo of it."))
    if not signed_by.strip():
        raise IouRefused(_("Say who signed it."))
    locked = Delivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
    if recorded := _recorded(token, actor):
        return recorded
    _refuse_over_the_debt(locked, amount)
    iou: Iou = Iou.objects.create(
        delivery=locked,
        amount=amount,
        signed_by=signed_by.strip(),
        has_seal=has_seal,
        recorded_by=actor,
        token=token,
    )
    for read in copies:
        file_keep(upload=read, actor=actor, kind=KIND, owner=str(iou.pk))
    changes = {"amount": [None, str(amount)], "signed_by": [None, iou.signed_by]}
    audit(actor=actor, action="record", subject=audit_subject(iou), changes=changes)
    return iou


def _recorded(token: UUID, actor: Any) -> Iou | None:
    found: Iou | None = Iou.objects.filter(token=token, recorded_by=actor).first()
    return found


def _refuse_over_the_debt(delivery: Delivery, amount: Decimal) -> None:
    unpaid = unpaid_now(delivery)
    if not unpaid:
        raise IouRefused(_("The delivery is paid: it needs no IOU."))
    if not 0 < amount <= unpaid:
        raise IouRefused(
            _("%(unpaid)s of the delivery is unpaid: the IOU is over that or a part of it.")
            % {"unpaid": yuan_text(unpaid)}
        )


@transaction.atomic
def iou_original(*, actor: Any, iou: Iou) -> bool:
    """Finance has the original (IOU-1); twice is once. Says whether it was received now."""
    at = clock.now()
    waiting = Iou.objects.filter(pk=iou.pk, original_at=None)
    received = waiting.update(original_at=at, original_by=actor)
    if received:
        changes = {"original_at": [None, cell_text(at)]}
        audit(actor=actor, action="original", subject=audit_subject(iou), changes=changes)
    return bool(received)
