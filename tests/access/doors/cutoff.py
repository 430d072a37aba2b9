"""Doors of the cutoff, and of what is undone."""

from collections.abc import Callable, Mapping
from uuid import uuid4

from django.urls import reverse

from orders.models import GoodsReturn, Order
from receivables.models import Payment, Undoing
from tests.access.door import HER_PAY, MONEY, Door, of_month, plain, those
from tests.access.world import HER_ORDER, World
from tests.builders import at, order, payment, slip
from tests.cast import FINANCE, LEADER, MANAGER

HANDED_IN = "2026-10-20 17:00"


def her_payment(world: World) -> str:
    """A cheque on her slip, counted."""
    if not Payment.objects.filter(payment_no="UNDONE-1").exists():
        her_order = world.her.orders.get(order_no=HER_ORDER)
        payment(slip(her_order, "UNDONE"), "UNDONE-1", method="cheque", handed_in=HANDED_IN)
    return reverse("payment_undoing", args=["UNDONE-1"])


def her_delivery(world: World) -> str:
    """Of another of her orders, as above."""
    if not Order.objects.filter(order_no="RETURN").exists():
        order(world.her, "RETURN", delivered={"2026-10-15": "1000.00"})
    return reverse("goods_return", args=["RETURN", "2026-10-15"])


def undoing(kind: str = "") -> Callable[[World], Mapping[str, str]]:
    """What is confirmed: the whole of it, as it was looked at."""
    said = {"token": str(uuid4()), "seen": "1000.00", "amount": "1000.00", "on": "2026-10-20"}
    confirm = "/".join(said.values())
    return lambda world: {**said, "kind": kind, "reason": "余额不足", "confirm": confirm}


DOORS = {
    "payment_undoing": Door(
        her_payment,
        get=those(FINANCE),
        post=those(FINANCE),
        hidden=True,
        sees=HER_PAY,
        data=undoing("bounced"),
        effect=lambda world: Undoing.objects.count(),
    ),
    "receipt_correction": Door(
        lambda world: her_payment(world).replace("/undo/", "/receipt/"),
        get=those(FINANCE),
        post=those(FINANCE),
        hidden=True,
        sees=HER_PAY,
        data=lambda world: {
            "seen": at("2026-10-20 10:00").isoformat(),
            "received_at": "2026-10-20T09:00",
            "reason": "记错",
            "confirm": f"{at('2026-10-20 10:00').isoformat()}/2026-10-20 09:00:00+08:00",
        },
        effect=lambda world: Payment.objects.get(payment_no="UNDONE-1").received_at,
    ),
    "cutoff": Door(plain("cutoff"), get=MONEY, lands=302),
    "cutoff_month": Door(of_month("cutoff_month"), get=MONEY),
    # Of those who see the jobs: personnel has no business with the cutoff.
    "cutoff_close": Door(
        of_month("cutoff_close"), get=those(MANAGER, FINANCE, LEADER), is_page=False
    ),
    "goods_return": Door(
        her_delivery,
        get=those(FINANCE),
        post=those(FINANCE),
        hidden=True,
        sees=HER_PAY,
        data=undoing(),
        effect=lambda world: GoodsReturn.objects.count(),
    ),
}
