"""The last weekly reports of somebody, as their page shows them (REP-1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Person
from core import clock
from policy.querysets import workdays
from policy.workdays import Workdays
from reports.models import WeeklyReport
from reports.rules.weekly import WEEK, Employed, due_at, is_in_time, monday_of, opens_on

WEEKS = 8
MISSING, WAITING = "missing", "waiting"


@dataclass(frozen=True, slots=True)
class Week:
    """A week: its report, where the reader may see one; else whether it is `MISSING` or can still
    be handed in (`WAITING`)."""

    monday: date
    standing: str
    report: WeeklyReport | None = None
    is_late: bool = False


def weeks_lately(user: Any, person: Person) -> list[Week]:
    """The last weeks of which a person owed a report or wrote one that this user may see, the
    latest first. One query, and the calendar."""
    calendar, today = workdays(), clock.today()
    mondays = [monday_of(today) - n * WEEK for n in range(WEEKS)]
    rows = WeeklyReport.objects.visible_to(user).filter(person=person, monday__in=mondays)
    reports = {row.monday: row for row in rows.defer("facts", "summary", "problems", "plan")}
    return list(_weeks(mondays, reports, Employed(person.hired_on, person.left_on), calendar))


def _weeks(
    mondays: list[date],
    reports: dict[date, WeeklyReport],
    employed: Employed,
    calendar: Workdays,
) -> Iterator[Week]:
    today, now = clock.today(), clock.now()
    for monday in mondays:
        due, report = due_at(monday, calendar), reports.get(monday)
        if report is not None:
            handed_in = report.handed_in_at
            late = handed_in is not None and not is_in_time(handed_in, report.due_at, due)
            yield Week(monday, report.state, report, late)
        elif employed.whole_week(monday) and opens_on(monday, calendar) <= today:
            yield Week(monday, WAITING if now <= due else MISSING)
