"""Doors of agents and support: hers are for her, who leads her, the manager and the leader
(CUS-5, CUS-6)."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django.urls import reverse

from accounts.models import Person
from customers.models import Agency, Customer, Prefecture, SupportRequest
from tests.access.door import SALESPEOPLE, SUPERVISORS, Door, plain, those
from tests.access.world import EVERYBODY, HER_NEED, World
from tests.cast import LEADER, MANAGER, MATE, SHE, STRANGER, SUPERVISOR

HEADS = those(MANAGER, LEADER)
ALL = SALESPEOPLE | SUPERVISORS | HEADS
HERS = those(SHE, SUPERVISOR) | HEADS
KEEP = those(SHE, SUPERVISOR, MANAGER)


def hers(name: str, which: str = "her_support") -> Callable[[World], str]:
    return lambda world: reverse(name, args=[getattr(world, which).pk])


def state(which: str = "her_support") -> Callable[[World], Any]:
    return lambda world: SupportRequest.objects.get(pk=getattr(world, which).pk).state


def open_prefecture(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[Prefecture.objects.get(name="衢州市").pk])


def talks(world: World) -> dict[str, Any]:
    """What everybody types: the number of one of hers, the name of the others'."""
    for no, owner in (("DOOR", SHE), ("DOOR-2", MATE), ("DOOR-3", STRANGER)):
        Customer.objects.get_or_create(
            customer_no=no,
            defaults={
                "name": "DOOR",
                "created_on": date(2026, 1, 1),
                "owner": Person.objects.get(employee_no=owner),
            },
        )
    return {"customer": "DOOR", "talks_on": "2026-11-02"}


DOORS = {
    "prefectures": Door(plain("prefectures"), get=ALL),
    "prefecture_new": Door(
        plain("prefecture_new"),
        get=those(MANAGER),
        post=those(MANAGER),
        data=lambda world: {"province": "江苏省", "name": "无锡市"},
        effect=lambda world: Prefecture.objects.count(),
    ),
    "prefecture": Door(
        lambda world: reverse("prefecture", args=[world.her_agency.prefecture_id]), get=ALL
    ),
    "agency_new": Door(
        open_prefecture("agency_new"),
        get=SALESPEOPLE | SUPERVISORS | those(MANAGER),
        post=SALESPEOPLE | SUPERVISORS | those(MANAGER),
        data=talks,
        effect=lambda world: Agency.objects.count(),
    ),
    "agency_change": Door(
        hers("agency_change", "her_agency"),
        post=KEEP,
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": 0, "on": "2026-11-02", "do": "agent"},
        effect=lambda world: Agency.objects.get(pk=world.her_agency.pk).agent_on,
    ),
    "support": Door(plain("support"), get=EVERYBODY),
    "support_new": Door(
        plain("support_new"),
        get=SALESPEOPLE,
        post=SALESPEOPLE,
        data=lambda world: {
            "token": str(uuid4()),
            "kind": "car",
            "wanted_on": "2026-11-05",
            "text": "to the fair",
        },
        effect=lambda world: SupportRequest.objects.count(),
    ),
    "support_request": Door(
        hers("support_request"), get=HERS, hidden=True, shows=lambda world: HER_NEED
    ),
    "support_answer": Door(
        hers("support_answer"),
        post=those(SUPERVISOR) | HEADS,
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": 0, "do": "refuse", "reply": "no car"},
        effect=state(),
    ),
    "support_ended": Door(
        hers("support_ended", "her_taken_support"),
        post=those(MANAGER, SUPERVISOR),
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": 1, "outcome": "signed"},
        effect=state("her_taken_support"),
    ),
    "support_taken_back": Door(
        hers("support_taken_back"),
        post=those(SHE),
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": 0},
        effect=state(),
    ),
}
