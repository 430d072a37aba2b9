"""Who sees which cases (DIS-1, ORG-1): closed to all but those concerned."""

from typing import Any, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat

DECIDE = ("manager", "leader", "admin")


def roles_held(user: Any) -> list[str]:
    """The deciding roles that a user holds, or stands in for."""
    return [role for role in DECIDE if user.has_role(role)]


def own_ids(user: Any) -> list[int]:
    """Oneself and whom one stands in for: what is about them is not theirs to decide."""
    return [user.person_id, *(each.absent_id for each in user.stand_ins)]


def rivals_q(person: int) -> Q:
    """Who rivals a person among those a case is about, as `reads.rivals_of` says."""
    from conduct.models import Suspicion
    from customers.models import Conflict

    conflicts = Conflict.objects.filter(ruling="").order_by()
    suspicions = Suspicion.objects.exclude(decision__outcome="dismissed").order_by()
    found = Q(pk__in=[])
    for rows, *sides in (
        (conflicts, "earlier__registered_by", "later__registered_by"),
        (suspicions, "gains", "loses"),
    ):
        for mine, other in (sides, sides[::-1]):
            found |= Q(person__in=rows.filter(**{mine: person}).values(other))
    return found & ~Q(person=person)


class ProceedingQuerySet(models.QuerySet[Any]):
    def judged_by(self, user: Any) -> Self:
        """Those that a user sees whole: whose word, or whose word on an objection or a proposal,
        they wait for or waited for; the leader all. Never who is named in it (ORG-1), nor who
        reported it or rivals one of those named, whatever they stand in for: they decide nothing,
        and so read no more than their own part."""
        if user.is_superuser:
            return self
        held = roles_held(user)
        if user.person_id is None or not held:
            return self.none()
        out = self._of(Q(person__in=own_ids(user)) | rivals_q(user.person_id))
        out |= Q(reporter=user.person_id)
        if "leader" in held:
            return self.exclude(out)
        word = Q(goes_to__in=held)
        for way in ("verdict__objection__goes_to", "verdict__proposal__goes_to"):
            word |= self._of(Q(**{f"{way}__in": held}))
        return self.filter(word).exclude(out)

    def visible_to(self, user: Any) -> Self:
        """Those one decides on; those about oneself once the hearing has begun; what one reported
        oneself. For all others, supervisors among them, they are not there."""
        if user.is_superuser:
            return self
        if user.person_id is None:
            return self.none()
        seen = Q(reporter=user.person_id)
        seen |= self._of(Q(person=user.person_id)) & Q(hearing_at__isnull=False)
        if roles_held(user):
            seen |= Q(pk__in=self.model.objects.judged_by(user).order_by().values("pk"))
        return self.filter(seen)

    @staticmethod
    def _of(which: Q) -> Q:
        """Cases with somebody of whom that is so."""
        from conduct.models import Subject

        found = Subject.objects.filter(which)
        return Q(pk__in=found.order_by().values("proceeding"))

    def open(self) -> Self:
        """Those that are not ended."""
        return self.filter(state__in=("reported", "hearing"))

    def to_decide(self, user: Any) -> Self:
        """Open ones that wait for this user's role."""
        return self.open().judged_by(user).filter(goes_to__in=roles_held(user))


def subjects_read_by(user: Any) -> "models.QuerySet[Any]":
    """The cases whose changes somebody reads in the list of changes, as it calls them: those they
    see whole. To whom a case is about it would say who reported it; to others, who is heard."""
    from conduct.models import Proceeding

    named = Concat(Value("proceeding "), "proceeding_no")
    whole = Proceeding.objects.judged_by(user).order_by()
    return whole.annotate(subject=named).values_list("subject", flat=True)


class SubjectQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Oneself, once the hearing has begun; all of a case that one sees whole."""
        from conduct.models import Proceeding

        if user.person_id is None and not user.is_superuser:
            return self.none()
        whole = Proceeding.objects.judged_by(user).order_by().values("pk")
        own = Q(person=user.person_id, proceeding__hearing_at__isnull=False)
        return self.filter(own | Q(proceeding__in=whole))


class _OfVerdicts(models.QuerySet[Any]):
    def waiting_for(self, user: Any) -> Self:
        """Those open that wait for this user's role; never one's own, nor of whom one stands in
        for."""
        if user.person_id is None:
            return self.none()
        waiting = self.filter(state="open", goes_to__in=roles_held(user))
        return waiting.exclude(verdict__subject__person__in=own_ids(user))


class ProposalQuerySet(_OfVerdicts):
    pass


class ObjectionQuerySet(_OfVerdicts):
    pass
