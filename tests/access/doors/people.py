"""Doors of people: the list, the tree, a person's page and what personnel keeps (ORG-1, ORG-2)."""

from django.urls import reverse

from accounts.models import HandoverTick, Person, PositionPlan, Qualification, StandIn
from accounts.services.people import FACTS
from accounts.services.positions import SHOWN
from accounts.services.refusals import version_of
from tests.access.door import SUPERVISORS, Door, plain, those
from tests.access.world import (
    EVERYBODY,
    HER_CASE,
    HER_CERTIFICATE,
    HER_FIRM,
    HER_LOAN,
    HER_ORDER,
    HER_PHONE,
    HER_PROJECT_NO,
    HER_SLIP,
    World,
)
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    PERSONNEL,
    SHE,
    SUPERVISOR,
)

# All money is of somebody: who works on it finds them by name.
LISTS = SUPERVISORS | those(MANAGER, LEADER, PERSONNEL, FINANCE, CASHIER)
HER_STAFF = those(SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL)
# Who reaches her page: for money, or for goods, too.
HER_PAGE = HER_STAFF | those(FINANCE, CASHIER, KEEPER)
KEEPS = those(PERSONNEL)
TAKES_OVER = those(SUPERVISOR, MANAGER, LEADER, PERSONNEL)
NAMES_STAND_INS = those(SUPERVISOR, MANAGER, LEADER, PERSONNEL)


def of_her(name: str, *more: str):
    return lambda world: reverse(name, args=[SHE, *more])


def qualifications(world: World) -> int:
    return Qualification.objects.filter(person=world.her).count()


def plans(world: World) -> list[str]:
    return list(PositionPlan.objects.order_by("id").values_list("state", flat=True))


def ticks(world: World) -> int:
    return HandoverTick.objects.count()


def stand_ins(world: World) -> list[object]:
    return list(StandIn.objects.order_by("id").values_list("ended_at", flat=True))


def her_stand_in(world: World) -> str:
    """She stands in for her supervisor, in December."""
    made = StandIn.objects.create(
        absent=world.her.supervisor,
        stand_in=world.her,
        roles="supervisor",
        from_on="2026-12-01",
        until_on="2026-12-02",
        reason="trip",
    )
    return reverse("stand_in_over", args=[made.pk])


def her_tick(world: World) -> str:
    to = Person.objects.get(employee_no=MATE)
    tick = HandoverTick.objects.create(person=world.her, item="x/1", label="x", to=to)
    return reverse("handover_tick_back", args=[tick.pk])


def place(**more: object) -> dict[str, object]:
    return {
        "roles": ["salesperson"],
        "team": "销售1组",
        "supervisor": SUPERVISOR,
        "channel": "field",
        "base_salary": "3900.00",
        **more,
    }


def seen(world: World) -> str:
    return version_of(Person.objects.get(pk=world.her.pk), SHOWN)


_HANDOVER = {
    "hidden": True,
    "tells": (HER_ORDER, HER_SLIP, HER_LOAN, HER_CASE, HER_FIRM, HER_PROJECT_NO),
}

DOORS = {
    "people": Door(plain("people"), get=LISTS),
    "people_tree": Door(plain("people_tree"), get=LISTS),
    "person_new": Door(
        plain("person_new"),
        get=KEEPS,
        post=KEEPS,
        data=lambda world: place(employee_no="Y009", name="新人", hired_on="2026-11-02", phone=""),
        effect=lambda world: Person.objects.count(),
    ),
    "me": Door(plain("me"), get=EVERYBODY, lands=302, hidden=True),
    "person": Door(of_her("person"), get=HER_PAGE, hidden=True, shows=lambda w: w.her.name),
    "person_panel": Door(
        of_her("person_panel", "facts"),
        get=HER_STAFF,
        hidden=True,
        is_page=False,
        shows=lambda world: HER_PHONE,
    ),
    "person_facts_edit": Door(
        of_her("person_facts_edit"),
        get=KEEPS,
        post=KEEPS,
        hidden=True,
        sees=those(*HER_PAGE),
        data=lambda world: {
            "name": "吴伟",
            "phone": "12345",
            "contract_target": "",
            "seen": version_of(Person.objects.get(pk=world.her.pk), FACTS),
        },
        effect=lambda world: Person.objects.get(pk=world.her.pk).phone,
        shows=lambda world: HER_PHONE,
    ),
    "person_position": Door(
        of_her("person_position"),
        get=KEEPS,
        post=KEEPS,
        hidden=True,
        sees=those(*HER_PAGE),
        data=lambda world: place(
            kind="pay", from_on="2026-12-15", reason="raise", seen=seen(world)
        ),
        effect=plans,
        shows=lambda world: "3600.00",
    ),
    "person_leaving": Door(
        of_her("person_leaving"),
        get=KEEPS,
        post=KEEPS,
        hidden=True,
        sees=those(*HER_PAGE),
        data=lambda world: {"left_on": "2026-12-31", "seen": seen(world)},
        effect=lambda world: Person.objects.get(pk=world.her.pk).left_on,
    ),
    "position_withdraw": Door(
        lambda world: reverse("position_withdraw", args=[world.her.position_plans.get().pk]),
        post=KEEPS,
        hidden=True,
        sees=those(*HER_STAFF),
        effect=plans,
    ),
    "qualification_new": Door(
        of_her("qualification_new"),
        get=KEEPS,
        post=KEEPS,
        hidden=True,
        sees=those(*HER_PAGE),
        data=lambda world: {"name": "GCP", "number": "", "valid_until": ""},
        effect=qualifications,
    ),
    "qualification_delete": Door(
        lambda world: reverse(
            "qualification_delete", args=[world.her.qualifications.get(name=HER_CERTIFICATE).pk]
        ),
        post=KEEPS,
        hidden=True,
        sees=those(*HER_STAFF),
        effect=qualifications,
    ),
    # PAY-6: the list names each thing to whoever sees to it that it is handed over.
    "person_handover": Door(
        of_her("person_handover"),
        get=HER_STAFF,
        sees=those(*HER_PAGE),
        shows=lambda world: HER_LOAN,
        **_HANDOVER,
    ),
    "person_handover_tick": Door(
        of_her("person_handover_tick"),
        post=TAKES_OVER,
        sees=those(*HER_PAGE),
        data=lambda world: {"item": f"loan/{HER_LOAN}", "to": MATE},
        effect=ticks,
        **_HANDOVER,
    ),
    "handover_tick_back": Door(
        her_tick, post=TAKES_OVER, hidden=True, sees=those(SHE), effect=ticks
    ),
    # A salesperson's place cannot be taken over: her supervisor's can.
    "stand_in_new": Door(
        lambda world: reverse("stand_in_new", args=[SUPERVISOR]),
        get=NAMES_STAND_INS,
        post=NAMES_STAND_INS,
        hidden=True,
        sees=those(FINANCE, CASHIER, KEEPER),
        data=lambda world: {
            "stand_in": SHE,
            "roles": [],
            "from_on": "2026-12-01",
            "until_on": "2026-12-02",
            "reason": "trip",
        },
        effect=stand_ins,
    ),
    "stand_in_over": Door(
        her_stand_in, post=NAMES_STAND_INS | those(SHE), hidden=True, effect=stand_ins
    ),
}
