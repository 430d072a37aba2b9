"""Which weekly reports somebody has to write now (REP-1)."""

from datetime import date

from accounts.models import Person
from core import clock
from policy.querysets import workdays
from reports.models import WeeklyReport
from reports.rules.weekly import WEEK, Employed, monday_of, weeks_open

State = WeeklyReport.State
LATELY = 10 * WEEK  # what was returned earlier is found in the list


def to_write(person: Person) -> list[tuple[date, bool]]:
    """The weeks whose report somebody owes now and has not handed in, and those returned, with
    whether it was returned; the earliest first. One query, and the calendar."""
    today = clock.today()
    rows = WeeklyReport.objects.filter(person=person, monday__gte=monday_of(today) - LATELY)
    states = dict(rows.order_by().values_list("monday", "state"))
    employed = Employed(person.hired_on, person.left_on)
    owed = [week for week in weeks_open(today, workdays()) if employed.whole_week(week)]
    found = {week: False for week in owed if states.get(week, State.DRAFT) == State.DRAFT}
    found |= {week: True for week, state in states.items() if state == State.RETURNED}
    return sorted(found.items())
