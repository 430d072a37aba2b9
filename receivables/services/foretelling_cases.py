"""What follows from a cost or an outcome of a bad-debt case, told before it is confirmed (RES-4 to
RES-6). It is done, assessed as a close would, and taken back: what is told is what comes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import Person
from core import clock
from core.months import Month
from payroll.assessment import Contexts
from payroll.foretelling import PayChange, before_and_after, changes_of
from payroll.groups import Group
from payroll.models import PayMonth
from payroll.preview import LookedAt, charges_expected
from payroll.rules import Charge
from receivables.charges.reserve import reserve
from receivables.charges.reserve_ahead import reserve_ahead
from receivables.models import BadDebt
from receivables.querysets.cases import owed_on
from receivables.querysets.reserve_book import first_open_month
from receivables.rules.reserve_book import YearEnd
from receivables.year_end import DECEMBER, year_end_from


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a salesperson stands: the charges of months, the reserve at the end of the running one,
    and the year's end, as things stand."""

    charges: Mapping[Month, Sequence[Charge]]
    reserve: Decimal
    year_end: YearEnd | None

    def of_key(self, start: str) -> list[Charge]:
        """The charges whose keys begin so."""
        return [c for month in self.charges.values() for c in month if c.key.startswith(start)]


@dataclass(frozen=True, slots=True)
class CaseForetold:
    """How the salesperson of a case stands before and after, and what differs on pay.

    `owed`: what is unpaid of the order on the day it is about. `final`: the months of those looked
    at that take no more entries.
    """

    person: Person
    day: date
    months: Sequence[Month]
    final: Sequence[Month]
    owed: Decimal
    before: Outlook
    after: Outlook
    pay: Sequence[PayChange]


def case_foretell(*, case: BadDebt, day: date, change: Callable[[], Any]) -> CaseForetold:
    """What follows if `change` is made, which is about a day of the case. What it raises is
    raised; nothing is written."""
    now, person = clock.now(), case.order.person
    months = months_from(min(filter(None, (day, case.outcome_on))), now)
    with transaction.atomic():
        owed = owed_on([case.order_id], day)[case.order_id]
        # No step before that of the reserve, and nothing it builds on, knows of cases.
        looked_at = LookedAt(Contexts(Group(person.pk, person.pk)), since=reserve)
        start = min(months[0], first_open_month(now))
        before, after = before_and_after(
            lambda: _outlook(person, months, start, now, looked_at), change
        )
        final = PayMonth.objects.filter(month__in=months, state=PayMonth.State.FINAL)
        finals = sorted(final.values_list("month", flat=True))
    changes = [
        found
        for month in months
        for found in changes_of(person, month, before.charges[month], after.charges[month])
    ]
    return CaseForetold(person, day, months, finals, owed, before, after, changes)


def months_from(day: date, now: datetime) -> list[Month]:
    """The month of a day and those since, up to the one that runs."""
    running, month = Month.of(clock.local_date(now)), Month.of(day)
    found = [month]
    while found[-1] < running:
        found.append(found[-1].next())
    return found


def _outlook(
    person: Person, months: Sequence[Month], start: Month, now: datetime, looked_at: LookedAt
) -> Outlook:
    running = Month.of(clock.local_date(now))
    last = Month(running.year, DECEMBER)
    ahead = reserve_ahead(start=start, last=last, as_of=now, contexts=looked_at.contexts)
    no = person.employee_no
    held = next((each.balances.get(no) for each in ahead if each.month == running), None)
    year = year_end_from(running.year, ahead, start, posted=False, person=person)
    return Outlook(
        charges=charges_expected(person, months, now, looked_at),
        reserve=held or Decimal("0.00"),
        year_end=year.ends.get(no),
    )
