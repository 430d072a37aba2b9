"""The vocabulary of reads of projects, and who sees which (ORG-1, CUS-3)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from accounts.querysets import led_ids, seen_by
from core import clock
from customers.querysets.files import SEE_ALL_CUSTOMERS
from customers.rules.projects import ProjectKeys, likeness
from policy.querysets import policy_book

if TYPE_CHECKING:
    from customers.models import Project  # named in quotes below


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: Any) -> Self:
        """Those one pursues or has registered, those of the people one leads; the heads all."""
        return _seen(self, user, "")

    def kept_by(self, user: Any) -> Self:
        """Those that one works on, as `can_work_on` says: who pursues it, who leads them, the
        manager."""
        return seen_by(self, user, everything=("manager",))

    def going_on(self) -> Self:
        return self.filter(ended="")

    def to_assign(self) -> Self:
        """The requirement list is complete, nobody was assigned, no conflict is to be ruled on."""
        return self.going_on().filter(is_complete=True, assigned_at=None).exclude(in_conflict())

    def stale(self, now: datetime) -> Self:
        """Without change of stage or note for as long as the policy of that day says (CUS-4)."""
        today = clock.local_date(now)
        quiet = timedelta(days=policy_book().on(today).project_quiet_days)
        since = clock.end_of(today - quiet)
        return self.going_on().filter(touched_at__lt=since)


class OfProjects(models.QuerySet[Any]):
    """What belongs to a project is seen with it."""

    def visible_to(self, user: Any) -> Self:
        return _seen(self, user, "project__")


def in_conflict() -> "models.Exists":
    """Whether a conflict about a project is still to be ruled on."""
    from customers.models import Claim

    return models.Exists(Claim.objects.filter(project=models.OuterRef("pk"), conflict__ruling=""))


def delegated() -> bool:
    """Whether the leader has left assigning and ruling to the manager (CUS-4). One query."""
    from customers.models import Delegation

    return Delegation.objects.filter(withdrawn_at=None).exists()


def _seen(rows: Any, user: Any, way: str) -> Any:
    if user.is_superuser or user.has_role(*SEE_ALL_CUSTOMERS):
        return rows
    if user.person_id is None:
        return rows.none()
    whose = {user.person_id, *led_ids(user)}
    return rows.filter(Q(**{f"{way}person__in": whose}) | Q(**{f"{way}registered_by__in": whose}))


def look_alikes(keys: ProjectKeys) -> "list[Project]":
    """The registrations that look like this one, the earliest first (CUS-3). Two queries, however
    many there are; those that a ruling ended are another's by now, and not asked about."""
    from customers.models import Project

    counting = Project.objects.exclude(ended=Project.Ended.RULED).order_by()
    fields = ("pk", "name_key", "customer_key", "prefecture_key", "address_key")
    found = [
        pk for pk, *known in counting.values_list(*fields) if likeness(keys, ProjectKeys(*known))
    ]
    if not found:
        return []
    return list(Project.objects.filter(pk__in=found).order_by("registered_at", "pk"))
