"""Doors of telephone sales: called by whoever sells, read by those who lead them; the company's
script is the manager's, and so is who may be disturbed again (VIS-4, S6.18-20)."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from accounts.models import User
from customers.models import Call, CallScript, Customer, QuietMark
from customers.services import quiet_mark
from tests.access.door import SALESPEOPLE, SUPERVISORS, Door, plain, those
from tests.access.world import HER_FIRM, World
from tests.cast import LEADER, MANAGER, SHE, SUPERVISOR

ALL = SALESPEOPLE | SUPERVISORS | those(MANAGER, LEADER)
HERS = those(SHE, SUPERVISOR, MANAGER, LEADER)
KEEP = those(SHE, SUPERVISOR, MANAGER)


def hers(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_call.pk])


def firm(name: str) -> Callable[[World], str]:
    """A firm of hers that has a telephone."""

    def address(world: World) -> str:
        Customer.objects.filter(pk=world.her_firm.pk).update(telephone="0574-87391739")
        return reverse(name, args=[world.her_firm.customer_no])

    return address


def quiet_firm(name: str) -> Callable[[World], str]:
    """Another firm of hers, which is not to be disturbed."""

    def address(world: World) -> str:
        file, by = world.her_agency.customer, User.objects.get(username=SHE)
        quiet_mark(customer=file, reason="asked for it", actor=by)
        return reverse(name, args=[file.customer_no])

    return address


def reason(world: World) -> dict[str, Any]:
    return {"reason": "they say so"}


def script(world: World) -> dict[str, Any]:
    return {
        "seen": 0,
        "steps-TOTAL_FORMS": 1,
        "steps-INITIAL_FORMS": 0,
        "steps-0-title": "greet",
        "steps-0-text": "who we are",
    }


DOORS = {
    "call_list": Door(plain("call_list"), get=ALL),
    "calls": Door(plain("calls"), get=ALL),
    "call_figures": Door(plain("call_figures"), get=ALL),
    "call_scripts": Door(plain("call_scripts"), get=ALL),
    "call_script": Door(
        lambda world: reverse("call_script", args=["first"]),
        get=those(MANAGER),
        post=those(MANAGER),
        data=script,
        effect=lambda world: CallScript.objects.count(),
    ),
    "call_new": Door(
        firm("call_new"),
        post=those(SHE),
        hidden=True,
        sees=HERS,
        effect=lambda world: Call.objects.count(),
    ),
    "call": Door(hers("call"), get=HERS, hidden=True, shows=lambda world: HER_FIRM),
    "call_finish": Door(
        hers("call_finish"),
        post=those(SHE),
        hidden=True,
        sees=HERS,
        data=lambda world: {"outcome": "not_reached"},
        effect=lambda world: Call.objects.get(pk=world.her_call.pk).outcome,
    ),
    "customer_quiet": Door(
        firm("customer_quiet"),
        get=KEEP,
        post=KEEP,
        hidden=True,
        sees=HERS,
        data=reason,
        effect=lambda world: QuietMark.objects.count(),
    ),
    # Not whoever leads her: one call more is in their figures too.
    "customer_quiet_lift": Door(
        quiet_firm("customer_quiet_lift"),
        get=those(MANAGER),
        post=those(MANAGER),
        hidden=True,
        sees=HERS,
        data=reason,
        effect=lambda world: QuietMark.objects.standing().count(),
    ),
}
