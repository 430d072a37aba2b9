"""By when a weekly report is handed in, and which weeks count for whom (REP-1, S9-3.2). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import clock
from policy.workdays import Workdays

ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
# No run of days off is longer: what is due in a stretch lies in weeks at most so far before it.
LONGEST_WAIT = timedelta(days=28)


def monday_of(day: date) -> date:
    """The Monday of the week that a day lies in."""
    return day - timedelta(days=day.weekday())


def sunday_of(monday: date) -> date:
    return monday + timedelta(days=6)


def due_on(monday: date, calendar: Workdays) -> date:
    """The day by whose end the report on a week is due: the Monday after it; the next workday
    where that Monday is none (REP-1)."""
    following = monday + WEEK
    return following if following in calendar else calendar.next_after(following)


def due_at(monday: date, calendar: Workdays) -> datetime:
    """The instant by which it is due, 24:00 of its day; handed in at that very instant is in
    time."""
    return clock.end_of(due_on(monday, calendar))


def opens_on(monday: date, calendar: Workdays) -> date:
    """From which day on it can be handed in: the week's last workday, when its work is done; its
    Sunday in a week without one. *decided*"""
    days = list(calendar.between(monday, sunday_of(monday)))
    return days[-1] if days else sunday_of(monday)


def weeks_open(today: date, calendar: Workdays) -> list[date]:
    """The weeks whose report can be handed in and is not due yet, or was due less than a week ago;
    the earliest first. Over the Spring Festival there are several."""
    due_lately = mondays_due(today - WEEK + ONE_DAY, today + LONGEST_WAIT, calendar)
    return [monday for monday in due_lately if opens_on(monday, calendar) <= today]


def lines_of(text: str) -> list[str]:
    """The lines of what somebody wrote, without those that say nothing; marks of a list before
    them are left out."""
    lines = (line.strip().lstrip("-*•·").strip() for line in text.splitlines())
    return [line for line in lines if line]


def mondays_due(first: date, last: date, calendar: Workdays) -> Iterator[date]:
    """The weeks whose reports are due from the first to the last day, both included: a report
    belongs to the stretch that its due day lies in. *decided*"""
    monday = monday_of(first - WEEK - LONGEST_WAIT)
    while monday + WEEK <= last:
        if first <= due_on(monday, calendar) <= last:
            yield monday
        monday += WEEK


@dataclass(frozen=True, slots=True)
class Employed:
    """From when to when somebody is employed: both ends included."""

    hired_on: date
    left_on: date | None = None

    def whole_week(self, monday: date) -> bool:
        """Whether they are employed from its Monday to its Sunday: then a report is owed, on leave
        or on a trip or not. *decided*"""
        there = self.left_on is None or self.left_on >= sunday_of(monday)
        return self.hired_on <= monday and there


def weeks_owed(mondays: list[date], employed: Employed) -> int:
    """For how many of these weeks somebody owes a report."""
    return sum(employed.whole_week(monday) for monday in mondays)


def is_in_time(handed_in: datetime, stood: datetime, due: datetime) -> bool:
    """Whether a report came in time: by the hour that stood when it was handed in, or by that
    which stands now. A day that the company frees later helps; a day that it takes back later harms
    nobody. *decided*"""
    return handed_in <= max(stood, due)
