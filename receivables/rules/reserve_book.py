"""A reserve account as a bank book, and what a year's end does with it (RES-1, RES-2). Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from core.money import ZERO, total
from core.months import Month
from payroll.rules import Account, Charge
from receivables.rules.reserve import CaseFact

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What happens on one day happens in this order (see rules/reserve.py).
_ORDER = {"RES-1": 1, "RES-4": 2, "RES-6": 3, "RES-2": 4}


class Move(Protocol):
    """An entry as the book looks at it."""

    @property
    def key(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def for_month(self) -> Month: ...
    @property
    def policy_on(self) -> date: ...
    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def reverses_id(self) -> Any: ...


def on_reserve(source: str, target: str, amount: Decimal) -> Decimal:
    """Signed yuan on the reserve account: plus is what is paid in."""
    return amount * ((target == Account.RESERVE) - (source == Account.RESERVE))


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of the book: what the entries of one key do together, and what is there after it.

    `entry` speaks for them; `amount` is nothing where all was taken back.
    """

    entry: Any
    day: date
    amount: Decimal
    balance: Decimal

    @property
    def month(self) -> Month:
        month: Month = self.entry.for_month
        return month


def book_lines(moves: Iterable[Move]) -> list[BookLine]:
    """One person's entries on the reserve as a book, in the order in which it happened.

    The last line's balance is the sum of all entries, to the fen.
    """
    together: dict[tuple[Month, str], list[Move]] = defaultdict(list)
    for move in moves:
        together[move.for_month, move.key].append(move)
    found, balance = [], ZERO
    for same in sorted(together.values(), key=_when):
        amount = total(on_reserve(m.source, m.target, m.amount) for m in same)
        balance += amount
        speaks = _speaks(same)
        found.append(BookLine(speaks, day_of(speaks), amount, balance))
    return found


def _speaks(same: Sequence[Move]) -> Move:
    """The last that was posted, and not one that takes back."""
    posted = [move for move in same if move.reverses_id is None]
    return (posted or same)[-1]


def _when(same: Sequence[Move]) -> tuple[date, int, str]:
    move = _speaks(same)
    is_opening = "/opening/" in move.key
    return day_of(move), 0 if is_opening else _ORDER.get(move.rule, 5), move.key


def day_of(move: Move) -> date:
    """The day a move is about: the one its key names, else the one whose policy counts."""
    named = next(filter(_DAY.fullmatch, move.key.split("/")), None)
    return date.fromisoformat(named) if named else move.policy_on


@dataclass(frozen=True, slots=True)
class YearEnd:
    """What a year's end does with one reserve, or leaving did in that year (RES-2).

    `held`: what is in it before the refund, December's own deposit included. `cases`: those that
    stand against a refund.
    """

    employee_no: str
    held: Decimal
    refund: Decimal = ZERO
    reward: Decimal = ZERO
    left_on: date | None = None
    cases: tuple[CaseFact, ...] = ()

    @property
    def kind(self) -> str:
        """`left`, `refunded`, `stays` (a case stands against it) or `empty`."""
        if self.left_on is not None:
            return "left"
        if self.refund:
            return "refunded"
        return "stays" if self.held > 0 else "empty"

    @property
    def stays(self) -> Decimal:
        """What is carried into the next year."""
        return self.held - self.refund


def against_refund(
    cases: Iterable[CaseFact], year: int, left_on: date | None
) -> tuple[CaseFact, ...]:
    """The cases that stand against paying a reserve back: of who leaves those open on the last
    day, else those opened in the year or still open at its end (RES-2)."""
    if left_on is not None:
        return tuple(case for case in cases if case.is_open_on(left_on))
    last = date(year, 12, 31)
    return tuple(c for c in cases if c.opened_on.year == year or c.is_open_on(last))


@dataclass(frozen=True, slots=True)
class Refunds:
    """What RES-2 gave one person in a year, in yuan."""

    refund: Decimal = ZERO
    reward: Decimal = ZERO

    def and_charge(self, source: str, target: str, amount: Decimal) -> "Refunds":
        if source == Account.RESERVE:
            return Refunds(self.refund + amount, self.reward)
        return Refunds(self.refund, self.reward + amount)


def moved(balances: Mapping[str, Decimal], charges: Iterable[Charge]) -> dict[str, Decimal]:
    """Reserve balances by employee number, after these charges."""
    found = dict(balances)
    for charge in charges:
        amount = on_reserve(charge.source, charge.target, charge.amount)
        if amount:
            found[charge.employee_no] = found.get(charge.employee_no, ZERO) + amount
    return found
