"""How many suggestions somebody made (REP-4)."""

from datetime import date

from django.db.models import Count, QuerySet

from accounts.models import Person
from core import clock
from reports.models import Suggestion


def suggestion_counts(*, first: date, last: date, people: QuerySet[Person]) -> dict[int, int]:
    """How many suggestions each of these made from the first to the last day, both included; by
    the id of whoever made any. Answered or not: making one is the activity (REP-4). One query."""
    rows = Suggestion.objects.filter(
        person__in=people.order_by().values("pk"),
        made_at__gte=clock.start_of(first),
        made_at__lt=clock.end_of(last),
    )
    return dict(rows.order_by().values_list("person").annotate(n=Count("pk")))
