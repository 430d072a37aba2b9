"""How many weekly reports were due, and how many came in time (REP-1)."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet

from accounts.models import Person
from policy.querysets import workdays
from policy.workdays import Workdays
from reports.models import WeeklyReport
from reports.rules.weekly import Employed, due_at, mondays_due, sunday_of, weeks_owed


def on_time_counts(
    *, first: date, last: date, people: QuerySet[Person]
) -> dict[int, tuple[int, int]]:
    """Of each salesperson among these: how many reports were due in that stretch, both ends
    included, and how many of those were handed in on time; by the id (REP-1).

    A report belongs to the stretch that its due day lies in. A week counts for whoever was
    employed from its Monday to its Sunday, on leave or on a trip or not: *decided*. Who owed none
    is not among them. Two queries, and the calendar.
    """
    calendar = workdays()
    mondays = list(mondays_due(first, last, calendar))
    sales = people.salespeople()  # type: ignore[attr-defined]  # any queryset of people has it
    owed = {
        pk: n
        for pk, hired_on, left_on in sales.order_by().values_list("pk", "hired_on", "left_on")
        if (n := weeks_owed(mondays, Employed(hired_on, left_on)))
    }
    if not owed:
        return {}
    came = _came_in_time(mondays, sales, calendar)
    return {pk: (n, came.get(pk, 0)) for pk, n in owed.items()}


def _came_in_time(
    mondays: list[date], people: QuerySet[Person], calendar: Workdays
) -> dict[int, int]:
    """How many of these weeks' reports each handed in on time, of the weeks they owed."""
    in_time = Q(handed_in_at__lte=F("due_at"))
    for monday in mondays:
        in_time |= Q(monday=monday, handed_in_at__lte=due_at(monday, calendar))
    whole_week = Q(person__hired_on__lte=F("monday")) & _still_there(mondays)
    rows = WeeklyReport.objects.filter(in_time, whole_week, monday__in=mondays)
    counted = rows.filter(person__in=people.order_by().values("pk")).order_by()
    return dict(counted.values_list("person").annotate(n=Count("pk")))


def _still_there(mondays: list[date]) -> Q:
    """Whoever has not left before the Sunday of the week."""
    found = Q(person__left_on=None)
    for monday in mondays:
        found |= Q(monday=monday, person__left_on__gte=sunday_of(monday))
    return found
