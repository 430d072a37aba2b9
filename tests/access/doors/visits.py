"""Doors of visits: recorded by whoever sells, read by those who lead them (VIS-1, CUS-2)."""

from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import Person
from core import clock
from core.models import StoredFile
from customers.models import SpotCheck, SpotCheckDraw, Visit, VisitPlan
from tests.access.door import SALESPEOPLE, SUPERVISORS, Door, plain, those
from tests.access.world import HER_ERRAND, HER_FINDING, HER_TALK, World
from tests.builders import customer
from tests.cast import LEADER, MANAGER, OTHER_SUPERVISOR, SHE, STRANGER, SUPERVISOR

VISITS = SALESPEOPLE | SUPERVISORS | those(MANAGER, LEADER)
HERS = those(SHE, SUPERVISOR, MANAGER, LEADER)
HER_HEADS = HERS - those(SHE)
HEADS = SUPERVISORS | those(MANAGER, LEADER)


def her_visit(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_visit.pk])


def her_void(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_void_visit.pk])


def reasoned(world: World) -> dict[str, object]:
    return {"version": 0, "reason": "nobody met her"}


def to_draw(world: World) -> dict[str, object]:
    """Somebody whom both supervisors lead: one of them leads the other."""
    of_both = Person.objects.get(employee_no=STRANGER)
    above = Person.objects.get(employee_no=SUPERVISOR)
    Person.objects.filter(employee_no=OTHER_SUPERVISOR).update(supervisor=above)
    customer(f"OF-{STRANGER}", of_both)
    return {"person": of_both.pk, "size": 1}


def her_visit_now(world: World) -> tuple[object, ...]:
    rows = Visit.objects.values_list("version", "void", "reply", "next_done_at")
    return rows.get(pk=world.her_visit.pk)


def her_plan(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_plan.pk])


def her_plan_now(world: World) -> tuple[object, ...]:
    rows = VisitPlan.objects.values_list("version", "purpose", "dropped_at")
    return rows.get(pk=world.her_plan.pk)


def planned(world: World) -> dict[str, object]:
    return {"on": "2026-11-05", "purpose": "the yearly contract"}


def photo() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile("photo.jpg", made.getvalue(), content_type="image/jpeg")


def recorded(world: World) -> dict[str, object]:
    """To a customer that each of them has."""
    for no in SALESPEOPLE:
        customer(f"OF-{no}", Person.objects.get(employee_no=no))
    return {"token": str(uuid4()), "customer": "OF-", "kind": "return", "content": "the offer"}


DOORS = {
    "visits": Door(plain("visits"), get=VISITS),
    # Each to a customer of their own.
    "visit_new": Door(
        plain("visit_new"),
        get=SALESPEOPLE,
        post=SALESPEOPLE,
        data=recorded,
        effect=lambda world: Visit.objects.count(),
    ),
    "visit_customers": Door(
        lambda world: reverse("visit_customers") + "?customer=firm-canar",
        get=SALESPEOPLE,
        is_page=False,
    ),
    "visit_token": Door(plain("visit_token"), get=SALESPEOPLE, is_page=False),
    "visit": Door(her_visit("visit"), get=HERS, hidden=True, shows=lambda world: HER_TALK),
    "visit_step": Door(
        her_visit("visit_step"), post=those(SHE), hidden=True, sees=HERS, effect=her_visit_now
    ),
    "visit_photos": Door(
        her_visit("visit_photos"),
        post=those(SHE),
        hidden=True,
        sees=HERS,
        data=lambda world: {"photos": photo()},
        effect=lambda world: StoredFile.objects.filter(kind="visit").count(),
    ),
    "visit_void": Door(
        her_visit("visit_void"),
        post=HER_HEADS,
        hidden=True,
        sees=HERS,
        data=reasoned,
        effect=her_visit_now,
    ),
    "visit_void_answer": Door(
        her_void("visit_void_answer"),
        post=those(SHE),
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": 0, "text": "I was there"},
        effect=lambda world: Visit.objects.get(pk=world.her_void_visit.pk).reply,
    ),
    # Another than her supervisor, who voided it.
    "visit_void_settle": Door(
        her_void("visit_void_settle"),
        post=those(MANAGER, LEADER),
        hidden=True,
        sees=HERS,
        data=lambda world: {**reasoned(world), "do": "restore"},
        effect=lambda world: Visit.objects.get(pk=world.her_void_visit.pk).void,
    ),
    "visit_week": Door(plain("visit_week"), get=VISITS),
    "visit_week_of": Door(
        lambda world: reverse("visit_week_of", args=[world.her_plan.on]), get=VISITS
    ),
    "visit_plan_new": Door(
        plain("visit_plan_new"),
        get=SALESPEOPLE,
        post=SALESPEOPLE,
        data=lambda world: {**planned(world), "customer": recorded(world)["customer"]},
        effect=lambda world: VisitPlan.objects.count(),
    ),
    "visit_plan": Door(
        her_plan("visit_plan"),
        get=those(SHE),
        post=those(SHE),
        hidden=True,
        sees=HERS,
        data=lambda world: {**planned(world), "version": 0},
        effect=her_plan_now,
        shows=lambda world: HER_ERRAND,
    ),
    "visit_plan_drop": Door(
        her_plan("visit_plan_drop"), post=those(SHE), hidden=True, sees=HERS, effect=her_plan_now
    ),
    "returns_due": Door(plain("returns_due"), get=VISITS),
    "visit_levels": Door(plain("visit_levels"), get=VISITS),
    "spot_checks": Door(plain("spot_checks"), get=VISITS),
    "spot_check_new": Door(
        plain("spot_check_new"),
        get=HEADS,
        post=HEADS,
        data=to_draw,
        effect=lambda world: SpotCheckDraw.objects.count(),
    ),
    "spot_check_draw": Door(
        lambda world: reverse("spot_check_draw", args=[world.her_drawn_check.draw_id]),
        get=HER_HEADS,
        hidden=True,
        shows=lambda world: "seed-7391",
    ),
    "spot_check": Door(
        lambda world: reverse("spot_check", args=[world.her_check.pk]),
        get=HERS,
        hidden=True,
        shows=lambda world: HER_FINDING,
    ),
    # What was only drawn is nothing that she sees.
    "spot_check_judge": Door(
        lambda world: reverse("spot_check_judge", args=[world.her_drawn_check.pk]),
        post=HER_HEADS,
        hidden=True,
        sees=HER_HEADS,
        data=lambda world: {
            "version": 0,
            "records_read": "on",
            "times_compared": "on",
            "phone": "confirmed",
            "spoken_with": "the door",
            "spoken_at": clock.local(clock.now()).strftime("%Y-%m-%dT%H:%M"),
            "verdict": "records",
        },
        effect=lambda world: SpotCheck.objects.get(pk=world.her_drawn_check.pk).verdict,
    ),
    "spot_check_reply": Door(
        lambda world: reverse("spot_check_reply", args=[world.her_check.pk]),
        post=those(SHE),
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": 0, "text": "I called on them"},
        effect=lambda world: SpotCheck.objects.get(pk=world.her_check.pk).reply,
    ),
    "spot_check_answer": Door(
        lambda world: reverse("spot_check_answer", args=[world.her_replied_check.pk]),
        post=those(MANAGER, LEADER),
        hidden=True,
        sees=HERS,
        data=lambda world: {**reasoned(world), "do": "accept"},
        effect=lambda world: SpotCheck.objects.get(pk=world.her_replied_check.pk).answer,
    ),
}
