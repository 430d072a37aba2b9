"""A lost project is taken up again (CUS-3, CUS-4)."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import clock
from core.db import queue_up
from customers.models import Conflict, Project, Reopening
from customers.querysets.projects import look_alikes
from customers.services.changing import ProjectRefused, change_seen
from customers.services.conflicts import conflict_open
from customers.services.projects import ProjectLooksAlike


@transaction.atomic
def project_reopen(
    *, project: Project, reason: str, anyway: bool = False, actor: Any = None
) -> Project:
    """Take a lost project up again where it stood, as it was seen; why it was lost is kept.

    Compared anew, one at a time with registrations (CUS-3): raises `ProjectLooksAlike` where it
    looks like another that goes on and no conflict was about the two; `anyway` takes it up all the
    same and opens a conflict with each that is somebody else's. Who registered first is not asked
    anew. Raises `SeenOtherwise`, and `ProjectRefused` for one that is not lost.
    """
    if project.ended != Project.Ended.LOST or project.ended_at is None:
        raise ProjectRefused(_("Only a lost project is taken up again."))
    if not reason.strip():
        raise ProjectRefused(_("Write why it is taken up again."))
    queue_up("projects")
    found = _alike(project)
    if found and not anyway:
        raise ProjectLooksAlike(found)
    lost_at, lost_reason, now = project.ended_at, project.ended_reason, clock.now()
    again: Project = change_seen(
        project,
        action="project reopened",
        actor=actor,
        told=("ended",),
        ended="",
        ended_at=None,
        ended_reason="",
        touched_at=now,
    )
    Reopening.objects.create(
        project=again,
        lost_at=lost_at,
        lost_reason=lost_reason,
        reason=reason.strip(),
        at=now,
        by=actor,
    )
    own = {again.person_id, again.registered_by_id}
    for other in found:
        if not own & {other.registered_by_id, other.person_id}:
            first, second = sorted((again, other), key=lambda each: (each.registered_at, each.pk))
            conflict_open(earlier=first, later=second, actor=actor)
    return again


def _alike(project: Project) -> list[Project]:
    """Those that go on and look like it, without those a conflict was about. Three queries."""
    pairs = Conflict.objects.filter(Q(earlier=project) | Q(later=project))
    known = {pk for pair in pairs.values_list("earlier", "later") for pk in pair} | {project.pk}
    return [each for each in look_alikes(project.keys) if each.is_open and each.pk not in known]
