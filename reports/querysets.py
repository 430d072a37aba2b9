"""Who sees which meetings, plans, trainings and reports (ORG-1)."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When

from accounts.querysets import OwnedQuerySet, led_ids, seen_by
from core import clock

SEE_ALL_REPORTS = ("manager", "leader", "admin")
# What is told of customers in a meeting is for those who see customers (CUS-2).
SEE_ALL_TOLD = ("manager", "leader")
# Who leads any meeting.
LEADS = ("manager", "leader")


class ReportsQuerySet(OwnedQuerySet):
    """What somebody wrote for their own people to read: above them, and themselves."""

    SEEN_BY = SEE_ALL_REPORTS


def teams_of(user: Any) -> frozenset[str]:
    """A user's own team, and those of whom they stand in for today (ORG-1). No query."""
    if user.person is None:
        return frozenset()
    people = [user.person, *(stand_in.absent for stand_in in user.stand_ins)]
    return frozenset(person.team for person in people if person.team)


def leads_meeting(user: Any, meeting: Any) -> bool:
    """The chair, whoever stands in for it, the manager and the leader; where no chair is named,
    the team's supervisor."""
    if user.is_superuser or user.has_role(*LEADS):
        return True
    if user.person_id is None:
        return False
    if meeting.chair_id is not None:
        stood_in = {stand_in.absent_id for stand_in in user.stand_ins}
        return meeting.chair_id in {user.person_id, *stood_in}
    return bool(user.has_role("supervisor") and meeting.team in teams_of(user))


class OfTeamQuerySet(models.QuerySet[Any]):
    """What is held for a team, or for the whole department where none is named."""

    def visible_to(self, user: Any) -> Self:
        """One's own team's and everybody's; those who see the department see all."""
        if user.is_superuser or user.has_role(*SEE_ALL_REPORTS):
            return self
        if user.person is None:
            return self.none()
        return self.filter(self._of(user))

    def _of(self, user: Any) -> Q:
        return Q(team="") | Q(team__in=teams_of(user))


class ChairedQuerySet(OfTeamQuerySet):
    """What has a chair, who sees it too, whichever team it is of."""

    def _of(self, user: Any) -> Q:
        return super()._of(user) | Q(chair=user.person_id)


class MeetingQuerySet(ChairedQuerySet):
    def nearest_first(self) -> Self:
        """From today on as they come; then those of the past, the latest first."""
        to_come = When(on__gte=clock.today(), then=F("starts_at"))
        return self.order_by(
            Case(to_come, default=None).asc(nulls_last=True), F("starts_at").desc(), "id"
        )


class OfMeetingQuerySet(models.QuerySet[Any]):
    """What was said in a meeting is read by whoever may see the meeting, and whom it is about."""

    WHOSE: ClassVar[str] = "person"

    def visible_to(self, user: Any) -> Self:
        if user.is_superuser or user.has_role(*SEE_ALL_REPORTS):
            return self
        if user.person is None:
            return self.none()
        of = Q(meeting__team="") | Q(meeting__team__in=teams_of(user))
        mine = Q(**{self.WHOSE: user.person_id}) | Q(meeting__chair=user.person_id)
        return self.filter(of | mine)


class AgendaQuerySet(OfMeetingQuerySet):
    """Points put there by hand and open decisions are everybody's who comes; what somebody saw and
    wrote is for those above them and for the chair."""

    def visible_to(self, user: Any) -> Self:
        own = seen_by(self, user, everything=SEE_ALL_TOLD)
        everybodys = Q(sort__in=("point", "decision")) | Q(meeting__chair=user.person_id)
        seen = super().visible_to(user)
        return seen.filter(everybodys | Q(pk__in=own.order_by().values("pk")))


class DecisionQuerySet(OfMeetingQuerySet):
    WHOSE = "owner"


class CleaningQuerySet(OwnedQuerySet):
    """The roster hangs on the wall: one's own team's, for the heads all."""

    SEEN_BY = SEE_ALL_REPORTS

    def visible_to(self, user: Any) -> Self:
        if user.is_superuser or user.has_role(*self.SEEN_BY):
            return self
        return self.filter(Q(person=user.person_id) | Q(team__in=teams_of(user)))


# Who the sales department is: what is told of the market is for all of it (S5.4).
SALES = ("salesperson", "supervisor")


def _informations_seen(user: Any, way: str = "") -> Q:
    """What is told of no customer is the whole sales department's; what names one is for its
    owner, who leads them, and the heads: files are trade secrets (CUS-2)."""
    if user.is_superuser or user.has_role(*SEE_ALL_TOLD):
        return Q()
    seen = Q(pk__in=[])
    if user.has_role(*SALES):
        seen |= Q(**{f"{way}customer": None})
    if user.person_id is not None:
        owners = {user.person_id, *led_ids(user)}
        seen |= Q(**{f"{way}customer__owner__in": owners})
    return seen


class InformationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(_informations_seen(user))

    def with_read(self, user: Any) -> Self:
        """Each with whether somebody above has read it as it stands (`is_noted`), and whether
        this user has (`is_read`)."""
        from reports.models import InformationNote

        notes = InformationNote.objects.filter(
            information=OuterRef("pk"), version=OuterRef("version")
        )
        return self.annotate(is_noted=Exists(notes), is_read=Exists(notes.filter(by=user.pk)))


class OfInformationQuerySet(models.QuerySet[Any]):
    """What belongs to a piece of information is seen by whoever sees that."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(_informations_seen(user, "information__"))


def _weekly_seen(user: Any, way: str = "") -> Q:
    """One's own, drafts too; those of the people one leads, and for the heads all, once they are
    handed in. What they say of customers is for those who see customers (CUS-2)."""
    if user.is_superuser:
        return Q()
    handed_in = ~Q(**{f"{way}state": "draft"})
    seen = Q(**{f"{way}person": user.person_id}) if user.person_id else Q(pk__in=[])
    if user.has_role(*SEE_ALL_TOLD):
        return seen | handed_in
    led = led_ids(user)
    return seen | (handed_in & Q(**{f"{way}person__in": led})) if led else seen


class WeeklyQuerySet(models.QuerySet[Any]):
    """Weekly reports (REP-1)."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(_weekly_seen(user))

    def in_time(self) -> Self:
        """Those handed in by the hour that stood when they were last written."""
        return self.filter(handed_in_at__lte=F("due_at"))


class OfWeeklyQuerySet(models.QuerySet[Any]):
    """What belongs to a weekly report is seen by whoever sees that."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(_weekly_seen(user, "report__"))


class OralQuerySet(OwnedQuerySet):
    """What was told by word of mouth: whose it is, who leads them, the heads."""

    SEEN_BY = SEE_ALL_TOLD


class SuggestionQuerySet(OwnedQuerySet):
    """Suggestions: whose they are, those above them, the heads; a leader's are for personnel, who
    answer them (ORG-1)."""

    SEEN_BY = SEE_ALL_TOLD

    def visible_to(self, user: Any) -> Self:
        seen = super().visible_to(user)
        if not user.has_role("admin"):
            return seen
        own = Q(pk__in=seen.order_by().values("pk"))
        return self.filter(own | Q(person__roles__contains="leader"))
