"""What each customer had of visits in a month, by whose they are (VIS-5)."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from core.db import CompanyDay
from core.months import Month
from customers.models import Customer, Visit
from customers.rules.levels import LEVELS


@dataclass(frozen=True, slots=True)
class Visited:
    """A customer of a level, and how often somebody called on them in a month."""

    name: str
    level: str
    made: int


def visited_by_owner(people: Collection[int], month: Month) -> dict[int, list[Visited]]:
    """The customers of these people that have a level and were on file before the month, each with
    the month's visits, counted as points are: genuine ones in person, once a customer and day,
    whoever made them. Two queries."""
    files = Customer.objects.standing().filter(
        owner__in=people, level__in=LEVELS, created_on__lt=month.first_day
    )
    visits = Visit.objects.in_month(month).genuine().in_person().filter(customer__owner__in=people)
    days = set(visits.order_by().values_list("customer_id", CompanyDay("at")))
    made = Counter(customer for customer, _day in days)
    found: dict[int, list[Visited]] = defaultdict(list)
    named = files.order_by("level", "customer_no").values_list("pk", "owner_id", "name", "level")
    for pk, owner, name, level in named:
        found[owner].append(Visited(name, level, made[pk]))
    return found
