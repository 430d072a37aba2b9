"""A year's end of the reserves: what was posted, or what would be as things stand (RES-2)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from accounts.models import Person
from core.money import ZERO
from core.months import Month
from payroll.assessment import Contexts
from payroll.groups import Group
from payroll.models import Entry
from payroll.querysets import EntryQuerySet
from payroll.rules import Account, Charge
from receivables.charges.reserve_ahead import MonthAhead, reserve_ahead
from receivables.models import BadDebt
from receivables.querysets.cases import facts_of
from receivables.querysets.reserve_book import first_open_month, is_closed
from receivables.rules.reserve_book import Refunds, YearEnd, against_refund

DECEMBER = 12


@dataclass(frozen=True)
class Year:
    """A year's end: of everybody, or of one person."""

    year: int
    is_posted: bool
    ends: Mapping[str, YearEnd]


def year_end(year: int, now: datetime, person: Person | None = None) -> Year:
    """What a year's end did, or, as long as its December is not closed, would do as things stand.

    The same assessment as the close; nothing is posted. A constant number of queries.
    """
    posted = is_closed(Month(year, DECEMBER))
    start = Month(year, DECEMBER).next() if posted else first_open_month(now)
    ahead = [] if posted else _ahead(start, year, now, person)
    return year_end_from(year, ahead, start, posted=posted, person=person)


def _ahead(start: Month, year: int, now: datetime, person: Person | None) -> list[MonthAhead]:
    contexts = Contexts(Group(person.pk, person.pk)) if person else None
    return reserve_ahead(start=start, last=Month(year, DECEMBER), as_of=now, contexts=contexts)


def year_end_from(
    year: int,
    ahead: Sequence[MonthAhead],
    start: Month,
    *,
    posted: bool,
    person: Person | None = None,
) -> Year:
    """The same, from months ahead that were looked at already. Four queries."""
    last = Month(year, DECEMBER)
    entries, people = Entry.objects.all(), Person.objects.salespeople()
    cases = BadDebt.objects.filter(opened_on__lte=last.last_day)
    if person is not None:
        entries, people = entries.filter(person=person), people.filter(pk=person.pk)
        cases = cases.filter(order__person=person)
    refunds = _refunds(entries, year, before=start, ahead=ahead)
    balances = dict(ahead[-1].balances) if ahead else _balances(entries, last)
    own = facts_of(cases)
    employed = people.filter(hired_on__lte=last.last_day).filter(
        Q(left_on=None) | Q(left_on__gte=date(year, 1, 1))
    )
    return Year(
        year,
        posted,
        {
            no: _end_of(no, left_on, year, refunds, balances, own)
            for no, left_on in employed.order_by("employee_no").values_list(
                "employee_no", "left_on"
            )
        },
    )


def _end_of(
    no: str,
    left_on: date | None,
    year: int,
    refunds: Mapping[str, Refunds],
    balances: Mapping[str, Decimal],
    own: Mapping[str, Any],
) -> YearEnd:
    left = left_on if left_on and left_on.year == year else None
    got = refunds.get(no, Refunds())
    return YearEnd(
        employee_no=no,
        held=balances.get(no, ZERO) + got.refund,
        refund=got.refund,
        reward=got.reward,
        left_on=left,
        cases=() if got.refund else against_refund(own.get(no, ()), year, left),
    )


def _refunds(
    entries: EntryQuerySet, year: int, *, before: Month, ahead: Sequence[MonthAhead]
) -> dict[str, Refunds]:
    """What RES-2 gives in a year: as posted before a month, as things stand from it on."""
    found: dict[str, Refunds] = defaultdict(Refunds)
    rows = entries.standing().filter(
        rule="RES-2", for_month__gte=Month(year, 1), for_month__lt=before
    )
    for no, source, target, amount in rows.values_list(
        "person__employee_no", "source", "target", "amount"
    ):
        found[no] = found[no].and_charge(source, target, amount)
    for charge in _charged(ahead, year):
        no = charge.employee_no
        found[no] = found[no].and_charge(charge.source, charge.target, charge.amount)
    return found


def _charged(ahead: Sequence[MonthAhead], year: int) -> list[Charge]:
    return [
        charge
        for each in ahead
        if each.month.year == year
        for charge in each.charges
        if charge.rule == "RES-2"
    ]


def _balances(entries: EntryQuerySet, through: Month) -> dict[str, Decimal]:
    """What was in each reserve at the end of a month, by employee number."""
    rows = entries.filter(for_month__lte=through).touching(Account.RESERVE)
    return {no: sum_ for (name, no), sum_ in rows.balances().items() if name == Account.RESERVE}
