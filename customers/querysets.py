"""The vocabulary of reads about customers and visits, and who sees which (ORG-1, CUS-2)."""

from collections import defaultdict
from datetime import date
from typing import Any

from accounts.models import Person
from accounts.querysets import OwnedQuerySet
from core.db import CompanyDay
from core.months import Month
from customers.rules import points

SEE_ALL_CUSTOMERS = ("manager", "leader")


class CustomerQuerySet(OwnedQuerySet):
    """Files are trade secrets: the owner's, who leads them, and the heads'."""

    PERSON = "owner"
    SEEN_BY = SEE_ALL_CUSTOMERS


class VisitQuerySet(OwnedQuerySet):
    SEEN_BY = SEE_ALL_CUSTOMERS


def points_of(person: Person, month: Month) -> int:
    """Somebody's points of a month so far (VIS-2). One query."""
    return points_by_person([person], month).get(person.pk, 0)


def points_by_person(people: Any, month: Month) -> dict[int, int]:
    """The points of a month so far, by the id of whoever has any (VIS-2). One query."""
    from customers.models import Visit

    found: dict[int, set[tuple[int, date]]] = defaultdict(set)
    visits = (
        Visit.objects.filter(person__in=people, void=False, at__gte=month.start, at__lt=month.end)
        .exclude(kind=Visit.Kind.TELEPHONE)
        .order_by()
        .values_list("person_id", "customer_id", CompanyDay("at"))
    )
    for person_id, customer_id, day in visits:
        found[person_id].add((customer_id, day))
    return {person_id: points(visited) for person_id, visited in found.items()}
