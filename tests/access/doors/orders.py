"""Doors of orders."""

from django.urls import reverse

from orders.models import Order
from tests.access.door import HER_PAY, Door
from tests.access.world import World
from tests.builders import order


def hers(world: World) -> str:
    """Another of her orders: an address is said again on a page of refusal."""
    if not Order.objects.filter(order_no="DOOR").exists():
        order(world.her, "DOOR")
    return reverse("order", args=["DOOR"])


DOORS = {
    # Whoever sees her money sees what she sold.
    "order": Door(hers, get=HER_PAY, hidden=True, shows=lambda world: "DOOR"),
}
