"""Doors of collections."""

from django.urls import reverse

from receivables.models import Slip
from tests.access.door import HER_PAY, MONEY, Door, plain
from tests.access.world import HER_ORDER, World
from tests.builders import slip


def her_slip(world: World) -> str:
    """Another of her slips: an address is said again on a page of refusal."""
    if not Slip.objects.filter(slip_no="DOOR").exists():
        slip(world.her.orders.get(order_no=HER_ORDER), "DOOR")
    return reverse("slip", args=["DOOR"])


DOORS = {
    "unpaid": Door(plain("unpaid"), get=MONEY),
    "slip": Door(her_slip, get=HER_PAY, hidden=True, shows=lambda world: "DOOR"),
}
