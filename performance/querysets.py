"""Who sees whose targets and appraisals (ORG-1)."""

from typing import Any, Self

from django.db.models import Q

from accounts.querysets import OwnedQuerySet

SEE_ALL = ("manager", "leader", "admin")
SETS_TARGETS = ("manager", "leader")


class TargetQuerySet(OwnedQuerySet):
    """One's own and of those one leads; of a team, its people's. Who sees contracts sees all."""

    SEEN_BY = SEE_ALL

    def visible_to(self, user: Any) -> Self:
        if user.is_superuser or user.has_role(*self.SEEN_BY):
            return self
        if user.person is None:
            return self.none()
        own = super().visible_to(user).order_by().values("pk")
        teams = {user.person.team, *(each.absent.team for each in user.stand_ins)} - {""}
        return self.filter(Q(pk__in=own) | Q(team__in=teams))


class AppraisalQuerySet(OwnedQuerySet):
    """One's own once one was told of it; of those one leads, and for the heads and personnel all,
    drafts too."""

    SEEN_BY = SEE_ALL

    def visible_to(self, user: Any) -> Self:
        seen = super().visible_to(user)
        if user.is_superuser or user.person_id is None:
            return seen
        return seen.exclude(person=user.person_id, state="draft")

    def waiting_for_her(self, user: Any) -> Self:
        """Those that a user was told of, and has neither acknowledged nor objected to."""
        return self.filter(person=user.person_id, state="told")


class ActivityQuerySet(OwnedQuerySet):
    """Of those one leads, and for the heads and personnel all; what was approved is seen by its
    team and by whoever takes part."""

    PERSON = "planner"
    SEEN_BY = SEE_ALL

    def visible_to(self, user: Any) -> Self:
        if user.is_superuser or user.has_role(*self.SEEN_BY):
            return self
        if user.person is None:
            return self.none()
        own = super().visible_to(user).order_by().values("pk")
        teams = {user.person.team, *(each.absent.team for each in user.stand_ins)} - {""}
        taking_part = self.filter(places__person=user.person_id).order_by().values("pk")
        shown = Q(team__in=teams) | Q(pk__in=taking_part)
        return self.filter(Q(pk__in=own) | shown & ~Q(state__in=("asked", "refused")))


class OfActivityQuerySet(OwnedQuerySet):
    """Who takes part in what: one's own, of those one leads, all for the heads and personnel."""

    SEEN_BY = SEE_ALL
