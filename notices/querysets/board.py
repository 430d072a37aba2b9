"""The vocabulary of reads of the notice board, and who sees which notice (NOTE-1)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.querysets import OwnedQuerySet
from core import clock

if TYPE_CHECKING:
    from accounts.models import Person
    from notices.models import BoardNotice

WRITE_ON_BOARD = ("manager", "leader", "admin")


class BoardNoticeQuerySet(models.QuerySet["BoardNotice"]):
    def visible_to(self, user: Any) -> "BoardNoticeQuerySet":
        """Those for oneself that are shown now; who writes on the board sees all of them."""
        if user.is_superuser or user.has_role(*WRITE_ON_BOARD):
            return self
        if user.person is None:
            return self.none()
        return self.shown(clock.now()).meant_for(user.person)

    def shown(self, now: datetime) -> "BoardNoticeQuerySet":
        return self.filter(
            Q(shown_until=None) | Q(shown_until__gt=now), shown_from__lte=now, withdrawn_at=None
        )

    def meant_for(self, person: "Person") -> "BoardNoticeQuerySet":
        from notices.models import BoardAudience

        mine = BoardAudience.objects.filter(
            Q(kind="role", value__in=person.role_set) | (Q(kind="team", value=person.team)),
            notice=OuterRef("pk"),
        )
        return self.filter(Q(to_all=True) | Exists(mine))

    def with_reading_of(self, person_id: int | None) -> "BoardNoticeQuerySet":
        """Adds `is_read`: this version was opened, or confirmed where that is asked for."""
        from notices.models import BoardReading

        read = BoardReading.objects.filter(
            Q(confirmed_at__isnull=False) | Q(notice__to_confirm=False),
            notice=OuterRef("pk"),
            person=person_id,
            version=OuterRef("version"),
        )
        return self.annotate(is_read=Exists(read))

    def unread_by(self, person: "Person") -> "BoardNoticeQuerySet":
        """What is shown now to a person who has not read it."""
        shown: Any = self.shown(clock.now()).meant_for(person)
        found: BoardNoticeQuerySet = shown.with_reading_of(person.pk).filter(is_read=False)
        return found


class BoardReadingQuerySet(OwnedQuerySet):
    """Who has read a notice, by name: who writes on the board sees everybody."""

    SEEN_BY = WRITE_ON_BOARD


def readers_of(notice: "BoardNotice") -> "models.QuerySet[Person]":
    """Everybody a notice is meant for who works here today."""
    from accounts.models import Person

    today = clock.today()
    people = Person.objects.filter(Q(left_on=None) | Q(left_on__gte=today), hired_on__lte=today)
    if notice.to_all:
        return people
    wanted = Q(pk=None)
    for kind, value in notice.audience.values_list("kind", "value"):
        # No role's name holds another's, so a substring is exact.
        wanted |= Q(team=value) if kind == "team" else Q(roles__contains=value)
    return people.filter(wanted)


def receipts_of(notice: "BoardNotice") -> "models.QuerySet[Person]":
    """The readers, each with `opened` and `confirmed` of the version that stands."""
    from notices.models import BoardReading

    mine = BoardReading.objects.filter(notice=notice, person=OuterRef("pk"), version=notice.version)
    return readers_of(notice).annotate(
        opened=models.Subquery(mine.values("opened_at")[:1]),
        confirmed=models.Subquery(mine.values("confirmed_at")[:1]),
        read=F("confirmed") if notice.to_confirm else F("opened"),
    )
