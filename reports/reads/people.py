"""Whom a meeting is for, and who of them is away (MEET-1)."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Person
from attendance.panels import away_between
from core import clock
from reports.models import Meeting

# Who comes where no team is named: the sales department.
DEPARTMENT = ("salesperson", "supervisor", "manager")


def in_team(team: str, day: date) -> QuerySet[Person]:
    """The people of a team, or of the whole department where none is named, who work here on a
    day."""
    here = Person.objects.here_on(day).filter(hired_on__lte=day)
    if team:
        return here.filter(team=team)
    wanted = Q()
    for role in DEPARTMENT:
        # No role's name holds another's, so a substring is exact.
        wanted |= Q(roles__contains=role)
    return here.filter(wanted)


def members_of(meeting: Meeting) -> list[Person]:
    """Who is to come: the team's people and the chair. One query."""
    return list(_members(meeting).order_by("employee_no"))


def _members(meeting: Meeting) -> QuerySet[Person]:
    people = in_team(meeting.team, meeting.on)
    if meeting.chair_id is None:
        return people
    return Person.objects.filter(Q(pk__in=people.order_by().values("pk")) | Q(pk=meeting.chair_id))


def owners_of(meeting: Meeting) -> QuerySet[Person]:
    """Who can be given what the meeting decides: its people, and the heads."""
    heads = Q(roles__contains="manager") | Q(roles__contains="leader")
    people = Q(pk__in=_members(meeting).order_by().values("pk"))
    return Person.objects.here_on(meeting.on).filter(people | heads).order_by("employee_no")


def away_from(meeting: Meeting) -> dict[int, Any]:
    """Who is excused of the whole meeting or a part of it by leave, a trip or an outing, and in
    what way. Four queries."""
    return away_between(meeting.starts_at, meeting.ends_at)


def teams() -> list[str]:
    """The teams there are."""
    return list(
        Person.objects.here_on(clock.today())
        .exclude(team="")
        .order_by("team")
        .values_list("team", flat=True)
        .distinct()
    )
