"""Who is told of projects and conflicts: the one place from which word of it goes out.

What leaves the house names numbers alone: projects are trade secrets (CUS-2).
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from customers.models import Claim, Conflict, Project
from customers.querysets.projects import delegated
from notices.services import notice_send


def heads() -> list[Person]:
    """Who assigns and rules today: the leader, and the manager where it is delegated (CUS-4)."""
    today = clock.today()
    found = list(Person.objects.acting_as("leader", today))
    if delegated():
        found += Person.objects.acting_as("manager", today)
    return list({person.pk: person for person in found}.values())


def _sides(conflict: Conflict) -> list[Claim]:
    return list(conflict.claims.select_related("person", "project"))


def conflict_tell(*, conflict: Conflict, actor: Any) -> None:
    """Both sides hear of it, each of its own project alone; who rules, that it waits."""
    url = reverse("conflict", args=[conflict.pk])
    sides = _sides(conflict)
    for side in sides:
        notice_send(
            people=[side.person],
            key=f"conflict/{conflict.pk}/opened",
            text=gettext_noop("Another registration looks like your %(project)s: say your side"),
            values={"project": side.project.project_no},
            url=url,
            actor=actor,
        )
    notice_send(
        people=rulers(conflict, sides),
        key=f"conflict/{conflict.pk}/waits",
        text=gettext_noop("Conflict %(conflict)s waits for a ruling"),
        values={"conflict": conflict.conflict_no},
        url=url,
        actor=actor,
    )


def rulers(conflict: Conflict, sides: list[Claim]) -> list[Person]:
    """Those of the heads who are neither of the two, nor the supervisor of one (CUS-3)."""
    barred = {side.person_id for side in sides} | {side.person.supervisor_id for side in sides}
    return [person for person in heads() if person.pk not in barred]


def side_tell(*, conflict: Conflict, actor: Any, version: int) -> None:
    """Who rules hears that a side was heard."""
    notice_send(
        people=rulers(conflict, _sides(conflict)),
        key=f"conflict/{conflict.pk}/said/{actor.pk if actor else 0}/{version}",
        text=gettext_noop("A side of conflict %(conflict)s was heard"),
        values={"conflict": conflict.conflict_no},
        url=reverse("conflict", args=[conflict.pk]),
        actor=actor,
    )


def ruling_tell(*, conflict: Conflict, actor: Any) -> None:
    """Both sides hear what was ruled."""
    for side in _sides(conflict):
        notice_send(
            people=[side.person],
            key=f"conflict/{conflict.pk}/ruled",
            text=_ruled(conflict, side.project),
            values={"project": side.project.project_no},
            url=reverse("conflict", args=[conflict.pk]),
            actor=actor,
        )


def _ruled(conflict: Conflict, project: Project) -> str:
    if conflict.ruling == Conflict.Ruling.BOTH:
        return gettext_noop("Your registration %(project)s stands: they are two projects")
    won = conflict.earlier_id if conflict.ruling == Conflict.Ruling.EARLIER else conflict.later_id
    if project.pk == won:
        return gettext_noop("Your registration %(project)s stands: the project is yours")
    return gettext_noop("Your registration %(project)s has ended: the project is another's")


def assigned_tell(*, project: Project, actor: Any) -> None:
    """Who pursues it from now on, and who registered it, hear so."""
    url = reverse("project", args=[project.pk])
    notice_send(
        people=[project.person],
        key=f"project/{project.pk}/assigned/{project.version}",
        text=gettext_noop("Project %(project)s is yours to pursue"),
        values={"project": project.project_no},
        url=url,
        actor=actor,
    )
    if project.registered_by_id != project.person_id:
        notice_send(
            people=[project.registered_by],
            key=f"project/{project.pk}/given/{project.version}",
            text=gettext_noop("Project %(project)s, which you registered, was given to another"),
            values={"project": project.project_no},
            url=url,
            actor=actor,
        )
