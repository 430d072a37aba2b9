"""Projects: registered, their requirement list, pursued from stage to stage (CUS-3, CUS-4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.db import queue_up
from core.numbers import next_no
from core.services import audit, audit_subject
from customers.models import Customer, Project, ProjectNote, Requirement
from customers.querysets.projects import look_alikes
from customers.rules.projects import Line, keys_of, lacks, may_stand_at
from customers.services.changing import ProjectRefused, change_seen
from customers.services.conflicts import conflict_open

MOST_LINES = 40


class ProjectLooksAlike(ProjectRefused):
    """It looks like registrations there are already: `found`, the earliest first."""

    def __init__(self, found: Sequence[Project]) -> None:
        super().__init__(_("It looks like a project that is registered already."))
        self.found = found


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What is registered; `customer`: the file, where there is one, `customer_name` else."""

    name: str
    customer_name: str
    prefecture: str
    purpose: str
    address: str = ""
    customer: Customer | None = None

    def keys(self) -> dict[str, str]:
        keys = keys_of(
            name=self.name,
            customer=self.customer_name,
            prefecture=self.prefecture,
            address=self.address,
        )
        return {
            "name_key": keys.name,
            "customer_key": keys.customer,
            "prefecture_key": keys.prefecture,
            "address_key": keys.address,
        }


@dataclass(frozen=True, slots=True)
class Needed:
    """A line of a requirement list as its form says it."""

    kind: str
    what: str
    spec: str
    quantity: int


@transaction.atomic
def project_register(
    *, person: Person, facts: ProjectFacts, token: UUID, anyway: bool = False, actor: Any = None
) -> Project:
    """Register a project; who is first owns it, by the server's clock (CUS-3).

    One at a time, so that of two at the same moment the second meets the first. Raises
    `ProjectLooksAlike` where it looks like another; `anyway` registers it all the same and opens a
    conflict with each that is somebody else's. The same form sent twice is one registration.
    """
    queue_up("projects")
    if sent := Project.objects.filter(token=token).first():
        if sent.registered_by_id != person.pk:
            raise ProjectRefused(_("Open the form anew and send it again."))
        return sent
    made = _project(person, facts, token)
    found = look_alikes(made.keys)
    if found and not anyway:
        raise ProjectLooksAlike(found)
    made.project_no = next_no(Project, "project_no", "X")
    made.save(force_insert=True)
    changes = {"stage": [None, made.stage]}
    audit(actor=actor, action="project registered", subject=audit_subject(made), changes=changes)
    for other in found:
        if person.pk not in (other.registered_by_id, other.person_id):
            conflict_open(earlier=other, later=made, actor=actor)
    return made


def _project(person: Person, facts: ProjectFacts, token: UUID) -> Project:
    now = clock.now()
    return Project(
        name=facts.name.strip(),
        customer=facts.customer,
        customer_name=facts.customer_name.strip(),
        prefecture=facts.prefecture.strip(),
        address=facts.address.strip(),
        purpose=facts.purpose.strip(),
        registered_by=person,
        registered_at=now,
        person=person,
        stage_since=now,
        touched_at=now,
        token=token,
        **facts.keys(),
    )


@transaction.atomic
def requirements_set(
    *, project: Project, lines: Sequence[Needed], no_equipment: bool, actor: Any = None
) -> Project:
    """Keep the requirement list as it was filled in, as the project was seen (CUS-4).

    Raises `SeenOtherwise`, and `ProjectRefused` for one that has ended, and for a list that is
    complete no more although somebody was assigned because of it.
    """
    _must_go_on(project)
    if len(lines) > MOST_LINES:
        raise ProjectRefused(_("The list is too long."))
    lacking = lacks([_line(each) for each in lines], no_equipment=no_equipment)
    if lacking and project.assigned_at:
        raise ProjectRefused(_("Somebody was assigned: the list has to stay complete."))
    changed: Project = change_seen(
        project,
        action="requirements listed",
        actor=actor,
        told=("is_complete",),
        more={"lines": [project.requirements.count(), len(lines)]},
        no_equipment=no_equipment,
        is_complete=not lacking,
    )
    changed.requirements.all().delete()
    Requirement.objects.bulk_create(
        Requirement(
            project=changed,
            kind=each.kind,
            what=each.what.strip(),
            spec=each.spec.strip(),
            quantity=each.quantity,
        )
        for each in lines
    )
    return changed


def _line(each: Needed) -> Line:
    return Line(each.kind == Requirement.Kind.MACHINE, each.spec, each.quantity)


@transaction.atomic
def project_move(*, project: Project, stage: str, actor: Any = None) -> Project:
    """Bring a project to a stage, as it was seen (S7.6). Where it stands already is no change.

    Raises `SeenOtherwise` for who comes second, `ProjectRefused` past the need where nobody was
    assigned yet, and for one that has ended.
    """
    _must_go_on(project)
    if stage not in Project.Stage.values:
        raise ProjectRefused(_("There is no such stage."))
    if not may_stand_at(stage, assigned=project.assigned_at is not None):
        raise ProjectRefused(_("First the requirement list, then somebody is assigned."))
    if stage == project.stage:
        return project
    now = clock.now()
    moved: Project = change_seen(
        project,
        action="project moved",
        actor=actor,
        told=("stage",),
        stage=stage,
        stage_since=now,
        touched_at=now,
    )
    return moved


@transaction.atomic
def project_note(*, project: Project, text: str, token: UUID, actor: Any = None) -> ProjectNote:
    """Write down what happened; sent twice it is noted once. A note is news: nothing is stale."""
    _must_go_on(project)
    if not text.strip():
        raise ProjectRefused(_("Write what happened."))
    now = clock.now()
    note, is_new = ProjectNote.objects.get_or_create(
        token=token, defaults={"project": project, "text": text.strip(), "at": now, "by": actor}
    )
    if is_new:
        Project.objects.filter(pk=project.pk, touched_at__lt=now).update(touched_at=now)
        audit(actor=actor, action="project note", subject=audit_subject(project), changes={})
    return note


@transaction.atomic
def project_lose(*, project: Project, reason: str, actor: Any = None) -> Project:
    """It is lost, and why; as it was seen. Raises `SeenOtherwise`, `ProjectRefused`."""
    _must_go_on(project)
    if not reason.strip():
        raise ProjectRefused(_("Write why it is lost."))
    lost: Project = change_seen(
        project,
        action="project lost",
        actor=actor,
        told=("ended",),
        ended=Project.Ended.LOST,
        ended_at=clock.now(),
        ended_reason=reason.strip(),
    )
    return lost


def _must_go_on(project: Project) -> None:
    if not project.is_open:
        raise ProjectRefused(_("The project has ended."))
