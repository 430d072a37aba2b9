"""What a step of the month's close is given. The same for the close, a preview, a simulation."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import QuerySet

from core import clock
from core.money import ZERO, total
from core.months import CollectionMonth, Month
from payroll.groups import Chosen, Group
from payroll.rules import Account, Charge, PersonFacts
from policy.rules import Policy, PolicyBook
from policy.workdays import Workdays, collection_month

AccountOf = tuple[Account, str]
Rows = TypeVar("Rows", bound=QuerySet[Any])
Read = TypeVar("Read")
Keep = Callable[[Mapping[str, int]], None]
"""Writes down what was read before, given the ids of people by employee number."""


@dataclass
class Coming:
    """The earliest instant somebody asked for that had not come yet; None: nothing will change."""

    next: datetime | None = None

    def note(self, instant: datetime) -> None:
        if self.next is None or instant < self.next:
            self.next = instant


@dataclass(frozen=True)
class CloseContext:
    """A month as the steps of its close see it.

    `as_of`: what falls due up to that instant counts. `first_month`: the first month these books
    keep; openings dated before it count in it. `openings`: balance of (account, employee no.; ""
    for the company's own accounts) from all months before. `corrections`: what stands on this
    month's statements for earlier, final months, in yuan by employee no. and rule. `earlier`: the
    charges of the steps before; a step never reads the entries of its own month. `waived`: the keys
    of charges forgiven; only a step whose own charges build on each other needs to look. `group`:
    the salespeople the context is of; none means all. `group_totals`: what the groups' charges
    come to by rule, in yuan, where the context is of the whole department.
    """

    month: Month
    as_of: datetime
    people: Sequence[PersonFacts]
    book: PolicyBook
    workdays: Workdays
    first_month: Month
    openings: Mapping[AccountOf, Decimal] = field(default_factory=dict)
    corrections: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    earlier: tuple[Charge, ...] = ()
    marks: frozenset[tuple[str, str]] = frozenset()
    waived: frozenset[str] = frozenset()
    group: Group | Chosen | None = None
    group_totals: Mapping[str, Decimal] = field(default_factory=dict)
    coming: Coming = field(default_factory=Coming, compare=False, repr=False)
    _read: dict[Callable[..., Any], Any] = field(default_factory=dict, compare=False, repr=False)
    _reckoned: dict[Callable[..., Any], Any] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def among(self, rows: Rows, person: str = "person") -> Rows:
        """Those facts that are about the people of this context; `person` is the way to them."""
        return rows if self.group is None else self.group.of(rows, person)

    def read(self, facts: "Callable[[CloseContext], Read]") -> Read:
        """What `facts` reads for this month and group, read once however many steps ask.

        Not what hangs on `as_of`: the same month is looked at as of several instants.
        """
        if facts not in self._read:
            self._read[facts] = facts(self)
        found: Read = self._read[facts]
        return found

    def reckon(self, what: "Callable[[CloseContext], Read]") -> Read:
        """What follows from this context as it stands, reckoned once for whoever asks."""
        if what not in self._reckoned:
            self._reckoned[what] = what(self)
        found: Read = self._reckoned[what]
        return found

    def has_come(self, instant: datetime) -> bool:
        """Whether an instant is not later than `as_of`: the one way to ask what falls due.

        What has not come is kept in mind: from then on the month may come to something else.
        """
        if instant <= self.as_of:
            return True
        self.coming.note(instant)
        return False

    @cached_property
    def is_over(self) -> bool:
        """Whether the calendar month has ended: what is reckoned on its last day is due."""
        return self.has_come(self.month.end)

    @property
    def last_version(self) -> Policy:
        """The version of the month's last day (TIME-5: reserve and points)."""
        return self.book.on(self.month.last_day)

    @cached_property
    def collection_month(self) -> CollectionMonth:
        return collection_month(self.month, self.book)

    @cached_property
    def month_workdays(self) -> list[date]:
        return self.workdays.of(self.month)

    @cached_property
    def by_no(self) -> Mapping[str, PersonFacts]:
        return {p.employee_no: p for p in self.people}

    def day_of(self, instant: datetime) -> date:
        """The company's date of an instant within the month."""
        return self._days[bisect_right(self._day_starts, instant) - 1]

    @cached_property
    def _days(self) -> list[date]:
        return list(self.month.days())

    @cached_property
    def _day_starts(self) -> list[datetime]:
        return [clock.start_of(day) for day in self._days]

    def has_ended(self, day: date) -> bool:
        """Whether a day is over: its attendance can be judged."""
        return self.has_come(clock.end_of(day))

    def has_begun(self, day: date) -> bool:
        """Whether a day has come: what is dated on it counts."""
        return self.has_come(clock.start_of(day))

    @property
    def last_day_begun(self) -> date:
        """The month's last day, or the last that has come."""
        if self.is_over:
            return self.month.last_day
        today = clock.local_date(self.as_of)
        self.has_come(clock.end_of(today))
        return min(today, self.month.last_day)

    def is_due(self, day: date | None) -> bool:
        """Whether something dated on that day belongs to this month and has come."""
        return day is not None and day in self.month and self.has_begun(day)

    def opening(self, account: Account, employee_no: str = "") -> Decimal:
        return self.openings.get((account, employee_no), ZERO)

    def earlier_of(self, *rules: str) -> Iterable[Charge]:
        return (charge for charge in self.earlier if charge.rule in rules)

    def total_of(self, rule: str) -> Decimal:
        """What the charges of a rule come to, in yuan: the groups' and those of steps before."""
        own = total(charge.amount for charge in self.earlier_of(rule))
        return self.group_totals.get(rule, ZERO) + own

    def marked(self, rule: str) -> frozenset[str]:
        """Employee numbers that an earlier step marked under a rule."""
        return frozenset(employee_no for by, employee_no in self.marks if by == rule)

    def opens_here(self, month: Month) -> bool:
        """Whether an opening balance of that month is taken into these books in this one."""
        return month == self.month or (month < self.month and self.month == self.first_month)
