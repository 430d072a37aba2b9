"""Doors of what explains a day, of fines in cash, the pool, findings of absence."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from django.urls import reverse

from accounts.models import User
from attendance.models import (
    AbsenceDecision,
    Excuse,
    FineHandover,
    FinePayment,
    MakeUpPunch,
    Outage,
    Outing,
    Punch,
)
from core import clock
from tests.access.door import SALESPEOPLE, SUPERVISORS, Door, plain, those
from tests.access.world import World
from tests.builders import at, day
from tests.cast import CASHIER, FINANCE, LEADER, MANAGER, MONTH, PERSONNEL, SHE, SUPERVISOR

DECIDERS = SUPERVISORS | those(MANAGER, LEADER, PERSONNEL)
ASKED = SALESPEOPLE | DECIDERS
HER_DAYS = those(SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL)
HER_DECIDERS = those(SUPERVISOR, MANAGER, LEADER)
OUTAGES = those(MANAGER, PERSONNEL)
CASH = those(MANAGER, LEADER, FINANCE, CASHIER)
HER_NAME = "吴伟"  # without fault so far, and everybody may know it
LATE_ON = "2026-10-30"
TOKEN = UUID("73917391-7391-4391-8391-739173917391")


def her_excuse(world: World, status: str = "pending") -> Excuse:
    day_of = day("2026-11-02") if status == "pending" else day("2026-10-30")
    made, _new = Excuse.objects.get_or_create(
        person=world.her, date=day_of, side="in", defaults={"status": status, "reason": "metro"}
    )
    return made


def asked_of(name: str, status: str = "pending") -> Callable[[World], str]:
    return lambda world: reverse(name, args=["explanations", her_excuse(world, status).pk])


def her_excuse_now(world: World) -> tuple[object, ...]:
    return tuple(Excuse.objects.order_by("pk").values_list("status", "version"))


def her_make_up(world: World) -> str:
    row, _new = MakeUpPunch.objects.get_or_create(
        person=world.her, at=at("2026-11-02 08:00"), defaults={"reason": "forgotten"}
    )
    return reverse("asked_take_back", args=["make-up-punches", row.pk])


def her_outage(name: str) -> Callable[[World], str]:
    def address(world: World) -> str:
        span = {"start_at": at("2026-11-02 08:00"), "end_at": at("2026-11-02 08:30")}
        row, _new = Outage.objects.get_or_create(reason="router", defaults=span)
        return reverse(name, args=[row.pk])

    return address


def fine_of(name: str, *, ticked: bool = False) -> Callable[[World], str]:
    """She came late on the last day of October; the manager has the cash, or has it not."""

    def address(world: World) -> str:
        for hour in ("09:30", "18:00"):
            Punch.objects.get_or_create(person=world.her, at=at(f"{LATE_ON} {hour}"))
        if ticked:
            _tick(world)
        return reverse(name)

    return address


def _tick(world: World) -> FinePayment:
    payment, _new = FinePayment.objects.get_or_create(
        person=world.her,
        date=day(LATE_ON),
        side="in",
        defaults={
            "paid_at": clock.now(),
            "taken_by": User.objects.get(username=MANAGER),
        },
    )
    return payment


def a_handover(world: World) -> str:
    made_by = User.objects.get(username=MANAGER)
    amount = {"amount": Decimal("5.00"), "made_by": made_by}
    row, _new = FineHandover.objects.get_or_create(token=TOKEN, defaults=amount)
    return reverse("fine_handover_sign", args=[row.pk])


def excused_cash(world: World) -> str:
    """A file says that she paid in cash on a day she was not late: it lies in the till."""
    known = {"person": world.her, "date": LATE_ON, "side": "in"}
    FinePayment.objects.get_or_create(**known, defaults={"paid_at": at(f"{LATE_ON} 10:00")})
    Excuse.objects.update_or_create(**known, defaults={"status": "accepted"})
    return reverse("fines_give_back")


def her_fine(world: World) -> dict[str, object]:
    return {"employee_no": SHE, "date": LATE_ON, "side": "in"}


def explained(world: World) -> dict[str, object]:
    return {"token": str(uuid4()), "date": "2026-11-02", "side": "out", "reason": "metro"}


def tomorrow(world: World) -> dict[str, object]:
    date = clock.today() + timedelta(days=1)
    hours = {"start": "09:00", "end": "11:00", "customer": "", "whom": "Dr Wang", "purpose": ""}
    return {"token": str(uuid4()), "date": date.isoformat(), **hours}


DOORS = {
    "explain": Door(plain("explain"), get=SALESPEOPLE),
    "explain_month": Door(lambda world: reverse("explain_month", args=[MONTH]), get=SALESPEOPLE),
    "explain_new": Door(
        plain("explain_new"),
        get=SALESPEOPLE,
        post=SALESPEOPLE,
        data=explained,
        effect=lambda world: Excuse.objects.count(),
    ),
    "make_up_new": Door(
        plain("make_up_new"),
        get=SALESPEOPLE,
        post=SALESPEOPLE,
        data=lambda world: {
            "token": str(uuid4()),
            "date": "2026-11-02",
            "time": "08:30",
            "reason": "forgotten",
        },
        effect=lambda world: MakeUpPunch.objects.count(),
    ),
    "outing_new": Door(
        plain("outing_new"),
        get=SALESPEOPLE,
        post=SALESPEOPLE,
        data=tomorrow,
        effect=lambda world: Outing.objects.count(),
    ),
    "asked_list": Door(lambda world: reverse("asked_list", args=["outings"]), get=ASKED),
    # What is not theirs to decide is not among the rows that can be named.
    "asked_to_decide": Door(
        lambda world: reverse("asked_to_decide", args=["explanations"]),
        get=DECIDERS,
        post=DECIDERS,
        data=lambda world: {"do": "approve", "row": her_excuse(world).pk},
    ),
    "asked": Door(asked_of("asked"), get=HER_DAYS, hidden=True, shows=lambda world: world.her.name),
    "asked_decision": Door(
        asked_of("asked_decision"),
        post=HER_DECIDERS,
        hidden=True,
        sees=HER_DAYS,
        data=lambda world: {"do": "approve", "version": 0, "reply": ""},
        effect=her_excuse_now,
    ),
    "asked_undo": Door(
        asked_of("asked_undo", "accepted"),
        post=HER_DECIDERS,
        hidden=True,
        sees=HER_DAYS,
        data=lambda world: {"version": 0, "reply": "no metro there"},
        effect=her_excuse_now,
    ),
    "asked_take_back": Door(
        her_make_up,
        post=those(SHE),
        hidden=True,
        sees=HER_DAYS,
        data=lambda world: {"version": 0},
        effect=lambda world: MakeUpPunch.objects.get(person=world.her).status,
    ),
    "outages": Door(plain("outages"), get=DECIDERS),
    "outage_new": Door(
        plain("outage_new"),
        get=OUTAGES,
        post=OUTAGES,
        data=lambda world: {
            "token": str(uuid4()),
            "start_on": "2026-11-02",
            "start": "08:00",
            "end_on": "2026-11-02",
            "end": "08:30",
            "team": "",
            "reason": "the router",
            "do": "decide",
        },
        effect=lambda world: Outage.objects.count(),
    ),
    "outage": Door(her_outage("outage"), get=DECIDERS, shows=lambda world: "router"),
    "outage_undo": Door(
        her_outage("outage_undo"),
        post=OUTAGES,
        data=lambda world: {"reason": "another day"},
        effect=lambda world: Outage.objects.get(reason="router").taken_back_why,
    ),
    "fines": Door(fine_of("fines"), get=those(MANAGER, CASHIER)),
    "fines_of_month": Door(
        lambda world: reverse("fines_of_month", args=[MONTH]), get=those(MANAGER, CASHIER)
    ),
    "fines_give_back": Door(
        excused_cash,
        post=those(CASHIER),
        data=her_fine,
        effect=lambda world: FinePayment.objects.filter(given_back_at=None).count(),
    ),
    "fines_tick": Door(
        fine_of("fines_tick"),
        post=those(MANAGER),
        data=her_fine,
        effect=lambda world: FinePayment.objects.count(),
    ),
    "fines_untick": Door(
        fine_of("fines_untick", ticked=True),
        post=those(MANAGER),
        data=her_fine,
        effect=lambda world: FinePayment.objects.count(),
    ),
    "fines_handover": Door(
        fine_of("fines_handover", ticked=True),
        post=those(MANAGER),
        data=lambda world: {"token": str(uuid4()), "expected": "5.00"},
        effect=lambda world: FineHandover.objects.count(),
    ),
    "fine_handovers": Door(plain("fine_handovers"), get=CASH),
    "fine_handover_sign": Door(
        a_handover,
        post=those(CASHIER),
        effect=lambda world: FineHandover.objects.get(token=TOKEN).signed_by_id,
    ),
    "pool": Door(plain("pool"), get=ASKED | those(FINANCE, CASHIER), tells=(HER_NAME,)),
    "pool_of_month": Door(
        lambda world: reverse("pool_of_month", args=[MONTH]),
        get=ASKED | those(FINANCE, CASHIER),
        tells=(HER_NAME,),
    ),
    "absences": Door(plain("absences"), get=those(MANAGER, LEADER, PERSONNEL)),
    "absence": Door(
        lambda world: reverse("absence", args=[MONTH, SHE]),
        get=those(MANAGER, LEADER, PERSONNEL),
        post=those(MANAGER, PERSONNEL),
        shows=lambda world: world.her.name,
        data=lambda world: {"number": 1, "kind": "talk", "reason": "first a talk"},
        effect=lambda world: AbsenceDecision.objects.count(),
    ),
}
