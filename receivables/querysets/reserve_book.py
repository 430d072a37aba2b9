"""Reserve accounts as the books have them."""

from datetime import datetime
from typing import Any

from django.db.models import Count, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Person
from core import clock
from core.money import ZERO, MoneyField
from core.months import Month
from payroll.models import Entry, PayMonth
from payroll.querysets import pay_visible_people
from payroll.rules import Account
from receivables.models import BadDebt
from receivables.rules.reserve_book import BookLine, book_lines

SHOWN_FROM = 11  # the month from which a year's end is foretold


def book_of(person: Person) -> list[BookLine]:
    """The whole book of one reserve. One query."""
    entries = Entry.objects.filter(person=person).touching(Account.RESERVE)
    return book_lines(entries.select_related("person").order_by("id"))


def reserve_owners(user: Any) -> QuerySet[Person]:
    """The salespeople whose pay a user may see, with what is in their reserve and how many cases
    are open on their orders; those who left as long as something is in it."""
    mine = Person.objects.salespeople().filter(pk__in=pay_visible_people(user).values("pk"))
    people = mine.annotate(
        reserve=ExpressionWrapper(_sum("target") - _sum("source"), output_field=MoneyField()),
        open_cases=Coalesce(Subquery(_open_cases()), 0),
    )
    here = Q(left_on=None) | Q(left_on__gte=clock.today())
    return people.filter(here | ~Q(reserve=ZERO) | Q(open_cases__gt=0))


def _sum(side: str) -> Coalesce:
    rows = Entry.objects.filter(person=OuterRef("pk"), **{side: Account.RESERVE}).order_by()
    summed = Subquery(rows.values("person").annotate(sum=Sum("amount")).values("sum"))
    return Coalesce(summed, ZERO, output_field=MoneyField())


def _open_cases() -> Any:
    rows = BadDebt.objects.open().filter(order__person=OuterRef("pk")).order_by()
    return rows.values("order__person").annotate(n=Count("id")).values("n")


def first_open_month(now: datetime) -> Month:
    """The first month the books have not closed after its end, in which what is ahead begins."""
    closed = dict(PayMonth.objects.values_list("month", "closed_as_of"))
    month = Month.of(clock.local_date(now))
    while closed and month > min(closed):
        before = month.previous()
        closed_as_of = closed.get(before)
        if closed_as_of is not None and closed_as_of >= before.end:
            break
        month = before
    return month


def is_closed(month: Month) -> bool:
    """Whether a month was closed after its end."""
    return PayMonth.objects.filter(month=month, closed_as_of__gte=month.end).exists()


def years_with_books(now: datetime) -> list[int]:
    """The years whose end can be looked at: the running one from November on, and those before it
    that have books, the latest first."""
    today = clock.local_date(now)
    first = PayMonth.objects.order_by("month").values_list("month", flat=True).first()
    newest = today.year if today.month >= SHOWN_FROM else today.year - 1
    oldest = first.year if first else today.year
    return list(range(newest, oldest - 1, -1))
