"""Who handed in, who late, who not at all: a week's reports of all one sees (REP-1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Case, CharField, F, FilteredRelation, Q, QuerySet, Value, When

from accounts.models import Person
from accounts.querysets import PersonQuerySet, seen_by
from core import clock
from policy.querysets import workdays
from reports.models import WeeklyReport
from reports.querysets import SEE_ALL_TOLD
from reports.rules.weekly import due_at, sunday_of

State = WeeklyReport.State
MISSING, WAITING = "missing", "waiting"
CAME = (State.HANDED_IN, State.RETURNED, State.ACCEPTED)


def owing(monday: date) -> PersonQuerySet:
    """Who owes a report on a week: employed as a salesperson from its Monday to its Sunday."""
    there = Q(left_on=None) | Q(left_on__gte=sunday_of(monday))
    return Person.objects.salespeople().filter(there, hired_on__lte=monday)


def board_rows(user: Any, monday: date) -> QuerySet[Any]:
    """Each of those whom a user sees and who owes a report on a week, with how it stands:
    `standing`, `is_late`, `report`, `handed_in_at`, `stood` (by when it was due when it was
    written). One query."""
    due = due_at(monday, workdays())
    whose = seen_by(owing(monday), user, everything=SEE_ALL_TOLD, person="id")
    week = FilteredRelation("weekly_reports", condition=Q(weekly_reports__monday=monday))
    found = whose.annotate(week=week).annotate(
        report=F("week__pk"),
        handed_in_at=F("week__handed_in_at"),
        stood=F("week__due_at"),
        state=F("week__state"),
    )
    not_yet = WAITING if clock.now() <= due else MISSING
    return found.annotate(
        standing=Case(
            *(When(state=state, then=Value(str(state))) for state in CAME),
            default=Value(not_yet),
            output_field=CharField(),
        ),
        is_late=Case(
            When(Q(handed_in_at__gt=due) & Q(handed_in_at__gt=F("stood")), then=Value(True)),
            default=Value(False),
        ),
    )


@dataclass(slots=True)
class TeamWeek:
    """A team's week: who owed a report and how they stand; the reports that came, to be read."""

    team: str
    owed: int = 0
    in_time: int = 0
    late: int = 0
    accepted: int = 0
    missing: list[str] = field(default_factory=list)
    reports: list[WeeklyReport] = field(default_factory=list)

    @property
    def handed_in(self) -> int:
        return self.in_time + self.late


MOST_REPORTS = 100  # that are read at once; where there are more a team is chosen


def digest(user: Any, monday: date, team: str | None = None) -> Sequence[TeamWeek]:
    """The teams of a week as a user sees them, and what they reported, as much of it as can be
    read at once. Two queries."""
    rows = board_rows(user, monday).order_by("team", "employee_no")
    if team is not None:
        rows = rows.filter(team=team)
    found = [_team(name, people) for name, people in groupby(rows, key=lambda row: row.team)]
    _read(user, monday, found)
    return found


def _team(name: str, people: Iterable[Any]) -> TeamWeek:
    found = TeamWeek(name)
    for person in people:
        found.owed += 1
        if person.standing not in CAME:
            found.missing.append(person.name)
        elif person.is_late:
            found.late += 1
        else:
            found.in_time += 1
        found.accepted += person.standing == State.ACCEPTED
    return found


def _read(user: Any, monday: date, teams: Iterable[TeamWeek]) -> None:
    by_team = {each.team: each for each in teams}
    rows = WeeklyReport.objects.visible_to(user).filter(monday=monday, state__in=CAME)
    whose = rows.filter(person__team__in=by_team, person__in=owing(monday).order_by().values("pk"))
    by_number = whose.select_related("person").order_by("person__team", "person__employee_no")
    for report in by_number[:MOST_REPORTS]:
        by_team[report.person.team].reports.append(report)
