"""What slips put on the desk: what finance can hand out, whom the manager can let have some."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.desk import SHOWN, Figure, Waiting, card
from core.money import total
from core.panels import Panel
from core.templatetags.house import day, yuan_text
from orders.models import Order
from receivables.permissions.slips import can_issue_slips
from receivables.querysets.blocks import Block, blocks_of
from receivables.querysets.morning import Suggestion, suggestions


def desk(user: Any) -> Iterator[Panel]:
    if can_issue_slips(user):
        yield _to_hand_out()
    if user.has_role("manager"):
        yield _blocked()


def _to_hand_out() -> Panel:
    """Finance's morning: delivered, not paid, on no slip (SLIP-1)."""
    found = suggestions()
    oldest = sorted(found, key=lambda each: each.delivered_on)[:SHOWN]
    orders = Order.objects.select_related("customer", "person").in_bulk(
        [each.order_id for each in oldest]
    )
    return card(
        key="slips-morning",
        title=_("Slips to hand out"),
        icon="receipt-text",
        url=reverse("slips_morning"),
        figures=[Figure(_("In all"), yuan_text(total(each.amount for each in found)))],
        waiting=[_suggested(each, orders[each.order_id]) for each in oldest],
        count=len(found),
        empty=_("All that was delivered is paid, or on a slip."),
    )


def _suggested(each: Suggestion, order: Order) -> Waiting:
    return Waiting(
        text=f"{order.customer.name} · {yuan_text(each.amount)}",
        url=f"{reverse('slips_morning')}?q={order.order_no}",
        note=_("%(order)s · %(name)s · %(n)s days since delivery")
        % {
            "order": order.order_no,
            "name": order.person.name,
            "n": (clock.today() - each.delivered_on).days,
        },
    )


def _blocked() -> Panel:
    """The manager's: who gets no slips today, and why (SLIP-4)."""
    standing = [each for each in blocks_of().values() if each.stands]
    return card(
        key="slips-blocked",
        title=_("Who gets no slips"),
        icon="ban",
        url=reverse("slips_blocked"),
        waiting=[_block(each) for each in standing[:SHOWN]],
        count=len(standing),
        empty=_("All money of earlier days is handed in, and no difference is open."),
    )


def _block(block: Block) -> Waiting:
    since = block.since
    return Waiting(
        text=block.name,
        url=reverse("slips_blocked"),
        note=_("money since %(day)s") % {"day": day(since)}
        if since
        else _("a difference at the counter"),
    )
