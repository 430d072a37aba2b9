"""What each customer had of visits in a month, by whose they were (VIS-5)."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Channel, Person
from core import clock
from core.db import CompanyDay
from core.months import Month
from customers.models import Customer, OwnerChange, Visit
from customers.rules.levels import LEVELS


@dataclass(frozen=True, slots=True)
class Visited:
    """A customer of a level, and how often somebody called on them in a month; without a name for
    whoever may not see the file."""

    name: str
    level: str
    made: int


def visited_by_owner(
    people: Collection[Person], month: Month, user: Any
) -> dict[int, list[Visited]]:
    """The customers that these people had when the month ended (until then: have), that have a
    level and were on file before it, each with the month's visits, counted as points are: genuine
    ones in person, once a customer and day, whoever made them.

    The level is today's, as nobody keeps the one of before. So is the do-not-disturb mark, with
    which a telephone salesperson is asked for nothing (VIS-4). Two queries; for a month that is
    over four. What a file of the company's table changed in whose customers are is as it is today.
    """
    whose = {each.pk: each for each in people}
    passed, had = _passed_on(month)
    files = Customer.objects.standing().filter(
        Q(owner__in=whose) | Q(pk__in=passed.filter(from_person__in=whose).values("customer")),
        level__in=LEVELS,
        created_on__lt=month.first_day,
    )
    made = _made(files, month)
    seen = set(_still_seen(passed, user)) if had else set()
    found: dict[int, list[Visited]] = defaultdict(list)
    rows = files.order_by("level", "customer_no")
    for pk, now, name, level, quiet in rows.values_list(
        "pk", "owner_id", "name", "level", "do_not_disturb"
    ):
        owner = whose.get(had.get(pk, now) or 0)
        if owner is None or (quiet and owner.channel == Channel.TELEPHONE):
            continue
        may_see = pk not in had or pk in seen
        found[owner.pk].append(Visited(name if may_see else "", level, made[pk]))
    return found


def _passed_on(month: Month) -> tuple[QuerySet[OwnerChange], dict[int, int | None]]:
    """How files passed from owner to owner after a month; who had each of them when it ended."""
    passed = OwnerChange.objects.filter(at__gte=month.end).order_by("at", "pk")
    if month.end > clock.now():
        return passed.none(), {}
    had: dict[int, int | None] = {}
    for customer, person in passed.values_list("customer_id", "from_person_id"):
        had.setdefault(customer, person)
    return passed.order_by(), had


def _made(files: QuerySet[Customer], month: Month) -> Counter[int]:
    """The visits of each file: days on which somebody called in person."""
    visits = Visit.objects.in_month(month).genuine().in_person()
    rows = visits.filter(customer__in=files.order_by().values("pk")).order_by()
    return Counter(
        customer for customer, _day in set(rows.values_list("customer_id", CompanyDay("at")))
    )


def _still_seen(passed: QuerySet[OwnerChange], user: Any) -> QuerySet[Any]:
    """Of the files that passed on those that a user may see as they are today."""
    seen = Customer.objects.visible_to(user).filter(pk__in=passed.values("customer"))
    return seen.order_by().values_list("pk", flat=True)
