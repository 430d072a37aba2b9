"""Whom transfers and margins are told to: the one place from which word goes to the inboxes."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from notices.services import notice_send
from orders.deciding import concerned_by, deciding_role, named_in
from orders.models import MarginRequest, Transfer


def transfer_tell(*, transfer: Transfer, actor: Any) -> None:
    """Both named hear of it, and those who decide."""
    involved = named_in(transfer)
    both = [transfer.from_person, transfer.to_person]
    notice_send(
        people=_without(actor, [*both, *_deciders(involved)]),
        key=f"transfer/{transfer.pk}/asked",
        text=gettext_noop("Order %(order)s is to pass from %(before)s to %(after)s"),
        values=_values(transfer),
        url=reverse("transfer", args=[transfer.pk]),
        actor=actor,
    )


def transfer_decided_tell(*, transfer: Transfer, actor: Any) -> None:
    """Both named hear what was decided, and who asked."""
    approved = transfer.state == Transfer.State.APPROVED
    notice_send(
        people=_without(actor, named_in(transfer)),
        key=f"transfer/{transfer.pk}/decided",
        text=gettext_noop("Order %(order)s has passed from %(before)s to %(after)s")
        if approved
        else gettext_noop("Order %(order)s does not pass from %(before)s to %(after)s"),
        values=_values(transfer),
        url=reverse("transfer", args=[transfer.pk]),
        actor=actor,
    )


def _values(transfer: Transfer) -> dict[str, str]:
    return {
        "order": transfer.order.order_no,
        "before": transfer.from_person.name,
        "after": transfer.to_person.name,
    }


def margin_tell(*, asked: MarginRequest, actor: Any) -> None:
    """Those who decide hear that a margin waits."""
    notice_send(
        people=_without(actor, _deciders(concerned_by(asked))),
        key=f"margin/{asked.pk}/asked",
        text=gettext_noop("The margin of order %(order)s is to be approved"),
        values={"order": asked.order.order_no},
        url=reverse("margin", args=[asked.pk]),
        actor=actor,
    )


def margin_decided_tell(*, asked: MarginRequest, actor: Any) -> None:
    """The order's salesperson hears what was decided, and who asked."""
    approved = asked.state == MarginRequest.State.APPROVED
    notice_send(
        people=_without(actor, concerned_by(asked)),
        key=f"margin/{asked.pk}/decided",
        text=gettext_noop("The margin of order %(order)s was approved")
        if approved
        else gettext_noop("The margin of order %(order)s was refused"),
        values={"order": asked.order.order_no},
        url=reverse("margin", args=[asked.pk]),
        actor=actor,
    )


def _deciders(involved: list[Person]) -> list[Person]:
    """Those at work who hold the role that decides, or stand in for it, without the involved."""
    acting = Person.objects.acting_as(deciding_role(involved), clock.today())
    return list(acting.exclude(pk__in=[person.pk for person in involved]))


def _without(actor: Any, people: Iterable[Person]) -> list[Person]:
    """Nobody is told of what they did themself."""
    own = actor.person_id if actor is not None else None
    return [person for person in people if person.pk != own]
