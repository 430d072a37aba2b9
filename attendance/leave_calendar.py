"""Who is away on which half days of a month, as each may see it (ORG-1)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext

from accounts.models import Person
from accounts.querysets import led_ids
from attendance.leave_facts import ACTIVE, days_between, fact_of
from attendance.leave_words import type_name
from attendance.models import Leave, LeaveType, Status, Trip
from attendance.rules.away import HalfDay
from attendance.rules.days import Half
from attendance.visible import SEE_ALL_ATTENDANCE
from core.months import Month

MOST_PEOPLE = 60  # in one sheet; a team is smaller


@dataclass(frozen=True, slots=True)
class Mark:
    """Half a day that somebody is away. `kind` is its colour, `label` what this reader may know."""

    kind: str
    label: str


@dataclass
class AwayRow:
    """Somebody's month."""

    person: Person
    marks: dict[HalfDay, Mark] = field(default_factory=dict)


@dataclass(frozen=True)
class MonthAway:
    """A month of a team. `more`: how many others are away, past what is shown."""

    month: Month
    people: int
    rows: list[AwayRow]
    more: int


def sees_everybody(user: Any) -> bool:
    return bool(user.is_superuser or user.has_role(*SEE_ALL_ATTENDANCE))


def calendar_people(user: Any, month: Month, team: str = "") -> "QuerySet[Person]":
    """Whose absence somebody may know of: their team's, that of those they lead; the heads and
    personnel everybody's, or one team's."""
    here = Person.objects.employed_in(month)
    if sees_everybody(user):
        return here.filter(team=team) if team else here
    own = user.person
    whose = Q(pk=own.pk) | Q(pk__in=led_ids(user))
    if own.supervisor_id:
        whose |= Q(supervisor=own.supervisor_id) | Q(pk=own.supervisor_id)
    return here.filter(whose)


def teams() -> list[str]:
    found = Person.objects.exclude(team="").order_by("team").values_list("team", flat=True)
    return list(found.distinct())


def month_away(user: Any, month: Month, team: str = "") -> MonthAway:
    """Four queries, however many there are. Colleagues see that somebody is away, not why, and
    nothing of what is only asked for."""
    people = calendar_people(user, month, team)
    span: dict[str, Any] = {
        "person__in": people.values("pk"),
        "status__in": ACTIVE,
        "start_on__lte": month.last_day,
        "end_on__gte": month.first_day,
    }
    reader = _Reader(user, dict(LeaveType.objects.values_list("code", "name")))
    found: dict[int, AwayRow] = {}
    for leave in Leave.objects.filter(**span).select_related("person"):
        if mark := reader.mark(leave, "leave", type_name(leave.type, reader.names)):
            row = found.setdefault(leave.person_id, AwayRow(leave.person))
            row.marks.update(dict.fromkeys(_within(month, fact_of(leave).halves()), mark))
    for trip in Trip.objects.filter(**span).select_related("person"):
        if mark := reader.mark(trip, "trip", pgettext("away", "on a trip")):
            row = found.setdefault(trip.person_id, AwayRow(trip.person))
            days = days_between(trip.start_on, trip.end_on)
            halves = ((day, half) for day in days for half in Half)
            row.marks.update(dict.fromkeys(_within(month, halves), mark))
    rows = sorted(found.values(), key=lambda each: each.person.employee_no)
    return MonthAway(month, people.count(), rows[:MOST_PEOPLE], max(len(rows) - MOST_PEOPLE, 0))


def _within(month: Month, halves: Any) -> list[HalfDay]:
    return [(day, half) for day, half in halves if day in month]


class _Reader:
    """What one reader may know of each."""

    def __init__(self, user: Any, names: dict[str, str]) -> None:
        self.names = names
        self.everybody = sees_everybody(user)
        self.seen = {user.person_id, *led_ids(user)}

    def mark(self, row: Leave | Trip, kind: str, label: str) -> Mark | None:
        if self.everybody or row.person_id in self.seen:
            if row.status == Status.APPROVED:
                return Mark(kind, label)
            return Mark("asked", f"{label} · {row.get_status_display()}")
        if row.status == Status.APPROVED:
            return Mark("away", pgettext("away", "away"))
        return None


def by_day(away: MonthAway) -> list[tuple[date, list[tuple[Person, str, Mark]]]]:
    """The days on which anybody is away, each with who and which half; empty: all day."""
    found: dict[date, list[tuple[Person, str, Mark]]] = defaultdict(list)
    for row in away.rows:
        for day in sorted({day for day, _half in row.marks}):
            am, pm = (row.marks.get((day, half)) for half in Half)
            if am and pm:
                found[day].append((row.person, "", am))
            elif mark := am or pm:
                found[day].append((row.person, "am" if am else "pm", mark))
    return sorted(found.items())
