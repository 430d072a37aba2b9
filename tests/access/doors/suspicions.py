"""Doors of suspicions (DIS-3): the manager's alone; for all others they are not there."""

from collections.abc import Callable

from django.urls import reverse

from conduct.models import ConductCase, SuspicionCase, SuspicionDecision
from tests.access.door import Door, plain, those
from tests.access.world import HER_SUSPICION, World
from tests.cast import MANAGER

ALONE = those(MANAGER)


def hers(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_suspicion.pk])


DOORS = {
    "suspicions": Door(plain("suspicions"), get=ALONE),
    "suspicion": Door(hers("suspicion"), get=ALONE, hidden=True, shows=lambda world: HER_SUSPICION),
    "suspicion_decision": Door(
        hers("suspicion_decision"),
        post=ALONE,
        hidden=True,
        data=lambda world: {"reason": "both told me before", "do": "dismiss"},
        effect=lambda world: SuspicionDecision.objects.count(),
    ),
    "suspicion_case": Door(
        lambda world: reverse("suspicion_case", args=[world.her_suspicion_taken_up.pk]),
        post=ALONE,
        hidden=True,
        data=lambda world: {"case": ConductCase.objects.get(person=world.her).pk},
        effect=lambda world: SuspicionCase.objects.count(),
    ),
}
