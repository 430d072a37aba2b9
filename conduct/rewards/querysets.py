"""Who sees which proposed rewards (REW-1, ORG-1)."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import PositionPlan
from accounts.querysets import led_ids

SEE_ALL_REWARDS = ("manager", "leader", "admin")


class RewardProposalQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """What one proposed; of those one leads, all; of oneself what was granted. The manager,
        the leader and personnel see all but what waits about themselves."""
        if user.is_superuser:
            return self
        if user.person_id is None:
            return self.none()
        seen = Q(proposed_by=user.person_id) | Q(person__in=led_ids(user))
        if user.has_role(*SEE_ALL_REWARDS):
            seen = Q()
        mine = Q(person=user.person_id)
        return self.filter((seen & ~mine) | (mine & Q(state="granted")))

    def waiting(self) -> Self:
        return self.filter(state="proposed")

    def decided_by_role(self, user: Any) -> Self:
        """Those that wait for this user's word, as `permissions.can_decide_reward` says."""
        if user.person_id is None:
            return self.none()
        leaders, managers = (Q(person__roles__contains=role) for role in ("leader", "manager"))
        wanted = Q(pk__in=[])
        if user.has_role("manager"):
            wanted |= ~leaders & ~managers
        if user.has_role("leader"):
            wanted |= managers & ~leaders
        if user.has_role("admin"):
            wanted |= leaders
        own = [user.person_id, *(each.absent_id for each in user.stand_ins)]
        return self.waiting().filter(wanted).exclude(person__in=own)

    def to_carry_out(self) -> Self:
        """Granted promotions that personnel has not planned since."""
        planned = PositionPlan.objects.filter(
            person=OuterRef("person"), kind="promotion", made_at__gte=OuterRef("decided_at")
        ).exclude(state="withdrawn")
        return self.filter(state="granted", kind="promotion").exclude(Exists(planned))
