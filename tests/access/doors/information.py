"""Doors of information from the road (INFO-1): of the market for the sales department, of a
customer for whose customer it is and those above them (CUS-2)."""

from collections.abc import Callable
from uuid import uuid4

from django.urls import reverse

from reports.models import Information, InformationNote
from tests.access.door import SALESPEOPLE, SUPERVISORS, Door, plain, those
from tests.access.world import HER_NEWS, World
from tests.cast import LEADER, MANAGER, MEMBERS, SHE, SUPERVISOR

DEPARTMENT = SALESPEOPLE | SUPERVISORS | those(MANAGER, LEADER)
HERS = those(SHE, SUPERVISOR, MANAGER, LEADER)
# Whose word on the market it is stands beside it.
HER_NAME = (next(member.name for member in MEMBERS if member.employee_no == SHE),)


def her_news(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_news.pk])


def filed(world: World) -> dict[str, object]:
    return {"token": str(uuid4()), "kind": "market", "title": "steel is dearer", "version": 0}


DOORS = {
    "information": Door(
        plain("information"),
        get=DEPARTMENT,
        post=SUPERVISORS | those(MANAGER, LEADER),
        tells=HER_NAME,
        data=lambda world: {"do": "read", "row": world.her_news.pk},
    ),
    "information_new": Door(
        plain("information_new"),
        get=DEPARTMENT - those(LEADER),
        post=DEPARTMENT - those(LEADER),
        data=filed,
        effect=lambda world: Information.objects.count(),
    ),
    "information_one": Door(
        her_news("information_one"), get=HERS, hidden=True, shows=lambda world: HER_NEWS
    ),
    "information_edit": Door(
        her_news("information_edit"),
        get=those(SHE),
        post=those(SHE),
        hidden=True,
        sees=HERS,
        data=filed,
        effect=lambda world: Information.objects.get(pk=world.her_news.pk).title,
    ),
    "information_note": Door(
        her_news("information_note"),
        post=HERS - those(SHE),
        hidden=True,
        sees=HERS,
        data=lambda world: {"token": str(uuid4()), "version": 0, "text": "call them"},
        effect=lambda world: InformationNote.objects.count(),
    ),
}
