"""Who pursues a project is assigned; the leader delegates that, and takes it back (CUS-4)."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.services import in_place
from core import clock
from core.services import audit, audit_subject
from customers.models import Claim, Delegation, Project
from customers.services.changing import ProjectRefused, SeenOtherwise, change_seen
from customers.services.telling_projects import assigned_tell

ASSIGNS = ("leader", "manager")


@transaction.atomic
def project_assign(
    *, project: Project, person: Person, reason: str = "", actor: Any = None
) -> Project:
    """Say who pursues a project, as it was seen, once its requirement list is complete (S4.7).

    Whoever registered it keeps the claim to be heard: for another than them it needs its reason.
    Raises `SeenOtherwise`, and `ProjectRefused`: not complete, a conflict open, ended, not one
    who sells.
    """
    if not project.is_open:
        raise ProjectRefused(_("The project has ended."))
    if not project.is_complete:
        raise ProjectRefused(_("The requirement list is not complete yet."))
    _must_be_out_of_conflict(project)
    _must_be_able(person)
    if person.pk != project.registered_by_id and not reason.strip():
        raise ProjectRefused(_("For another than who registered it, say why."))
    now = clock.now()
    assigned: Project = change_seen(
        project,
        action="project assigned",
        actor=actor,
        told=("person",),
        more=in_place(actor, *ASSIGNS),
        person=person,
        assigned_at=now,
        assigned_by=actor,
        assigned_reason=reason.strip(),
        touched_at=now,
    )
    assigned_tell(project=assigned, actor=actor)
    return assigned


@transaction.atomic
def project_hand_over(*, project: Project, person: Person, actor: Any = None) -> Project:
    """Who leaves hands a project to a colleague, as it was seen (PAY-6): at whatever stage it is.

    Where somebody was assigned, the colleague is from now on; where nobody was, as the requirement
    list is not complete, that still comes (S4.7). Raises `SeenOtherwise`, and `ProjectRefused`: a
    conflict open, ended, not one who sells.
    """
    if not project.is_open:
        raise ProjectRefused(_("The project has ended."))
    _must_be_out_of_conflict(project)
    _must_be_able(person)
    now = clock.now()
    assigned: dict[str, Any] = {}
    if project.assigned_at is not None:
        assigned = {"assigned_at": now, "assigned_by": actor, "assigned_reason": ""}
    handed: Project = change_seen(
        project,
        action="project handed over",
        actor=actor,
        told=("person",),
        more=in_place(actor, *ASSIGNS),
        person=person,
        touched_at=now,
        **assigned,
    )
    assigned_tell(project=handed, actor=actor)
    return handed


def _must_be_able(person: Person) -> None:
    if not person.has_role("salesperson") or person.has_left:
        raise ProjectRefused(_("It is given to somebody who sells and is here."))


def _must_be_out_of_conflict(project: Project) -> None:
    if Claim.objects.filter(project=project, conflict__ruling="").exists():
        raise ProjectRefused(_("A conflict about it is to be ruled on first."))


@transaction.atomic
def delegation_give(*, reason: str, actor: Any = None) -> Delegation:
    """From now on the manager assigns and rules too. One at a time. Raises `SeenOtherwise`."""
    if not reason.strip():
        raise ProjectRefused(_("Write why it is delegated."))
    try:
        with transaction.atomic():
            made = Delegation.objects.create(
                reason=reason.strip(), given_by=actor, given_at=clock.now()
            )
    except IntegrityError:
        raise SeenOtherwise(_("It is delegated already.")) from None
    changes = {"reason": [None, made.reason], **in_place(actor, "leader")}
    audit(actor=actor, action="delegated", subject=audit_subject(made), changes=changes)
    return made


@transaction.atomic
def delegation_withdraw(*, delegation: Delegation, actor: Any = None) -> None:
    """From now on the leader alone assigns and rules. Raises `SeenOtherwise`."""
    standing = Delegation.objects.filter(pk=delegation.pk, withdrawn_at=None)
    now = clock.now()
    if standing.update(withdrawn_at=now, withdrawn_by=actor) != 1:
        raise SeenOtherwise(_("It was withdrawn already."))
    audit(
        actor=actor,
        action="delegation withdrawn",
        subject=audit_subject(delegation),
        changes={"withdrawn_at": [None, now.isoformat()], **in_place(actor, "leader")},
    )
