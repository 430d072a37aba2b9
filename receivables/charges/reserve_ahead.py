"""The reserve of the months to come, as things stand: by the rules of the close, nothing posted.

Months that have begun are assessed as their close would; those after them are walked through with
what these leave, for in them nothing has happened yet.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from core import clock
from core.db import read_snapshot
from core.months import Month
from payroll.assessment import Contexts, context_of
from payroll.context import CloseContext
from payroll.rules import Account, Charge, PersonFacts
from receivables.charges.reserve import cases_known, reserve
from receivables.rules.reserve import CaseFact, ReserveFacts, ReserveMonth
from receivables.rules.reserve_book import moved

Balances = Mapping[str, Decimal]


@dataclass(frozen=True)
class MonthAhead:
    """What a month's end brings to reserves, and what is in them after it, by employee number."""

    month: Month
    charges: Sequence[Charge]
    balances: Balances


ContextAt = Callable[[Month, datetime], CloseContext]


def reserve_ahead(
    *, start: Month, last: Month, as_of: datetime, contexts: Contexts | None = None
) -> list[MonthAhead]:
    """The months from `start` to `last`, in order, of a group or of everybody. The books are read
    as far as before `start`.

    Reads in one snapshot; the number of queries hangs on the months that have begun alone.
    """
    with read_snapshot():
        return list(_ahead(start, last, as_of, contexts.at if contexts else _of_everybody))


def _of_everybody(month: Month, as_of: datetime) -> CloseContext:
    return context_of(month=month, as_of=as_of)


def _ahead(start: Month, last: Month, as_of: datetime, at: ContextAt) -> Iterator[MonthAhead]:
    running = max(start, Month.of(clock.local_date(as_of)))
    month, balances, context = start, None, None
    while month <= min(running, last):
        context = _opened(at(month, max(as_of, month.end)), balances)
        charges = reserve(context).charges
        opened = balances if balances is not None else _openings(context)
        balances = moved(opened, charges)
        yield MonthAhead(month, charges, balances)
        month = month.next()
    if context is None or balances is None:
        return
    cases = _own_cases(context)
    while month <= last:
        charges = [
            charge
            for person in context.people
            for charge in _walked(context, month, person, balances, cases)
        ]
        balances = moved(balances, charges)
        yield MonthAhead(month, charges, balances)
        month = month.next()


def _opened(context: CloseContext, balances: Balances | None) -> CloseContext:
    """A month opening with what the one before it left."""
    if balances is None:
        return context
    opened = {(Account.RESERVE, no): amount for no, amount in balances.items()}
    return replace(context, openings={**context.openings, **opened})


def _openings(context: CloseContext) -> dict[str, Decimal]:
    return {no: amount for (name, no), amount in context.openings.items() if name == "reserve"}


def _own_cases(context: CloseContext) -> dict[str, list[CaseFact]]:
    found: dict[str, list[CaseFact]] = defaultdict(list)
    for case in cases_known(context):
        found[case.employee_no].append(case)
    return found


def _walked(
    context: CloseContext,
    month: Month,
    person: PersonFacts,
    balances: Balances,
    cases: Mapping[str, Sequence[CaseFact]],
) -> list[Charge]:
    no = person.employee_no
    facts = ReserveFacts(person, opening=balances.get(no, Decimal()), cases=cases.get(no, ()))
    return ReserveMonth(facts, month, context.book, is_over=True, waived=context.waived).walk()
