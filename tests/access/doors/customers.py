"""Doors of customers' files: trade secrets (CUS-2)."""

from django.urls import reverse

from tests.access.door import Door, those
from tests.access.world import HER_ORDER
from tests.cast import LEADER, MANAGER, SHE, SUPERVISOR

DOORS = {
    "customer": Door(
        lambda world: reverse(
            "customer", args=[world.her.orders.get(order_no=HER_ORDER).customer.customer_no]
        ),
        get=those(SHE, SUPERVISOR, MANAGER, LEADER),
        hidden=True,
    )
}
