"""Disputes about orders: opened, and how they ended (ORD-1)."""

from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.services import audit, audit_subject
from core.templatetags.house import day
from orders.models import Dispute, Order
from orders.services.refusals import ChangedMeanwhile, OrderRefused, order_locked, plain


@transaction.atomic
def dispute_open(
    *, actor: Any, order: Order, text: str, amount: Decimal | None, token: UUID
) -> Dispute:
    """Write down what a customer disputes, and how much of it in yuan where that can be said.

    The same form sent twice opens one. Raises `OrderRefused`.
    """
    held = order_locked(order.pk)
    if opened := Dispute.objects.filter(token=token).first():
        return cast(Dispute, opened)
    if not text.strip():
        raise OrderRefused(_("Say what is in dispute."), field="text")
    if amount is not None and not 0 < amount <= held.amount:
        raise OrderRefused(
            _("More than nothing, and no more than the order is of."), field="amount"
        )
    dispute = Dispute.objects.create(
        order=held,
        text=text.strip(),
        amount=amount,  # type: ignore[misc]  # nullable
        token=token,
        opened_by=actor,
        opened_at=clock.now(),
    )
    changes = {"text": [None, dispute.text], "amount": [None, plain(amount)]}
    audit(actor=actor, action="dispute", subject=audit_subject(dispute), changes=changes)
    return dispute


@transaction.atomic
def dispute_settle(*, actor: Any, dispute: Dispute, outcome: str, settled_on: date) -> Dispute:
    """Write down how a dispute ended, and when. Raises `ChangedMeanwhile` for who comes second."""
    if not outcome.strip():
        raise OrderRefused(_("Say how it ended."), field="outcome")
    if settled_on > clock.today():
        raise OrderRefused(_("That day is still to come."), field="settled_on")
    if settled_on < clock.local_date(dispute.opened_at):
        raise OrderRefused(_("The dispute was opened later."), field="settled_on")
    settled = Dispute.objects.open().filter(pk=dispute.pk)
    values = {"outcome": outcome.strip(), "settled_on": settled_on, "settled_by": actor}
    if settled.update(state=Dispute.State.SETTLED, **values) != 1:
        raise ChangedMeanwhile(_settled_already(dispute))
    audit(
        actor=actor,
        action="dispute settled",
        subject=audit_subject(dispute),
        changes={
            "outcome": [None, outcome.strip()],
            "settled_on": [None, str(settled_on)],
        },
    )
    return Dispute.objects.get(pk=dispute.pk)


def _settled_already(dispute: Dispute) -> str:
    now = Dispute.objects.select_related("settled_by__person").get(pk=dispute.pk)
    who: Any = now.settled_by
    return _("%(who)s was first: settled on %(day)s. %(outcome)s") % {
        "who": who.get_full_name() if who else "—",
        "day": day(now.settled_on),
        "outcome": now.outcome,
    }
