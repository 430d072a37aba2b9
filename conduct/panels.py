"""A person's page: rewards and discipline cases (ORG-1: no money role sees them)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.querysets import sees
from conduct.models import ConductCase, Reward
from conduct.querysets import SEE_ALL_CONDUCT
from core.panels import Panel


def person(user: Any, person: Person) -> Iterator[Panel]:
    if sees(user, person, everything=SEE_ALL_CONDUCT):
        yield Panel(
            key="conduct",
            title=_("Rewards and conduct"),
            template="conduct/_person.html",
            confidential="" if user.person_id == person.pk else "conduct",
            context={
                "rewards": partial(_latest, Reward, user, person),
                "cases": partial(_latest, ConductCase, user, person),
            },
        )


def _latest(model: Any, user: Any, person: Person) -> list[Any]:
    rows = model.objects.visible_to(user).filter(person=person)
    return list(rows.order_by("-decided_on", "-id")[:20])
