"""What of the month's closes is due, and what comes next: asked of the database, not of beat.

A close is done up to an instant (`PayMonth.closed_as_of`). Whatever was missed, by however long,
is one close away.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from accounts.models import Person
from core import clock
from core.daily import daily
from core.jobs import Due
from core.months import Month
from core.once import once
from core.tables.counts import has_rows_in
from payroll.models import Appeal, PayMonth
from policy.querysets import policy_book
from policy.workdays import cutoff_of

DAY_STARTS = timedelta(minutes=10)  # yesterday's last punches have come in
MONTH_CLOSES = timedelta(minutes=30)  # 00:30 on the 1st
FINALS_ARE_MADE = timedelta(minutes=40)  # after the day's closes


def days(now: datetime) -> Iterator[Due]:
    """Yesterday's attendance and whatever else a day brought, once a day at 00:10.

    That of a month's last day is its month's close.
    """
    today = clock.local_date(now)
    for month, closed_as_of in _kept_by_program(now):
        if today not in month:
            continue
        at = clock.start_of(today) + DAY_STARTS
        if closed_as_of is None or closed_as_of < at:
            yield Due(str(month), at)
        if today < month.last_day:
            yield Due(str(month), clock.start_of(today + timedelta(days=1)) + DAY_STARTS)


def cutoffs(now: datetime) -> Iterator[Due]:
    """The cutoff of collections, on the 28th at 16:00 (CUT-1)."""
    book = policy_book()
    for month, closed_as_of in _kept_by_program(now):
        at = cutoff_of(month, book)
        if closed_as_of is None or closed_as_of < at:
            yield Due(str(month), at)


def month_ends(now: datetime) -> Iterator[Due]:
    """The month's close, on the 1st at 00:30; December's settles the year's reserve (RES-2)."""
    for month, closed_as_of in _kept_by_program(now):
        at = month.end + MONTH_CLOSES
        if closed_as_of is None or closed_as_of < at:
            yield Due(str(month), at)


def finals(now: datetime) -> Iterator[Due]:
    """The earliest draft made final by the program, where the company has switched that on: every
    day at 00:40 once its window has ended and no appeal is open, until it is done (PAY-2)."""
    drafts = PayMonth.objects.filter(state=PayMonth.State.CLOSED, draft_at__isnull=False)
    draft = drafts.order_by("month").first()
    if draft is None:
        return
    window = draft.window
    if window is None or not policy_book().on(clock.local_date(now)).auto_final_on:
        return
    for due in daily(now, after=FINALS_ARE_MADE):
        if not window.is_over(due.at):
            continue
        if not Appeal.objects.undecided().filter(pay_month=draft.month).exists():
            yield Due(str(draft.month), due.at)


@once
def _kept_by_program(now: datetime) -> list[tuple[Month, datetime | None]]:
    """The months the program closes by itself, each with the instant it is closed up to.

    From the first month of the books that is not final to the current one; those of which nothing
    at all is known are left to people. Books nobody has closed a month of begin with the current.
    """
    current = Month.of(clock.local_date(now))
    books = {month.month: month for month in PayMonth.objects.all()}
    begun = [m for m, pay_month in books.items() if pay_month.state != PayMonth.State.OPEN]
    month, found = min([*begun, current]), []
    while month <= current:
        known = books.get(month)
        if not (known and known.is_final) and _has_something_to_close(month):
            found.append((month, known.closed_as_of if known else None))
        month = month.next()
    return found


def _has_something_to_close(month: Month) -> bool:
    return has_rows_in(month) and Person.objects.salespeople().employed_in(month).exists()
