"""Margins under the floor: asked for, approved or refused (ORD-2)."""

from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from core.services import audit, audit_subject
from orders.deciding import concerned_by, deciding_role
from orders.models import MarginRequest, Order
from orders.rules import is_under_floor
from orders.services.refusals import ChangedMeanwhile, OrderRefused, became, order_locked
from orders.services.telling import margin_decided_tell, margin_tell
from policy.labels import readable
from policy.querysets import policy_book

State = MarginRequest.State


def refuse_under_floor(order: Order, *, on: date) -> None:
    """Raise `OrderRefused` where an order with these figures cannot be signed on a day: the floor
    of that day's policy, and the last word on these very figures (ORD-2)."""
    floor = policy_book().on(on).margin_floor
    if not is_under_floor(order.amount, order.margin, floor):
        return
    told = {"floor": readable("margin_floor", str(floor))}
    if order.margin is None:
        raise OrderRefused(
            _("Say the gross margin before signing: the company's floor is %(floor)s.") % told,
            field="margin",
        )
    if not is_approved(order):
        raise OrderRefused(
            _(
                "The margin is under the company's floor of %(floor)s: with these figures the "
                "order can be signed once the manager has approved them."
            )
            % told
        )


def is_approved(order: Order) -> bool:
    """Whether the last decision on an order's very figures was for them. One query."""
    if order.pk is None:
        return False
    decided = MarginRequest.objects.filter(
        order=order.pk,
        amount=order.amount,
        margin=order.margin,
        state__in=(State.APPROVED, State.REFUSED),
    )
    last = decided.order_by("-decided_at", "-id").values_list("state", flat=True).first()
    return last == State.APPROVED


@transaction.atomic
def margin_ask(
    *, actor: Any, order: Order, amount: Decimal, margin: Decimal, reason: str, token: UUID
) -> MarginRequest:
    """Ask that an order may be signed with these figures, in yuan; one is asked at a time.

    The same form sent twice asks once. Raises `OrderRefused`.
    """
    held = order_locked(order.pk)
    if asked := MarginRequest.objects.filter(token=token).first():
        return cast(MarginRequest, asked)
    if not reason.strip():
        raise OrderRefused(_("Say why."), field="reason")
    if amount <= 0:
        raise OrderRefused(_("An order is of more than nothing."), field="amount")
    if margin > amount:
        raise OrderRefused(_("The margin cannot be more than the amount."), field="margin")
    if MarginRequest.objects.open().filter(order=held).exists():
        raise OrderRefused(_("An approval of this order's margin is asked for already."))
    asked = MarginRequest.objects.create(
        order=held,
        amount=amount,
        margin=margin,
        reason=reason.strip(),
        token=token,
        asked_by=actor,
        asked_at=clock.now(),
    )
    audit(
        actor=actor,
        action="margin asked",
        subject=audit_subject(held),
        changes={"amount": str(amount), "margin": str(margin), "reason": asked.reason},
    )
    margin_tell(asked=asked, actor=actor)
    return asked


@transaction.atomic
def margin_decide(*, actor: Any, asked: MarginRequest, approve: bool, reply: str) -> MarginRequest:
    """Approve or refuse what was asked, with the reason. Raises `ChangedMeanwhile` for who comes
    second."""
    if not reply.strip():
        raise OrderRefused(_("A decision needs its reason."), field="reply")
    state = State.APPROVED if approve else State.REFUSED
    _decide(asked, state=state, reply=reply.strip(), decided_by=actor, decided_at=clock.now())
    audit(
        actor=actor,
        action=f"margin {state}",
        subject=audit_subject(asked.order),
        changes={
            "amount": str(asked.amount),
            "margin": str(asked.margin),
            "reason": reply.strip(),
            **in_place(actor, deciding_role(concerned_by(asked))),
        },
    )
    decided: MarginRequest = MarginRequest.objects.select_related(
        "order__person", "asked_by__person"
    ).get(pk=asked.pk)
    margin_decided_tell(asked=decided, actor=actor)
    return decided


@transaction.atomic
def margin_withdraw(*, actor: Any, asked: MarginRequest) -> None:
    """Whoever asked lets it be. Raises `ChangedMeanwhile` when it was decided before."""
    _decide(asked, state=State.WITHDRAWN, decided_by=actor, decided_at=clock.now())
    changes = {"amount": str(asked.amount), "margin": str(asked.margin)}
    subject = audit_subject(asked.order)
    audit(actor=actor, action="margin withdrawn", subject=subject, changes=changes)


def _decide(asked: MarginRequest, **values: Any) -> None:
    # Whoever signs with these figures waits, or is waited for.
    order_locked(asked.order_id)
    if MarginRequest.objects.open().filter(pk=asked.pk).update(**values) != 1:
        raise ChangedMeanwhile(became(asked))
