"""What meetings put on the desk: today's, one's own to-dos, whom the week praises (MEET)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from reports.models import Meeting, MeetingDecision, Praise
from reports.querysets import teams_of
from reports.reads.people import DEPARTMENT

PRAISED_FOR = timedelta(days=7)


def desk(user: Any) -> Iterator[Panel]:
    if user.person is None:
        return
    yield from _today(user)
    yield from _decisions(user)
    yield from _praise()


def _today(user: Any) -> Iterator[Panel]:
    """Today's meetings to which one is called, that are not closed."""
    mine = Q(chair=user.person_id) | Q(team__in=teams_of(user))
    if user.has_role(*DEPARTMENT, "leader"):
        mine |= Q(team="")
    rows = list(
        Meeting.objects.filter(mine, on=clock.today(), state=Meeting.State.PLANNED).order_by(
            "starts_at", "pk"
        )[: SHOWN * 4]
    )
    if rows:
        yield card(
            key="meetings",
            title=_("Meetings today"),
            icon="users-round",
            url=reverse("meetings"),
            waiting=[
                Waiting(
                    text=each.title,
                    url=reverse("meeting", args=[each.pk]),
                    note=" · ".join(
                        part
                        for part in (f"{clock.local(each.starts_at):%H:%M}", each.place)
                        if part
                    ),
                )
                for each in rows
            ],
        )


def _decisions(user: Any) -> Iterator[Panel]:
    """What meetings gave one to do, what is due first on top."""
    mine = MeetingDecision.objects.filter(owner=user.person_id, done_at=None)
    rows = list(mine.select_related("meeting").order_by("due_on", "pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="decisions",
            title=_("To do from meetings"),
            icon="list-checks",
            url=reverse("decisions") + "?whose=mine&state=open",
            waiting=[
                Waiting(
                    text=each.text,
                    url=reverse("decision", args=[each.pk]),
                    note=each.meeting.title,
                    due=clock.end_of(each.due_on) - timedelta(seconds=1),
                )
                for each in rows
            ],
            count=mine.count() if len(rows) > SHOWN else len(rows),
        )


def _praise() -> Iterator[Panel]:
    """Whom the summary of the last week praises: on everybody's desk; nothing waits there."""
    praised = Praise.objects.filter(
        meeting__state=Meeting.State.HELD, meeting__on__gt=clock.today() - PRAISED_FOR
    )
    rows = list(praised.select_related("person").order_by("-at", "pk")[:SHOWN])
    if rows:
        yield card(
            key="praise",
            title=_("Praised this week"),
            icon="award",
            waiting=[Waiting(text=each.person.name, note=each.reason) for each in rows],
            count=0,
        )
