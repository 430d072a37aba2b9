"""Doors of what is owed: deliveries, IOUs, plans, the board; and of invoices."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import User
from orders.models import Delivery, Order
from receivables.models import CollectionPlan, Invoice, Iou, PlanStep, UnpaidDelivery
from receivables.services import unpaid_converge
from tests.access.door import HER_PAY, MONEY, SUPERVISORS, Door, plain, those
from tests.access.world import World
from tests.builders import day, order, payment, slip, yuan
from tests.cast import CASHIER, FINANCE, LEADER, MANAGER, SHE, SUPERVISOR

BOARD = SUPERVISORS | those(MANAGER, LEADER, FINANCE, CASHIER)
DELIVERED = "2026-10-14"


def her_order(world: World) -> Order:
    """Another order of hers: an address is said again on a page of refusal. Delivered, escalated,
    with 400 counted and 600 unpaid."""
    found = Order.objects.filter(order_no="DOOR-OWED").first()
    if found is None:
        found = order(world.her, "DOOR-OWED", delivered={DELIVERED: "1000.00"})
        payment(slip(found, "DOOR-OWED"), "DOOR-OWED", amount="400.00", method="transfer")
        unpaid_converge(as_of=day("2026-11-02"))
    return found


def of_delivery(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[her_order(world).order_no, DELIVERED])


def her_iou(world: World) -> Iou:
    delivery = Delivery.objects.get(order=her_order(world))
    found, _made = Iou.objects.get_or_create(
        delivery=delivery,
        defaults={"amount": yuan("600.00"), "signed_by": "door", "token": uuid4()},
    )
    return found


def originals_with_hers(world: World) -> str:
    her_iou(world)
    return reverse("iou_originals")


def her_plan(world: World, *, agreed: bool) -> CollectionPlan:
    """Written by her supervisor."""
    unpaid = UnpaidDelivery.objects.get(order=her_order(world))
    plan, made = CollectionPlan.objects.get_or_create(
        unpaid=unpaid,
        defaults={"written_by": User.objects.get(username=SUPERVISOR), "token": uuid4()},
    )
    if made:
        PlanStep.objects.create(plan=plan, due_on=day("2026-11-05"), what="door", who=world.her)
        if agreed:
            CollectionPlan.objects.filter(pk=plan.pk).update(agreed_at=plan.written_at)
    return plan


def her_step(world: World) -> PlanStep:
    return her_plan(world, agreed=True).steps.get()


def her_invoice(world: World) -> Invoice:
    found, _made = Invoice.objects.get_or_create(
        invoice_no="DOOR",
        defaults={
            "order": her_order(world),
            "amount": yuan("100.00"),
            "issued_on": day("2026-11-01"),
            "token": uuid4(),
        },
    )
    return found


def photo() -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (20, 20), (90, 90, 60)).save(written, "PNG")
    return SimpleUploadedFile("iou.png", written.getvalue(), content_type="image/png")


def an_iou(_world: World) -> Mapping[str, Any]:
    return {"token": str(uuid4()), "amount": "600", "signed_by": "door", "files": photo()}


def a_plan(world: World) -> Mapping[str, Any]:
    standing = CollectionPlan.objects.standing().filter(unpaid__order=her_order(world)).first()
    return {
        "token": str(uuid4()),
        "seen": str(standing.pk) if standing else "",
        "steps-TOTAL_FORMS": "1",
        "steps-INITIAL_FORMS": "0",
        "steps-0-due_on": "2026-11-06",
        "steps-0-what": "door",
        "steps-0-who": str(world.her.pk),
        "steps-0-amount": "100",
    }


def an_invoice(_world: World) -> Mapping[str, Any]:
    return {
        "token": str(uuid4()),
        "amount": "50",
        "invoice_no": "DOOR2",
        "issued_on": "2026-11-01",
    }


def how_many(model: Any, **which: Any) -> Callable[[World], int]:
    return lambda world: model.objects.filter(**which).count()


DOORS = {
    "due_board": Door(plain("due_board"), get=BOARD),
    "ageing": Door(plain("ageing"), get=MONEY),
    "ageing_people": Door(plain("ageing_people"), get=BOARD),
    "ious_missing": Door(plain("ious_missing"), get=MONEY),
    "iou_originals": Door(
        originals_with_hers,
        get=MONEY,
        post=those(FINANCE),
        data=lambda world: {"do": "received", "row": her_iou(world).pk},
        effect=how_many(Iou, original_at=None),
    ),
    "iou_original": Door(
        lambda world: reverse("iou_original", args=[her_iou(world).pk]),
        post=those(FINANCE),
        hidden=True,
        sees=HER_PAY,
        effect=how_many(Iou, original_at=None),
    ),
    "unpaid_delivery": Door(
        of_delivery("unpaid_delivery"), get=HER_PAY, hidden=True, shows=lambda world: "DOOR-OWED"
    ),
    "iou_new": Door(
        of_delivery("iou_new"),
        get=those(SHE),
        post=those(SHE),
        hidden=True,
        sees=HER_PAY,
        data=an_iou,
        effect=how_many(Iou),
    ),
    "plan_new": Door(
        of_delivery("plan_new"),
        get=those(SHE, SUPERVISOR),
        post=those(SHE, SUPERVISOR),
        hidden=True,
        sees=HER_PAY,
        data=a_plan,
        effect=how_many(CollectionPlan),
    ),
    "plan_agree": Door(
        lambda world: reverse("plan_agree", args=[her_plan(world, agreed=False).pk]),
        post=those(SHE),
        hidden=True,
        sees=HER_PAY,
        effect=how_many(CollectionPlan, agreed_at=None),
    ),
    "plan_step_done": Door(
        lambda world: reverse("plan_step_done", args=[her_step(world).pk]),
        post=those(SHE),
        hidden=True,
        sees=HER_PAY,
        effect=how_many(PlanStep, state="open"),
    ),
    "invoices": Door(plain("invoices"), get=MONEY),
    "invoice_orders": Door(plain("invoice_orders"), get=MONEY),
    "order_invoices": Door(
        lambda world: reverse("order_invoices", args=[her_order(world).order_no]),
        get=HER_PAY,
        post=those(FINANCE),
        hidden=True,
        sees=HER_PAY,
        data=an_invoice,
        effect=how_many(Invoice),
        shows=lambda world: "DOOR-OWED",
    ),
    "invoice": Door(
        lambda world: reverse("invoice", args=[her_invoice(world).invoice_no]),
        get=HER_PAY,
        hidden=True,
        shows=lambda world: "DOOR-OWED",
    ),
    "invoice_cancel": Door(
        lambda world: reverse("invoice_cancel", args=[her_invoice(world).invoice_no]),
        post=those(FINANCE),
        hidden=True,
        sees=HER_PAY,
        data=lambda world: {"reason": "door"},
        effect=how_many(Invoice, cancelled_at=None),
    ),
}
