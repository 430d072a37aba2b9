"""The agenda of a meeting: what the facts say until it is held, then what was kept (MEET-1).

What somebody saw and wrote is for those above them; the chair leads the talk, and reads all of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.querysets import seen_by
from attendance.models import TripReport
from core import clock
from core.templatetags.house import day as day_text
from customers.models import Visit
from policy.querysets import workdays
from reports.models import AgendaItem, DayPlan, Learning, Meeting, MeetingDecision
from reports.querysets import SEE_ALL_TOLD, leads_meeting
from reports.reads.people import in_team
from reports.rules.meetings import last_workday_before

Sort = AgendaItem.Sort
# What is somebody's own; decisions and points are everybody's who comes.
PERSONAL = (Sort.VISIT, Sort.TRIP, Sort.PROBLEM, Sort.PLAN)
FILLS = {
    "morning": (Sort.VISIT, Sort.TRIP, Sort.PROBLEM, Sort.PLAN, Sort.DECISION),
    "weekly": (Sort.TRIP, Sort.PROBLEM, Sort.DECISION),
    "saturday": (Sort.PROBLEM, Sort.DECISION),
    "other": (Sort.DECISION,),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One point as it is shown. `source`: what it is about, as `visit/17`; `url`: where it is
    dealt with."""

    sort: str
    text: str
    source: str = ""
    person_id: int | None = None
    name: str = ""
    note: str = ""
    url: str = ""
    pk: int | None = None


def agenda_of(meeting: Meeting, user: Any) -> list[tuple[Any, list[Item]]]:
    """The points a user may read, by sort, in the order in which they are talked about."""
    found = [*_kept(meeting, user)]
    if meeting.is_planned:
        found += agenda_filled(meeting, user)
    return [
        (sort.label, items)
        for sort in Sort
        if (items := [item for item in found if item.sort == sort])
    ]


def agenda_filled(meeting: Meeting, user: Any = None) -> list[Item]:
    """What the agenda of a planned meeting fills itself with: for a user, or all of it.

    A constant number of queries: one for each sort, and from when on it looks.
    """
    people = in_team(meeting.team, meeting.on).order_by().values("pk")
    mine = _Reader(meeting, user)
    since = _since(meeting)
    found: list[Item] = []
    for sort in FILLS[meeting.kind]:
        found += FILLERS[sort](meeting, mine, people, since)
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Whose facts a reader is shown."""

    meeting: Meeting
    user: Any

    def of(self, rows: Any) -> Any:
        if self.user is None or leads_meeting(self.user, self.meeting):
            return rows
        return seen_by(rows, self.user, everything=SEE_ALL_TOLD)


def _kept(meeting: Meeting, user: Any) -> Iterator[Item]:
    """Points put there by hand, and what was kept when it was closed. One query."""
    rows = meeting.agenda.select_related("person")
    if not leads_meeting(user, meeting):
        own = _Reader(meeting, user).of(AgendaItem.objects.filter(meeting=meeting))
        rows = rows.filter(~Q(sort__in=PERSONAL) | Q(pk__in=own.order_by().values("pk")))
    for row in rows:
        yield Item(
            row.sort,
            row.text,
            row.source,
            row.person_id,
            row.person.name if row.person else "",
            row.note,
            pk=row.pk,
        )


def _since(meeting: Meeting) -> date:
    """The day of the last meeting of the same series (or kind and team) that was not called off;
    where there is none, the workday before."""
    before = Meeting.objects.filter(on__lt=meeting.on, kind=meeting.kind, team=meeting.team)
    last = (
        before.exclude(state=Meeting.State.CALLED_OFF).order_by("-on").values_list("on", flat=True)
    )
    found: date | None = last.first()
    return found or last_workday_before(meeting.on, workdays())


def _visits(meeting: Meeting, mine: _Reader, people: Any, since: date) -> Iterable[Item]:
    rows = Visit.objects.filter(
        person__in=people,
        void=False,
        at__gte=clock.start_of(since),
        at__lt=clock.start_of(meeting.on),
    )
    for row in (
        mine.of(rows).select_related("person", "customer").order_by("person__employee_no", "at")
    ):
        said = f" · {row.content}" if row.content else ""
        text = f"{row.customer.name} · {row.get_kind_display()} · {day_text(row.at)}{said}"
        yield Item(Sort.VISIT, text, f"visit/{row.pk}", row.person_id, row.person.name)


def _trips(meeting: Meeting, mine: _Reader, people: Any, since: date) -> Iterable[Item]:
    rows = TripReport.objects.filter(person__in=people, date__gte=since, date__lt=meeting.on)
    for row in mine.of(rows).select_related("person").order_by("person__employee_no", "date"):
        text = f"{day_text(row.date)} · {row.text or _('reported by telephone')}"
        yield Item(Sort.TRIP, text, f"trip/{row.pk}", row.person_id, row.person.name)


def _problems(meeting: Meeting, mine: _Reader, people: Any, since: date) -> Iterable[Item]:
    open_yet = Q(person__in=people, talked_in=None, written_at__lt=clock.end_of(meeting.on))
    rows = mine.of(Learning.objects.filter(open_yet | Q(talked_in=meeting)))
    for row in rows.select_related("person").order_by("written_at", "pk"):
        yield Item(
            Sort.PROBLEM,
            row.text,
            f"problem/{row.pk}",
            row.person_id,
            row.person.name,
            row.answer,
            reverse("problem_answer", args=[meeting.pk, row.pk]),
        )


def _plans(meeting: Meeting, mine: _Reader, people: Any, since: date) -> Iterable[Item]:
    rows = DayPlan.objects.filter(person__in=people, date=meeting.on)
    for row in mine.of(rows).select_related("person").order_by("person__employee_no"):
        yield Item(Sort.PLAN, row.text, f"plan/{row.pk}", row.person_id, row.person.name)


def _decisions(meeting: Meeting, mine: _Reader, people: Any, since: date) -> Iterable[Item]:
    rows = MeetingDecision.objects.filter(done_at=None, meeting__team=meeting.team)
    for row in rows.exclude(meeting=meeting).select_related("owner").order_by("due_on", "pk"):
        text = f"{row.text} · {day_text(row.due_on)}"
        yield Item(
            Sort.DECISION,
            text,
            f"decision/{row.pk}",
            row.owner_id,
            row.owner.name,
            url=reverse("decision", args=[row.pk]),
        )


FILLERS = {
    Sort.VISIT: _visits,
    Sort.TRIP: _trips,
    Sort.PROBLEM: _problems,
    Sort.PLAN: _plans,
    Sort.DECISION: _decisions,
}
