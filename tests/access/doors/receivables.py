"""Doors of collections."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import Person
from core import clock
from core.models import StoredFile
from orders.models import Order
from receivables.models import BlockLift, LateHandover, Payment, Refusal, Slip
from tests.access.door import HER_PAY, MONEY, SALESPEOPLE, Door, plain, those
from tests.access.world import HER_ORDER, World
from tests.builders import order, payment, slip
from tests.cast import FINANCE, LEADER, MANAGER, MATE, SHE


def door_slip(world: World) -> Slip:
    """Another of her slips: an address is said again on a page of refusal."""
    made = Slip.objects.filter(slip_no="DOOR").first()
    return made or slip(world.her.orders.get(order_no=HER_ORDER), "DOOR")


def of_slip(name: str) -> Any:
    def address(world: World) -> str:
        return reverse(name, args=[door_slip(world).slip_no])

    return address


def photos_address(world: World) -> str:
    on = door_slip(world)
    made = on.payments.first() or payment(on, "DOOR-1", received="2026-11-01 10:00")
    return reverse("payment_photos", args=[on.slip_no, made.pk])


def photo() -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (8, 8), "red").save(written, "PNG")
    return SimpleUploadedFile("door.png", written.getvalue(), "image/png")


def sitting(world: World) -> Mapping[str, Any]:
    """A slip of an order of her mate's, who is not blocked as she is."""
    mate = Person.objects.get(employee_no=MATE)
    if not Order.objects.filter(order_no="DOOR-ORDER").exists():
        order(mate, "DOOR-ORDER")
    line = {"key": str(uuid4()), "order": "DOOR-ORDER", "who": "", "much": "100.00"}
    return {"token": str(uuid4()), **line}


def paid(world: World) -> Mapping[str, Any]:
    at = f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}"
    return {"token": str(uuid4()), "amount": "10.00", "method": "cash", "at": at}


def refused(world: World) -> Mapping[str, Any]:
    at = f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}"
    return {"token": str(uuid4()), "reason": "下周再来", "at": at}


DOORS = {
    "unpaid": Door(plain("unpaid"), get=MONEY),
    "slips": Door(plain("slips"), get=MONEY),
    "slips_morning": Door(
        plain("slips_morning"),
        get=those(FINANCE),
        post=those(FINANCE),
        data=sitting,
        effect=lambda world: Slip.objects.count(),
    ),
    "slips_morning_orders": Door(
        lambda world: reverse("slips_morning_orders") + "?order=CANARY",
        get=those(FINANCE),
        is_page=False,
    ),
    "slip_sheets": Door(
        lambda world: reverse("slip_sheets") + f"?no={door_slip(world).slip_no}",
        get=MONEY,
        post=MONEY,
    ),
    "slips_blocked": Door(plain("slips_blocked"), get=those(FINANCE, MANAGER, LEADER)),
    "slips_lift": Door(
        lambda world: reverse("slips_lift", args=[SHE]),
        post=those(MANAGER),
        data=lambda world: {"reason": "客户在外地"},
        effect=lambda world: BlockLift.objects.count(),
    ),
    "slip": Door(of_slip("slip"), get=HER_PAY, hidden=True, shows=lambda world: "DOOR"),
    "slip_take_back": Door(
        of_slip("slip_take_back"),
        post=those(FINANCE),
        hidden=True,
        sees=HER_PAY,
        effect=lambda world: Slip.objects.get(slip_no="DOOR").returned_at,
    ),
    "payment_new": Door(
        of_slip("payment_new"),
        post=those(SHE),
        hidden=True,
        sees=HER_PAY,
        data=paid,
        effect=lambda world: Payment.objects.count(),
    ),
    "payment_photos": Door(
        photos_address,
        post=those(SHE),
        hidden=True,
        sees=HER_PAY,
        data=lambda world: {"photos": photo()},
        effect=lambda world: StoredFile.objects.count(),
    ),
    "refusal_new": Door(
        of_slip("refusal_new"),
        post=those(SHE),
        hidden=True,
        sees=HER_PAY,
        data=refused,
        effect=lambda world: Refusal.objects.count(),
    ),
    "road": Door(plain("road"), get=SALESPEOPLE),
    "road_token": Door(plain("road_token"), get=SALESPEOPLE, is_page=False),
    "road_late": Door(
        plain("road_late"),
        get=SALESPEOPLE,
        post=SALESPEOPLE,
        data=lambda world: {"day": clock.today().isoformat(), "reason": "在外地"},
        effect=lambda world: LateHandover.objects.count(),
    ),
}
