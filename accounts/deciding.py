"""Whose word a request waits for, and which requests wait for one's own (ORG-1).

What somebody asks for is decided by their supervisor; the manager's by the leader, the leader's by
personnel. Whoever stands in decides too; nobody on their own.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from accounts.models import Person, StandIn
from accounts.permissions import may_decide
from accounts.querysets import led_ids
from accounts.rules import deciding_roles
from core import clock

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def to_decide_by(rows: Rows, user: Any) -> Rows:
    """Those rows, each with a `person`, that wait for a user's own word: as `may_decide` says."""
    if user.person_id is None:
        return rows.none()
    leaders, managers = (Q(person__roles__contains=role) for role in ("leader", "manager"))
    others = ~leaders & ~managers
    if not user.has_role("manager", "leader"):
        others &= Q(person__in=led_ids(user))
    wanted = others
    if user.has_role("leader"):
        wanted |= managers & ~leaders
    if user.has_role("admin"):
        wanted |= leaders
    barred = [s.absent_id for s in user.stand_ins if not may_decide(user, s.absent)]
    return rows.filter(wanted).exclude(person__in=[user.person_id, *barred])


def deciders_of(person: Person) -> list[Person]:
    """Who is told that a request of somebody waits."""
    return deciders_by_person([person])[person.pk]


def deciders_by_person(people: Iterable[Person]) -> dict[int, list[Person]]:
    """Who decides on each one's requests, by the id: the own supervisor, where there is one; else
    those of the role that decides. Whoever stands in for them too; never whoever asks (ORG-1).

    `people` are read with their supervisors. A constant number of queries.
    """
    whose = list(people)
    led = {person.pk: person.supervisor for person in whose if is_led(person)}
    stand_ins = _stand_ins_of({each.pk for each in led.values() if each})
    found: dict[int, list[Person]] = {}
    acting: dict[str, list[Person]] = {}
    for person in whose:
        supervisor = led.get(person.pk)
        if supervisor is not None:
            deciders = [supervisor, *stand_ins.get(supervisor.pk, [])]
        else:
            role = _role_over(person)
            if role not in acting:
                acting[role] = list(Person.objects.acting_as(role, clock.today()))
            deciders = acting[role]
        found[person.pk] = [each for each in deciders if each.pk != person.pk]
    return found


def is_led(person: Person) -> bool:
    """Whether the own supervisor decides, and is here to do so."""
    supervisor = person.supervisor
    if supervisor is None or "supervisor" not in deciding_roles(person.role_set):
        return False
    return supervisor.has_role("supervisor") and not supervisor.has_left


def _role_over(person: Person) -> str:
    roles = deciding_roles(person.role_set)
    return "manager" if "manager" in roles else next(iter(roles))


def _stand_ins_of(supervisors: set[int]) -> dict[int, list[Person]]:
    active = StandIn.objects.active(clock.today()).filter(roles__contains="supervisor")
    found: dict[int, list[Person]] = {}
    for row in active.filter(absent__in=supervisors).select_related("stand_in"):
        found.setdefault(row.absent_id, []).append(row.stand_in)
    return found
