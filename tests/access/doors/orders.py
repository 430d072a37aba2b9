"""Doors of orders: who sees her money sees what she sold; she, who leads her, the manager and
finance keep it; the manager decides."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Person, User
from core.files.models import StoredFile
from core.tests.file_corpus import picture
from customers.models import Customer
from orders.models import Delivery, Dispute, MarginRequest, Order, Transfer
from orders.services import dispute_open, margin_ask, transfer_ask, version_of
from tests import cast
from tests.access.door import HER_PAY, MONEY, SALESPEOPLE, SUPERVISORS, Door, plain, those
from tests.access.world import World
from tests.builders import order, yuan
from tests.cast import FINANCE, MANAGER, MATE, SHE, STRANGER, SUPERVISOR

KEEP = those(SHE, SUPERVISOR, MANAGER, FINANCE)
ENTER = SALESPEOPLE | SUPERVISORS | those(MANAGER, FINANCE)
NAMED = HER_PAY | those(MATE)
HER_NAME = next(each.name for each in cast.MEMBERS if each.employee_no == SHE)
DAY = "2026-10-20"


def hers(order_no: str = "DOOR", **more: Any) -> Callable[[World], Order]:
    """Another of her orders: an address is said again on a page of refusal."""

    def found(world: World) -> Order:
        there = Order.objects.filter(order_no=order_no).select_related("customer").first()
        return there or order(world.her, order_no, **more)

    return found


def of_hers(name: str, *args: str, **more: Any) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[hers(**more)(world).order_no, *args])


def customers(world: World) -> Mapping[str, Any]:
    """What everybody types; each who may enter an order finds one of theirs by it."""
    for no, owner in (("DOOR", SHE), ("DOOR-2", MATE), ("DOOR-3", STRANGER)):
        Customer.objects.get_or_create(
            customer_no=no,
            defaults={
                "name": no,
                "created_on": date(2026, 1, 1),
                "owner": Person.objects.get(employee_no=owner),
            },
        )
    return {"customer_q": "DOOR", "amount": "500.00", "token": str(uuid4())}


def edited(world: World) -> Mapping[str, Any]:
    row = hers()(world)
    return {
        "seen": version_of(row),
        "customer": row.customer.customer_no,
        "amount": "60000.00",
        "signed_on": DAY,
    }


def scans(world: World) -> Mapping[str, Any]:
    return {"files": SimpleUploadedFile("scan.png", picture("PNG"), "image/png")}


def words(**more: Any) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"token": str(uuid4()), **more}


def count(model: Any) -> Callable[[World], int]:
    return lambda world: int(model.objects.count())


def her_delivery(world: World) -> Delivery:
    row = hers("DOOR-D", delivered={DAY: "100.00"})(world)
    return Delivery.objects.get(order=row)


def her_dispute(world: World) -> Dispute:
    row = hers()(world)
    there = Dispute.objects.filter(order=row).first()
    return there or dispute_open(actor=None, order=row, text="broken", amount=None, token=uuid4())


def her_transfer(world: World) -> Transfer:
    row = hers("DOOR-T")(world)
    mate = Person.objects.get(employee_no=MATE)
    there = Transfer.objects.filter(order=row).first()
    return there or transfer_ask(
        actor=User.objects.get(username=SHE),
        order=row,
        to_person=mate,
        reason="moved",
        token=uuid4(),
    )


def her_margin(world: World) -> MarginRequest:
    row = hers("DOOR-M")(world)
    there = MarginRequest.objects.filter(order=row).first()
    return there or margin_ask(
        actor=User.objects.get(username=SHE),
        order=row,
        amount=row.amount,
        margin=yuan("1"),
        reason="a good customer",
        token=uuid4(),
    )


def at(name: str, found: Callable[[World], Any]) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[found(world).pk])


def state(found: Callable[[World], Any]) -> Callable[[World], str]:
    return lambda world: type(found(world)).objects.get(pk=found(world).pk).state


def settled(world: World) -> Mapping[str, Any]:
    return {"outcome": "a new one was sent", "settled_on": "2026-11-02"}


def corrected(world: World) -> Mapping[str, Any]:
    return {
        "seen_on": DAY,
        "seen_amount": "100.00",
        "delivered_on": DAY,
        "amount": "90.00",
        "reason": "counted again",
    }


def delivered(world: World) -> Any:
    return Delivery.objects.filter(order__order_no="DOOR-D").values_list("amount", flat=True)[0]


def signed(world: World) -> Any:
    return hers("DOOR-S", signed=None)(world).signed_on


def signing(world: World) -> Mapping[str, Any]:
    return {"seen": version_of(hers("DOOR-S", signed=None)(world)), "signed_on": DAY}


DECIDED = {"do": "approve", "reply": "agreed"}
SEEN: dict[str, Any] = {"hidden": True, "sees": HER_PAY}
KEPT: dict[str, Any] = {"get": KEEP, "post": KEEP, **SEEN}

DOORS = {
    "orders": Door(plain("orders"), get=MONEY),
    "order_new": Door(
        plain("order_new"), get=ENTER, post=ENTER, data=customers, effect=count(Order)
    ),
    # A part of the name of a firm of hers, in small letters: what is typed may be said again.
    "order_customers": Door(
        lambda world: reverse("order_customers") + "?customer_q=firm-canar",
        get=ENTER,
        is_page=False,
    ),
    # Whoever sees her money sees what she sold.
    "order": Door(of_hers("order"), get=HER_PAY, hidden=True, shows=lambda world: "DOOR"),
    "order_panel": Door(of_hers("order_panel", "money"), get=HER_PAY, hidden=True, is_page=False),
    "order_edit": Door(
        of_hers("order_edit"), data=edited, effect=lambda world: hers()(world).amount, **KEPT
    ),
    "order_sign": Door(
        of_hers("order_sign", order_no="DOOR-S", signed=None),
        data=signing,
        effect=signed,
        **KEPT,
    ),
    "order_scans": Door(
        of_hers("order_scans"), post=KEEP, data=scans, effect=count(StoredFile), **SEEN
    ),
    "delivery_new": Door(
        of_hers("delivery_new"),
        data=lambda world: {"delivered_on": DAY, "amount": "10.00"},
        effect=count(Delivery),
        **KEPT,
    ),
    "dispute_new": Door(
        of_hers("dispute_new"), data=words(text="broken"), effect=count(Dispute), **KEPT
    ),
    "margin_new": Door(
        of_hers("margin_new"),
        data=words(amount="50000.00", margin="1.00", reason="a good customer"),
        effect=count(MarginRequest),
        **KEPT,
    ),
    "transfer_new": Door(
        of_hers("transfer_new"),
        get=those(SHE, SUPERVISOR, MANAGER),
        post=those(SHE, SUPERVISOR, MANAGER),
        data=words(to_person=STRANGER, reason="moved"),
        effect=count(Transfer),
        **SEEN,
    ),
    # What is owed hangs on it: not hers to correct.
    "delivery_correct": Door(
        at("delivery_correct", her_delivery),
        get=those(MANAGER, FINANCE),
        post=those(MANAGER, FINANCE),
        data=corrected,
        effect=delivered,
        **SEEN,
    ),
    "dispute_settle": Door(
        at("dispute_settle", her_dispute), data=settled, effect=state(her_dispute), **KEPT
    ),
    "transfers": Door(plain("transfers"), get=MONEY),
    # Who is to get the order reads of it, and from whom it comes.
    "transfer": Door(
        at("transfer", her_transfer),
        get=NAMED,
        hidden=True,
        shows=lambda world: "DOOR-T",
        tells=(HER_NAME,),
    ),
    "transfer_decision": Door(
        at("transfer_decision", her_transfer),
        post=those(MANAGER),
        hidden=True,
        sees=NAMED,
        data=lambda world: DECIDED,
        effect=state(her_transfer),
    ),
    "transfer_withdraw": Door(
        at("transfer_withdraw", her_transfer),
        post=those(SHE),
        hidden=True,
        sees=NAMED,
        effect=state(her_transfer),
    ),
    "margin": Door(
        at("margin", her_margin), get=HER_PAY, hidden=True, shows=lambda world: "DOOR-M"
    ),
    "margin_decision": Door(
        at("margin_decision", her_margin),
        post=those(MANAGER),
        data=lambda world: DECIDED,
        effect=state(her_margin),
        **SEEN,
    ),
    "margin_withdraw": Door(
        at("margin_withdraw", her_margin), post=those(SHE), effect=state(her_margin), **SEEN
    ),
}
