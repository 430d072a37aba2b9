"""How far a salesperson's points of the month are (VIS-2): "18/30, 9 days left"."""

from dataclasses import dataclass

from accounts.models import Person
from core import clock
from core.months import Month
from customers.querysets.visits import points_of
from policy.querysets import policy_book


@dataclass(frozen=True, slots=True)
class Meter:
    """Points so far, those wanted, and the days left after today."""

    got: int
    wanted: int
    days_left: int

    @property
    def percent(self) -> int:
        return min(100, 100 * self.got // self.wanted) if self.wanted else 100


def meter_of(person: Person) -> Meter | None:
    """Of this month; none for whoever sells by telephone."""
    if person.channel != "field":
        return None
    today = clock.today()
    month = Month.of(today)
    wanted = policy_book().on(month.last_day).points_min
    return Meter(points_of(person, month), wanted, (month.last_day - today).days)
