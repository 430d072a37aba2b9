"""Orders pass from one salesperson to another: asked for, decided (ORD-1, adr/0018)."""

from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.services import in_place
from core import clock
from core.services import audit, audit_subject
from orders.deciding import deciding_role, named_in
from orders.models import Order, Transfer
from orders.services.refusals import (
    ChangedMeanwhile,
    OrderRefused,
    became,
    order_locked,
    refuse_who_does_not_sell,
)
from orders.services.telling import transfer_decided_tell, transfer_tell

State = Transfer.State


@transaction.atomic
def transfer_ask(
    *, actor: Any, order: Order, to_person: Person, reason: str, token: UUID
) -> Transfer:
    """Ask that an order pass from its salesperson to another; one is asked at a time.

    The same form sent twice asks once. Both named and whoever decides are told. Raises
    `OrderRefused`.
    """
    held = order_locked(order.pk)
    if asked := Transfer.objects.filter(token=token).first():
        return cast(Transfer, asked)
    if not reason.strip():
        raise OrderRefused(_("Say why."), field="reason")
    if to_person.pk == held.person_id:
        raise OrderRefused(_("The order is theirs already."), field="to_person")
    refuse_who_does_not_sell(to_person, field="to_person")
    if Transfer.objects.open().filter(order=held).exists():
        raise OrderRefused(_("A transfer of this order is asked for already."))
    transfer = Transfer.objects.create(
        order=held,
        from_person=held.person,
        to_person=to_person,
        reason=reason.strip(),
        token=token,
        asked_by=actor,
        asked_at=clock.now(),
    )
    audit(
        actor=actor,
        action="transfer asked",
        subject=audit_subject(held),
        changes={"person": [held.person_id, to_person.pk], "reason": transfer.reason},
    )
    transfer_tell(transfer=transfer, actor=actor)
    return transfer


@transaction.atomic
def transfer_decide(*, actor: Any, transfer: Transfer, approve: bool, reply: str) -> Transfer:
    """Approve or refuse a transfer, with the reason; approved, the order is the other's at once.

    Raises `ChangedMeanwhile` for who comes second, `OrderRefused` where the order is no longer
    that of whom it was to leave, or the other has left.
    """
    if not reply.strip():
        raise OrderRefused(_("A decision needs its reason."), field="reply")
    held = order_locked(transfer.order_id)
    state = State.APPROVED if approve else State.REFUSED
    _decide(transfer, state=state, reply=reply.strip(), decided_by=actor, decided_at=clock.now())
    if approve:
        _pass_on(held, transfer)
    audit(
        actor=actor,
        action=f"transfer {state}",
        subject=audit_subject(held),
        changes={
            **({"person": [transfer.from_person_id, transfer.to_person_id]} if approve else {}),
            "reason": reply.strip(),
            **in_place(actor, deciding_role(named_in(transfer))),
        },
    )
    decided: Transfer = Transfer.objects.select_related(
        "order", "from_person", "to_person", "asked_by__person"
    ).get(pk=transfer.pk)
    transfer_decided_tell(transfer=decided, actor=actor)
    return decided


def _pass_on(order: Order, transfer: Transfer) -> None:
    refuse_who_does_not_sell(Person.objects.get(pk=transfer.to_person_id), field="to_person")
    still_theirs = Order.objects.filter(pk=order.pk, person=transfer.from_person_id)
    if still_theirs.update(person=transfer.to_person_id) != 1:
        raise OrderRefused(
            _("The order is %(person)s's by now: refuse this transfer, and ask for another.")
            % {"person": order.person}
        )


@transaction.atomic
def transfer_withdraw(*, actor: Any, transfer: Transfer) -> None:
    """Whoever asked lets it be. Raises `ChangedMeanwhile` when it was decided before."""
    _decide(transfer, state=State.WITHDRAWN, decided_by=actor, decided_at=clock.now())
    subject = audit_subject(transfer.order)
    audit(
        actor=actor,
        action="transfer withdrawn",
        subject=subject,
        changes={"state": [State.ASKED, State.WITHDRAWN]},
    )


def _decide(transfer: Transfer, **values: Any) -> None:
    if Transfer.objects.open().filter(pk=transfer.pk).update(**values) != 1:
        raise ChangedMeanwhile(became(transfer))
