"""Who sees which complaints, and whose word they wait for (COM-1, ORG-1)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.permissions import may_decide
from accounts.querysets import led_ids, seen_by

SEE_ALL_COMPLAINTS = ("manager", "leader")


class ComplaintQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Who took it in, who handles it, whom it is about, who leads one of them; the manager and
        the leader all. Whom it is about sees it once the hearing has begun."""
        if user.is_superuser:
            return self
        if user.person_id is None:
            return self.none()
        heard = self.filter(_heard(user))
        if user.has_role(*SEE_ALL_COMPLAINTS):
            return heard
        own = {user.person_id, *led_ids(user)}
        seen = Q(taken_by__in=own) | Q(handler__in=own) | Q(about__in=own)
        if user.has_role("admin"):
            seen |= Q(about__roles__contains="leader")  # personnel's word decides on these
        return heard.filter(seen)

    def judged_by(self, user: Any) -> Self:
        """Those that count in the figures a user may see: about oneself, and about those one
        leads; the manager and the leader see all."""
        rows = self if user.is_superuser else self.filter(_heard(user))
        return seen_by(rows, user, everything=SEE_ALL_COMPLAINTS, person="about")

    def unanswered(self) -> Self:
        """Those whose time runs."""
        return self.filter(state__in=("opened", "handled"))

    def assigned_by(self, user: Any) -> Self:
        """Those that this user may assign, as `can_assign` says; whatever their state."""
        if user.person_id is None:
            return self.none()
        leaders, managers = (Q(about__roles__contains=role) for role in ("leader", "manager"))
        others = Q(about=None) | (~leaders & ~managers)
        if not user.has_role(*SEE_ALL_COMPLAINTS):
            led = led_ids(user)
            others &= Q(about__in=led) | Q(about=None, taken_by__in=led)
        wanted = others
        if user.has_role("leader"):
            wanted |= managers & ~leaders
        if user.has_role("admin"):
            wanted |= leaders
        stood_in = [s.absent_id for s in user.stand_ins if not may_decide(user, s.absent)]
        barred = [user.person_id, *stood_in]
        return self.filter(wanted).filter(Q(about=None) | ~Q(about__in=barred))


def _heard(user: Any) -> Q:
    """Not about oneself, or the hearing has begun; whoever took it in knows of it anyway."""
    me = user.person_id
    return Q(hearing_at__isnull=False) | Q(about=None) | ~Q(about=me) | Q(taken_by=me)


class OfComplaints(models.QuerySet[Any]):
    """What belongs to a complaint is seen with it."""

    def visible_to(self, user: Any) -> Self:
        from customers.models import Complaint

        seen = Complaint.objects.visible_to(user).order_by().values("pk")
        return self.filter(complaint__in=seen)
