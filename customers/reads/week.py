"""A week of planned visits, day by day, each with what came of it (VIS-5)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core import clock
from customers.models import VisitPlan
from customers.querysets.plans import made_visits

DAYS = 7


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned visit, and the id of the visit that was made that day, if one was."""

    plan: VisitPlan
    visit: int | None

    @property
    def state(self) -> str:
        """`done`, `missed`, or `planned` as long as its day is not over."""
        if self.visit is not None:
            return "done"
        return "missed" if self.plan.on < clock.today() else "planned"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week with its planned visits."""

    on: date
    planned: list[Planned]

    @property
    def is_today(self) -> bool:
        return self.on == clock.today()

    @property
    def is_open(self) -> bool:
        """Whether it can still be planned for."""
        return self.on >= clock.today()


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(plans: Any, first: date) -> list[Day]:
    """The seven days from the first, with the plans among `plans`. Two queries."""
    last = first + timedelta(days=DAYS - 1)
    rows = plans.standing().filter(on__gte=first, on__lte=last)
    planned = list(rows.select_related("customer", "person").order_by("on", "pk"))
    made = made_visits({row.person_id for row in planned}, first, last) if planned else {}
    by_day: dict[date, list[Planned]] = defaultdict(list)
    for row in planned:
        visit = made.get((row.person_id, row.customer_id, row.on))
        by_day[row.on].append(Planned(row, visit))
    days = (first + timedelta(days=n) for n in range(DAYS))
    return [Day(day, by_day[day]) for day in days]


def planned_today(person: Any) -> list[Any]:
    """The customers planned for today on whom nobody has called yet. Two queries."""
    today = clock.today()
    plans = VisitPlan.objects.standing().filter(person=person, on=today)
    customers = [plan.customer for plan in plans.select_related("customer").order_by("pk")]
    made = made_visits([person.pk], today, today) if customers else {}
    return [each for each in customers if (person.pk, each.pk, today) not in made]
