"""Doors of projects and conflicts: hers are for her, who leads her, the manager and the leader; of
a conflict each side sees its own (CUS-3, CUS-4)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import reverse

from customers.models import Claim, Conflict, Delegation, Project, ProjectNote
from tests.access.door import SALESPEOPLE, SUPERVISORS, Door, plain, those
from tests.access.world import HER_PROJECT, World
from tests.cast import LEADER, MANAGER, OTHER_SUPERVISOR, SHE, STRANGER, SUPERVISOR

HEADS = those(MANAGER, LEADER)
ALL = SALESPEOPLE | SUPERVISORS | HEADS
HERS = those(SHE, SUPERVISOR) | HEADS
KEEP = those(SHE, SUPERVISOR, MANAGER)
BOTH_SIDES = HERS | those(STRANGER, OTHER_SUPERVISOR)
# As hers, but in none of her words: whoever types it reads it again.
TYPED = {
    "name": "ｐｒｏｊｅｃｔｃａｎａｒｙ７３９１",
    "customer_name": "ｂｕｙｅｒｃａｎａｒｙ７３９１",
    "prefecture": "宁波",
    "address": "",
}


def hers(name: str, which: str = "her_project") -> Callable[[World], str]:
    return lambda world: reverse(name, args=[getattr(world, which).pk])


def now(which: str = "her_project") -> Callable[[World], Any]:
    fields = ("stage", "ended", "version", "person", "no_equipment")
    return lambda world: Project.objects.values_list(*fields).get(pk=getattr(world, which).pk)


def lines(world: World) -> dict[str, Any]:
    return {
        "version": world.her_project.version,
        "no_equipment": "on",
        "line-TOTAL_FORMS": "0",
        "line-INITIAL_FORMS": "0",
    }


def sides(world: World) -> list[str]:
    return sorted(Claim.objects.values_list("text", flat=True))


DOORS = {
    "projects": Door(plain("projects"), get=ALL),
    "project_board": Door(plain("project_board"), get=ALL),
    "project_new": Door(
        plain("project_new"),
        get=SALESPEOPLE,
        post=SALESPEOPLE,
        data=lambda world: {**TYPED, "purpose": "air", "anyway": "on", "token": str(uuid4())},
        effect=lambda world: Project.objects.count(),
    ),
    "project_check": Door(
        lambda world: f"{reverse('project_check')}?{urlencode(TYPED)}",
        get=SALESPEOPLE,
        is_page=False,
        shows=lambda world: "look-alikes",
    ),
    "delegations": Door(
        plain("delegations"),
        get=HEADS,
        post=those(LEADER),
        data=lambda world: {"reason": "away"},
        effect=lambda world: Delegation.objects.count(),
    ),
    "delegation_taken_back": Door(
        lambda world: reverse("delegation_taken_back", args=[world.delegation.pk]),
        post=those(LEADER),
        effect=lambda world: Delegation.objects.get(pk=world.delegation.pk).withdrawn_at,
    ),
    "conflicts": Door(plain("conflicts"), get=ALL),
    "conflict": Door(hers("conflict", "her_conflict"), get=BOTH_SIDES, hidden=True),
    "conflict_say": Door(
        hers("conflict_say", "her_conflict"),
        post=those(SHE, STRANGER),
        hidden=True,
        sees=BOTH_SIDES,
        data=lambda world: {"version": 0, "text": "I was there first"},
        effect=sides,
    ),
    "conflict_ruling": Door(
        hers("conflict_ruling", "her_conflict"),
        post=those(LEADER),
        hidden=True,
        sees=BOTH_SIDES,
        data=lambda world: {"version": 0, "ruling": "earlier", "reason": "first is first"},
        effect=lambda world: Conflict.objects.get(pk=world.her_conflict.pk).ruling,
    ),
    "project": Door(hers("project"), get=HERS, hidden=True, shows=lambda world: HER_PROJECT),
    "project_requirements": Door(
        hers("project_requirements"),
        get=KEEP,
        post=KEEP,
        hidden=True,
        sees=HERS,
        data=lines,
        effect=now(),
    ),
    "project_assigning": Door(
        hers("project_assigning", "her_ready_project"),
        get=those(LEADER),
        post=those(LEADER),
        hidden=True,
        sees=HERS,
        data=lambda world: {
            "version": world.her_ready_project.version,
            "person": world.her.pk,
            "reason": "",
        },
        effect=now("her_ready_project"),
    ),
    "project_moved": Door(
        hers("project_moved", "her_pursued_project"),
        post=KEEP,
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": world.her_pursued_project.version, "stage": "talks"},
        effect=now("her_pursued_project"),
    ),
    "project_noted": Door(
        hers("project_noted"),
        post=KEEP,
        hidden=True,
        sees=HERS,
        data=lambda world: {"token": str(uuid4()), "text": "called"},
        effect=lambda world: ProjectNote.objects.count(),
    ),
    "project_lost": Door(
        hers("project_lost"),
        post=KEEP,
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": world.her_project.version, "reason": "too dear"},
        effect=now(),
    ),
    "project_again": Door(
        hers("project_again", "her_lost_project"),
        get=KEEP,
        post=KEEP,
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": world.her_lost_project.version, "reason": "they call"},
        effect=now("her_lost_project"),
    ),
}
