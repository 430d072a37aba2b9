"""Doors of customers' files: trade secrets (CUS-2). The owner, who leads her and the manager keep
them; the leader reads them."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Person, User
from core import clock
from core.models import StoredFile
from core.tests.file_corpus import picture
from customers.models import Comment, Contact, Customer, ExportGrant, Tie
from customers.services.exporting import export_give
from customers.services.files import version_of
from tests.access.door import SALESPEOPLE, SUPERVISORS, Door, plain, those
from tests.access.world import HER_CONTACT, HER_FIRM, World
from tests.cast import LEADER, MANAGER, MATE, SHE, SUPERVISOR

SELL = SALESPEOPLE | SUPERVISORS | those(MANAGER)
SEE = those(SHE, SUPERVISOR, MANAGER, LEADER)
KEEP = those(SHE, SUPERVISOR, MANAGER)
KEPT: dict[str, Any] = {"get": KEEP, "post": KEEP, "hidden": True, "sees": SEE}


def of_firm(name: str, *args: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_firm.customer_no, *args])


def count(model: Any) -> Callable[[World], int]:
    return lambda world: int(model.objects.count())


def said(**more: Any) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"token": str(uuid4()), **more}


def edited(world: World) -> Mapping[str, Any]:
    seen = version_of(Customer.objects.get(pk=world.her_firm.pk))
    return {"seen": seen, "name": HER_FIRM, "industry": "lamps"}


def paper(world: World) -> Mapping[str, Any]:
    return {"files": SimpleUploadedFile("card.png", picture("PNG"), "image/png")}


def twin(world: World) -> Mapping[str, Any]:
    return {"other": "TWIN", "reason": "the same licence"}


def twin_there(world: World) -> bool:
    """The other file of her firm; merged, it stands no more."""
    said = {"name": "twin", "created_on": "2026-10-30"}
    Customer.objects.get_or_create(customer_no="TWIN", defaults=said)
    return Customer.objects.standing().filter(customer_no="TWIN").exists()


def a_grant(world: World) -> ExportGrant:
    there = ExportGrant.objects.filter(reason="DOOR").first()
    return there or export_give(
        actor=User.objects.get(username=LEADER),
        person=Person.objects.get(employee_no=MATE),
        reason="DOOR",
        until_on=clock.today(),
        token=uuid4(),
    )


def a_tie(world: World) -> Tie:
    """Taken back, its address is asked for once more on a page of refusal."""
    there = Tie.objects.filter(note="DOOR").first()
    return there or Tie.objects.create(
        from_contact=world.her_contact,
        to_customer=world.her_firm,
        kind="other",
        note="DOOR",
        token=uuid4(),
    )


def owner(world: World) -> Any:
    return Customer.objects.get(pk=world.her_firm.pk).owner_id


DOORS = {
    "customers": Door(plain("customers"), get=SELL | those(LEADER)),
    "customer_new": Door(
        plain("customer_new"),
        get=SELL,
        post=SELL,
        data=said(name="new"),
        effect=count(Customer),
    ),
    "customer": Door(of_firm("customer"), get=SEE, hidden=True, shows=lambda world: HER_CONTACT),
    "customer_panel": Door(
        of_firm("customer_panel", "comments"), get=SEE, hidden=True, is_page=False
    ),
    "customer_timeline": Door(of_firm("customer_timeline"), get=SEE, hidden=True),
    # Given by the leader; who has it is the manager's to know too.
    "export_rights": Door(
        plain("export_rights"),
        get=those(MANAGER, LEADER),
        post=those(LEADER),
        data=said(person=MATE, until_on="2026-11-30", reason="a fair"),
        effect=count(ExportGrant),
    ),
    "export_right_back": Door(
        lambda world: reverse("export_right_back", args=[a_grant(world).pk]),
        post=those(LEADER),
        effect=lambda world: ExportGrant.objects.get(pk=a_grant(world).pk).revoked_at,
    ),
    # Whoever types a firm hears of others' that they are there, and no more.
    "customer_similar": Door(
        lambda world: f"{reverse('customer_similar')}?name={HER_FIRM.replace('-', '')}",
        get=SELL,
        is_page=False,
    ),
    "customer_merge": Door(
        of_firm("customer_merge"),
        get=those(MANAGER),
        post=those(MANAGER),
        hidden=True,
        sees=SEE,
        data=twin,
        effect=twin_there,
    ),
    "customer_edit": Door(
        of_firm("customer_edit"),
        data=edited,
        effect=lambda world: Customer.objects.get(pk=world.her_firm.pk).industry,
        **KEPT,
    ),
    "customer_owner": Door(
        of_firm("customer_owner"),
        get=those(MANAGER),
        post=those(MANAGER),
        hidden=True,
        sees=SEE,
        data=lambda world: {"to": MATE, "reason": "moved", "seen_owner": world.her.pk},
        effect=owner,
    ),
    "customer_attachments": Door(
        of_firm("customer_attachments"),
        post=KEEP,
        hidden=True,
        sees=SEE,
        data=paper,
        effect=count(StoredFile),
    ),
    # Whoever may read a file may say something about it.
    "customer_comment": Door(
        of_firm("customer_comment"),
        post=SEE,
        hidden=True,
        data=said(text="ask again in spring"),
        effect=count(Comment),
    ),
    "contact_new": Door(
        of_firm("contact_new"), data=said(name="a buyer"), effect=count(Contact), **KEPT
    ),
    "tie_new": Door(
        of_firm("tie_new"),
        data=lambda world: {
            "token": str(uuid4()),
            "kind": "belongs",
            "who": world.her_contact.pk,
            "whom": "company",
        },
        effect=count(Tie),
        **KEPT,
    ),
    "tie_gone": Door(
        lambda world: reverse("tie_gone", args=[world.her_firm.customer_no, a_tie(world).pk]),
        post=KEEP,
        hidden=True,
        sees=SEE,
        effect=lambda world: Tie.objects.filter(note="DOOR").exists(),
    ),
    "contact_edit": Door(
        lambda world: reverse("contact_edit", args=[world.her_contact.pk]),
        data=lambda world: {"seen": 0, "name": HER_CONTACT, "position": "buyer"},
        effect=lambda world: Contact.objects.get(pk=world.her_contact.pk).position,
        **KEPT,
    ),
}
