"""Why a write about orders does not happen; the message is for the reader."""

import hashlib
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.templatetags.house import moment
from orders.models import MarginRequest, Order, Transfer

SHOWN = ("order_no", "customer_id", "person_id", "amount", "signed_on", "terms", "margin")


class OrderRefused(Exception):
    """What was asked does not fit what is known; nothing was changed.

    `field`: the field of a form beside which that is said, if it is about one.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class ChangedMeanwhile(OrderRefused):
    """Somebody else was quicker; the message says what came of it."""


def order_locked(pk: int) -> Order:
    """An order read anew, its row held until the transaction ends."""
    # Locked by itself: joined with whose it was, it would not be found once it is another's.
    Order.objects.select_for_update().get(pk=pk)
    held: Order = Order.objects.select_related("person").get(pk=pk)
    return held


def version_of(order: Order) -> str:
    """A fingerprint of what a form showed of an order: a load changes it as a form does."""
    said = repr([(name, str(getattr(order, name))) for name in SHOWN])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def refuse_outdated(order: Order, seen: str) -> None:
    if version_of(order) != seen:
        raise ChangedMeanwhile(_("Somebody else changed the order meanwhile: look again."))


def refuse_who_does_not_sell(person: Person, *, field: str) -> None:
    """An order is a salesperson's who works here."""
    if not person.has_role("salesperson") or (person.left_on and person.left_on < clock.today()):
        raise OrderRefused(_("%(person)s does not sell here.") % {"person": person}, field=field)


def plain(value: Any) -> Any:
    """A value as the trail keeps it."""
    return None if value is None else str(value)


def became(asked: Transfer | MarginRequest) -> str:
    """What became of something that was still to be decided when it was looked at."""
    now = type(asked).objects.select_related("decided_by__person").get(pk=asked.pk)
    who: Any = now.decided_by
    return _("%(who)s was first: %(state)s at %(when)s. %(reply)s") % {
        "who": who.get_full_name() if who else "—",
        "state": now.get_state_display(),
        "when": moment(now.decided_at),
        "reply": now.reply,
    }
