"""Doors of punching, its boards, and the machines that push punches."""

from uuid import uuid4

from django.urls import reverse

from attendance.models import Device, Punch
from attendance.services.devices import device_add
from tests.access.door import SALESPEOPLE, SUPERVISORS, Door, of_month, plain, those
from tests.access.world import EVERYBODY, World
from tests.cast import LEADER, MANAGER, PERSONNEL, SHE, SUPERVISOR

PUNCHERS = SALESPEOPLE | SUPERVISORS
BOARDS = SUPERVISORS | those(MANAGER, LEADER, PERSONNEL)
HERS = those(SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL)
PERSONNELS = those(PERSONNEL)


def gate() -> Device:
    return (
        Device.objects.filter(name="Gate").first()
        or device_add(name="Gate", place="", actor=None)[0]
    )


def of_gate(name: str):
    return lambda world: reverse(name, args=[gate().pk])


def punches(world: World) -> int:
    return Punch.objects.count()


def a_place(world: World) -> dict[str, object]:
    return {"token": str(uuid4()), "latitude": "29.8", "longitude": "121.5", "accuracy": "9"}


DOORS = {
    "punch": Door(
        plain("punch"),
        get=PUNCHERS,
        post=PUNCHERS,
        data=lambda world: {"token": str(uuid4())},
        effect=punches,
    ),
    "punch_place": Door(plain("punch_place"), post=PUNCHERS, data=a_place),
    "attendance_today": Door(plain("attendance_today"), get=BOARDS),
    "attendance_grid": Door(of_month("attendance_grid"), get=BOARDS),
    "attendance_month": Door(
        of_month("attendance_month", SHE), get=HERS, hidden=True, shows=lambda world: world.her.name
    ),
    "attendance_day": Door(
        of_month("attendance_day", SHE, "12"),
        get=HERS,
        hidden=True,
        shows=lambda world: world.her.name,
    ),
    "devices": Door(plain("devices"), get=PERSONNELS),
    "device_new": Door(
        plain("device_new"),
        get=PERSONNELS,
        post=PERSONNELS,
        data=lambda world: {"name": "Gate 2", "place": ""},
        effect=lambda world: Device.objects.count(),
    ),
    "device": Door(of_gate("device"), get=PERSONNELS),
    "device_retire": Door(
        of_gate("device_retire"),
        post=PERSONNELS,
        data=lambda world: {"version": 0},
        effect=lambda world: Device.objects.get(name="Gate").retired_at,
    ),
    # For machines: it asks for their token, and for nobody's login.
    "api:punches_push": Door(plain("api:punches_push"), is_open=True, is_page=False),
    "api:openapi-json": Door(plain("api:openapi-json"), get=EVERYBODY, nobody=200, is_page=False),
    # Where the others are; nothing by itself.
    "api:api-root": Door(plain("api:api-root"), is_page=False),
}
