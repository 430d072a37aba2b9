"""Who sees which planned visits, and which of them were made (ORG-1, VIS-5)."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from accounts.querysets import OwnedQuerySet
from core import clock
from core.db import CompanyDay
from customers.querysets.files import SEE_ALL_CUSTOMERS


class VisitPlanQuerySet(OwnedQuerySet):
    SEEN_BY = SEE_ALL_CUSTOMERS

    def standing(self) -> Self:
        """Those not dropped."""
        return self.filter(dropped_at=None)


def made_visits(people: Iterable[int], first: date, last: date) -> dict[tuple[int, int, date], int]:
    """The genuine visits of these days: the visit's id by person, customer and day. One query."""
    from customers.models import Visit

    rows = Visit.objects.filter(
        person__in=people, at__gte=clock.start_of(first), at__lt=clock.end_of(last)
    )
    told = rows.genuine().order_by("at")
    values = told.values_list("person_id", "customer_id", CompanyDay("at"), "pk")
    return {(person, customer, day): pk for person, customer, day, pk in values}
