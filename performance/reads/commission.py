"""Commission as it stands in the collection month that runs (COMM-1)."""

from datetime import datetime

from accounts.models import Person
from core import clock
from core.money import ZERO
from core.months import Month
from performance.reads.money import handed_in
from performance.rules.commission import Standing, standing
from performance.rules.periods import Period
from policy.querysets import policy_book
from policy.rules import Tier
from policy.workdays import cutoff_of
from receivables.querysets.months import collection_month_of


def month_running(now: datetime) -> Month:
    """The collection month that an instant lies in."""
    return collection_month_of(now, policy_book())


def tiers_of(month: Month) -> tuple[Tier, ...]:
    """The tiers of a collection month: those of the day of its cutoff (TIME-5)."""
    book = policy_book()
    return book.on(clock.local_date(cutoff_of(month, book))).commission_tiers


def standing_of(person: Person, now: datetime) -> tuple[Month, Standing]:
    """The running collection month, and where somebody stands in it: as its close would reckon it
    if it were over now. What is undone meanwhile is not in it. Six queries at the most."""
    month = month_running(now)
    money = handed_in(Period(month, 1), [person.pk]).get(person.employee_no, ZERO)
    return month, standing(money, tiers_of(month))
