"""Conflicts of projects: opened, said one's side of, ruled on (CUS-3)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.numbers import next_no
from core.services import audit, audit_subject
from customers.models import Claim, Conflict, Project
from customers.services.changing import ProjectRefused, change_seen
from customers.services.telling_projects import conflict_tell, ruling_tell, side_tell

EVIDENCE = "project_claim"
RULES = ("leader", "manager")


def conflict_open(*, earlier: Project, later: Project, actor: Any) -> Conflict:
    """Open it, with a side for each of those who registered. In the caller's transaction."""
    made = Conflict.objects.create(
        conflict_no=next_no(Conflict, "conflict_no", "T"),
        earlier=earlier,
        later=later,
        opened_at=clock.now(),
    )
    for project in (earlier, later):
        Claim.objects.create(conflict=made, project=project, person=project.registered_by)
    audit(actor=actor, action="conflict opened", subject=audit_subject(made), changes={})
    conflict_tell(conflict=made, actor=actor)
    return made


@transaction.atomic
def claim_say(
    *, claim: Claim, text: str, files: Iterable[ReadFile] = (), actor: Any = None
) -> Claim:
    """Say one's side, with evidence, as it was seen, until it is ruled on; files are added, none
    is taken away. Raises `SeenOtherwise`, `ProjectRefused`, and `FileRefused` for a file."""
    if not text.strip():
        raise ProjectRefused(_("Write what speaks for you."))
    # Held, so that no ruling comes between what is looked at here and the change.
    conflict = Conflict.objects.select_for_update().get(pk=claim.conflict_id)
    if not conflict.is_open:
        raise ProjectRefused(_("The conflict has been ruled on."))
    said: Claim = change_seen(
        claim, action="claim said", actor=actor, text=text.strip(), said_at=clock.now()
    )
    for read in files:
        file_keep(upload=read, actor=actor, kind=EVIDENCE, owner=str(claim.pk))
    side_tell(conflict=conflict, actor=actor, version=said.version)
    return said


@transaction.atomic
def conflict_rule(*, conflict: Conflict, ruling: str, reason: str, actor: Any = None) -> Conflict:
    """Rule on a conflict, as it was seen: whose the project is, and why (CUS-3).

    The registration of who loses ends; both stand where they are two projects. Raises
    `SeenOtherwise` for who comes second, `ProjectRefused`.
    """
    if not conflict.is_open:
        raise ProjectRefused(_("The conflict has been ruled on."))
    if ruling not in Conflict.Ruling.values:
        raise ProjectRefused(_("Say whose it is."))
    if not reason.strip():
        raise ProjectRefused(_("A ruling needs its reason."))
    now = clock.now()
    ruled: Conflict = change_seen(
        conflict,
        action="conflict ruled",
        actor=actor,
        told=("ruling",),
        more=in_place(actor, *RULES),
        ruling=ruling,
        reason=reason.strip(),
        ruled_at=now,
        ruled_by=actor,
    )
    loser = {"earlier": ruled.later_id, "later": ruled.earlier_id}.get(ruling)
    if loser is not None:
        _end(Project.objects.select_for_update().get(pk=loser), ruled, actor)
    ruling_tell(conflict=ruled, actor=actor)
    return ruled


def _end(project: Project, ruled: Conflict, actor: Any) -> None:
    if project.ended == Project.Ended.RULED:
        return
    change_seen(
        project,
        action="project ruled away",
        actor=actor,
        told=("ended",),
        more={"conflict": str(ruled)},
        ended=Project.Ended.RULED,
        ended_at=ruled.ruled_at,
        ended_reason=ruled.reason,
    )
