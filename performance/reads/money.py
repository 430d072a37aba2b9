"""Money handed in and orders signed in a period, for many people at once (TAR-1)."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from core import clock
from core.months import CollectionMonth
from core.once import once
from orders.models import Order
from performance.rules.periods import Period
from policy.querysets import policy_book, workdays
from policy.workdays import collection_month
from receivables.querysets.months import bounds_kept_of
from receivables.querysets.sold import sold_in, whole


def bounds(period: Period) -> list[CollectionMonth]:
    """The collection months of a period. Two queries."""
    book = policy_book()
    return bounds_kept_of([collection_month(month, book) for month in period.months])


def handed_in(period: Period, people: Collection[int] | None = None) -> dict[str, Decimal]:
    """Yuan handed in in the period's collection months, by employee number: for orders that were
    theirs when it counted (adr/0018). Six queries at the most."""
    return sold_in(whole(bounds(period)), people)


def signed(period: Period, people: Collection[int] | None = None) -> dict[int, Decimal]:
    """Yuan of the orders signed in the calendar months of a period, by the id of whose they are.
    One query."""
    rows = Order.objects.filter(signed_on__range=(period.first_day, period.last_day)).order_by()
    if people is not None:
        rows = rows.filter(person__in=people)
    return dict(rows.values_list("person").annotate(sum=Sum("amount")))


@once
def workdays_passed(period: Period, today: date) -> tuple[int, int]:
    """Of the workdays of a period's calendar: those over before today, and all."""
    found = list(workdays().between(period.first_day, period.last_day))
    return sum(1 for day in found if day < today), len(found)


def collection_days_passed(months: list[CollectionMonth], today: date) -> tuple[int, int]:
    """The same of its collection months: from the day after a cutoff to the next."""
    first = clock.local_date(months[0].after)
    last = clock.local_date(months[-1].cutoff)
    found = [day for day in workdays().between(first, last) if day > first]
    return sum(1 for day in found if day < today), len(found)
