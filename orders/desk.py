"""What orders put on the desk: what waits for a decision, one's own transfers, disputes."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.permissions import Decision
from core.templatetags.house import day, yuan_text
from orders.models import Dispute, MarginRequest, Transfer
from orders.permissions import can_decide_margin, can_decide_transfer

DECIDES = ("manager", "leader", "admin")
LOOKED_AT = 50  # of those that wait: more never do


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role(*DECIDES):
        yield from _transfers_to_decide(user)
        yield from _margins_to_decide(user)
    if user.has_role("salesperson", "supervisor", "manager"):
        yield from _own_transfers(user)
        yield from _disputes(user)


def _transfers_to_decide(user: Any) -> Iterator[Panel]:
    waiting = Transfer.objects.visible_to(user).open()
    rows = waiting.select_related("order", "from_person", "to_person", "asked_by__person")
    mine = _decided_by(user, rows.order_by("id"), can_decide_transfer)
    if mine:
        yield card(
            key="transfers",
            title=_("Transfers to decide"),
            icon="arrow-right-left",
            url=reverse("transfers"),
            waiting=[_transfer(each) for each in mine[:SHOWN]],
            count=len(mine),
        )


def _margins_to_decide(user: Any) -> Iterator[Panel]:
    waiting = MarginRequest.objects.visible_to(user).open()
    rows = waiting.select_related("order__person", "order__customer", "asked_by__person")
    mine = _decided_by(user, rows.order_by("id"), can_decide_margin)
    if mine:
        yield card(
            key="margins",
            title=_("Margins to approve"),
            icon="percent",
            waiting=[
                Waiting(
                    text=f"{each.order.order_no} · {each.order.customer.name}",
                    url=reverse("margin", args=[each.pk]),
                    note=_("%(margin)s of %(amount)s · %(name)s")
                    % {
                        "margin": yuan_text(each.margin),
                        "amount": yuan_text(each.amount),
                        "name": each.order.person.name,
                    },
                )
                for each in mine[:SHOWN]
            ],
            count=len(mine),
        )


def _decided_by(user: Any, rows: Any, may: Callable[[Any, Any], Decision]) -> Sequence[Any]:
    return [each for each in rows[:LOOKED_AT] if may(user, each)]


def _transfer(each: Transfer) -> Waiting:
    return Waiting(
        text=_("%(order)s: from %(before)s to %(after)s")
        % {
            "order": each.order.order_no,
            "before": each.from_person.name,
            "after": each.to_person.name,
        },
        url=reverse("transfer", args=[each.pk]),
        note=each.reason[:60],
    )


def _own_transfers(user: Any) -> Iterator[Panel]:
    """Those that name oneself, or that one asked for."""
    named = Q(from_person=user.person_id) | Q(to_person=user.person_id) | Q(asked_by=user)
    waiting = Transfer.objects.open().filter(named)
    rows = waiting.select_related("order", "from_person", "to_person").order_by("id")
    found = list(rows[: SHOWN + 1])
    if found:
        yield card(
            key="own-transfers",
            title=_("My transfers"),
            icon="arrow-right-left",
            url=reverse("transfers"),
            waiting=[_transfer(each) for each in found],
            count=waiting.count() if len(found) > SHOWN else len(found),
        )


def _disputes(user: Any) -> Iterator[Panel]:
    """Open disputes about orders one sees, the oldest first."""
    waiting = Dispute.objects.visible_to(user).open()
    rows = waiting.select_related("order__customer", "order__person").order_by("id")
    found = list(rows[: SHOWN + 1])
    if found:
        yield card(
            key="disputes",
            title=_("Open disputes"),
            icon="message-square-warning",
            url=f"{reverse('orders')}?dispute=open",
            waiting=[
                Waiting(
                    text=f"{each.order.order_no} · {each.order.customer.name}",
                    url=reverse("order", args=[each.order.order_no]),
                    note=_("%(name)s · since %(day)s")
                    % {"name": each.order.person.name, "day": day(each.opened_at)},
                )
                for each in found
            ],
            count=waiting.count() if len(found) > SHOWN else len(found),
        )
