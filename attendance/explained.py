"""What explains a month's days, read in bulk: outings and outages (ATT-6)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from accounts.models import Person, PositionChange
from attendance.models.asked import Status
from attendance.models.days import Outage, Outing
from attendance.rules.days import Span
from core import clock
from core.db import Instant
from core.months import Month
from payroll.context import CloseContext

NO = "person__employee_no"


@dataclass(frozen=True)
class Outages:
    """A month's outages by day, each with the team it touched ("": everybody).

    `teams`: whose team was which from which day on, the latest first; read only where an outage
    touched one team.
    """

    by_day: Mapping[date, list[tuple[str, Span]]] = field(default_factory=dict)
    teams: Mapping[str, list[tuple[date, str]]] = field(default_factory=dict)

    def touching(self, employee_no: str, day: date) -> list[Span]:
        """Those of a day that touched somebody."""
        rows = self.by_day.get(day)
        if not rows:
            return []
        team = self._team_on(employee_no, day)
        return [span for whose, span in rows if whose in ("", team)]

    def with_one(self, span: Span, team: str, context: CloseContext) -> "Outages":
        """As it would be with one more."""
        by_day = {day: list(rows) for day, rows in self.by_day.items()}
        for day in _days_of(span, context.month):
            by_day.setdefault(day, []).append((team, span))
        return Outages(by_day, self.teams or (_teams(context) if team else {}))

    def _team_on(self, employee_no: str, day: date) -> str:
        """As far as the history of positions goes back; before that, the team of the present."""
        return next((team for since, team in self.teams.get(employee_no, ()) if since <= day), "")


def outings_of(context: CloseContext) -> dict[tuple[str, date], list[Span]]:
    """The month's approved outings, by whose they are and day."""
    found: dict[tuple[str, date], list[Span]] = defaultdict(list)
    month = context.month
    rows = context.among(
        Outing.objects.filter(
            status=Status.APPROVED, start_at__gte=month.start, start_at__lt=month.end
        )
    )
    told = (Instant("start_at"), Instant("end_at"), "whom", "customer__name")
    for employee_no, start, end, whom, customer in rows.values_list(NO, *told):
        found[employee_no, context.day_of(start)].append(Span(start, end, customer or whom))
    return found


def outages_of(context: CloseContext) -> Outages:
    """The month's outages that were not taken back."""
    by_day: dict[date, list[tuple[str, Span]]] = defaultdict(list)
    month = context.month
    rows = Outage.objects.filter(
        taken_back_at=None, start_at__lt=month.end, end_at__gte=month.start
    ).order_by("start_at", "id")
    by_team = False
    for team, start, end in rows.values_list("team", "start_at", "end_at"):
        by_team |= bool(team)
        span = Span(start, end)
        for day in _days_of(span, month):
            by_day[day].append((team, span))
    return Outages(by_day, _teams(context) if by_team else {})


def _days_of(span: Span, month: Month) -> list[date]:
    """The days of a month that an outage lies on."""
    return [
        day
        for day in month.days()
        if span.start < clock.end_of(day) and span.end >= clock.start_of(day)
    ]


def _teams(context: CloseContext) -> dict[str, list[tuple[date, str]]]:
    found: dict[str, list[tuple[date, str]]] = defaultdict(list)
    changes = context.among(
        PositionChange.objects.filter(from_on__lte=context.month.last_day)
    ).order_by("-from_on", "-id")
    for employee_no, since, team in changes.values_list(NO, "from_on", "team"):
        found[employee_no].append((since, team))
    people = context.among(Person.objects.all(), "pk")
    for employee_no, team in people.values_list("employee_no", "team"):
        found[employee_no].append((date.min, team))
    return found
