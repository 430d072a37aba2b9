"""The vocabulary of reads about visits, and who sees which (ORG-1, VIS-2)."""

from collections import defaultdict
from datetime import date
from typing import Any, Self

from accounts.models import Person
from accounts.querysets import OwnedQuerySet
from core.db import CompanyDay
from core.months import Month
from customers.querysets.files import SEE_ALL_CUSTOMERS
from customers.rules.points import points


class VisitQuerySet(OwnedQuerySet):
    SEEN_BY = SEE_ALL_CUSTOMERS

    def genuine(self) -> Self:
        """Those not void."""
        return self.filter(void=False)

    def in_person(self) -> Self:
        """Every kind but telephone (VIS-2)."""
        return self.exclude(kind="telephone")

    def in_month(self, month: Month) -> Self:
        return self.filter(at__gte=month.start, at__lt=month.end)

    def answered(self) -> Self:
        """Void ones to which the salesperson has answered, and nobody has decided yet."""
        return self.filter(void=True, replied_at__isnull=False, settled_at=None)

    def with_open_step(self) -> Self:
        """Genuine ones whose next step is not done yet."""
        return self.genuine().filter(next_on__isnull=False, next_done_at=None)


def points_of(person: Person, month: Month) -> int:
    """Somebody's points of a month so far (VIS-2). One query."""
    return points_by_person([person], month).get(person.pk, 0)


def points_by_person(people: Any, month: Month) -> dict[int, int]:
    """The points of a month so far, by the id of whoever has any (VIS-2). One query."""
    from customers.models import Visit

    found: dict[int, set[tuple[int, date]]] = defaultdict(set)
    visits = (
        Visit.objects.filter(person__in=people)
        .in_month(month)
        .genuine()
        .in_person()
        .order_by()
        .values_list("person_id", "customer_id", CompanyDay("at"))
    )
    for person_id, customer_id, day in visits:
        found[person_id].add((customer_id, day))
    return {person_id: points(visited) for person_id, visited in found.items()}


def last_customers(person: Person, *, most: int) -> list[Any]:
    """The customers somebody called on last, the latest first. One query."""
    from customers.models import Visit

    latest = Visit.objects.filter(person=person).genuine().select_related("customer")
    found = {each.customer_id: each.customer for each in latest.order_by("-at")[: 4 * most]}
    return list(found.values())[:most]
