"""What somebody is to bring in a period, how far they are, where it leads (TAR-1). Pure.

All of it is *decided* (adr/0033): the documents say that the target stands in the contract.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from core.money import ZERO, round_half_up
from performance.rules.periods import Period

TENTH = Decimal("0.1")


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """A part of a whole that is above nothing, in percent with one decimal, half up."""
    return (Decimal(100) * part / whole).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class TargetFact:
    """What somebody agreed to: the contract's yuan a year (None: nothing), and since when and
    until when they are employed. `own`: what was set for periods, which stands before the
    contract."""

    hired_on: date
    left_on: date | None
    contract: Decimal | None
    own: Mapping[Period, Decimal]


def target_of(fact: TargetFact, period: Period) -> Decimal | None:
    """The target of a period in yuan; None where nobody set one.

    The closest word counts: one for the period itself as it stands; the sum of those of its months
    or quarters, where each has one; else a share of the shortest longer period that has one, by
    the months the person is employed in each; last a twelfth of the contract's year for each month,
    and of one in which she comes or leaves a part, by its calendar days.
    """
    if period in fact.own:
        return fact.own[period]
    if parts := _of_parts(fact, period):
        return parts
    longer = [each for each in fact.own if each.length > period.length and each.holds(period)]
    if longer:
        over = min(longer, key=lambda each: each.length)
        whole = _months(fact, over)
        return _part(fact.own[over], _months(fact, period) / whole) if whole else ZERO
    if fact.contract is None:
        return None
    return _part(fact.contract, _months(fact, period) / 12)


def _of_parts(fact: TargetFact, period: Period) -> Decimal | None:
    for length in (3, 1):
        if length >= period.length:
            continue
        parts = [Period(month, length) for month in period.months[::length]]
        if all(part in fact.own for part in parts):
            return sum((fact.own[part] for part in parts), ZERO)
    return None


def _months(fact: TargetFact, period: Period) -> Fraction:
    """How many months of a period somebody is employed: each by its calendar days."""
    months = (Period(month, 1) for month in period.months)
    employed = (
        Fraction(month.employed_days(fact.hired_on, fact.left_on), month.days) for month in months
    )
    return sum(employed, Fraction(0))


def _part(amount: Decimal, part: Fraction) -> Decimal:
    return round_half_up(amount * part.numerator / part.denominator)


def forecast(amount: Decimal, passed: int, days: int) -> Decimal | None:
    """What a period comes to if it goes on as it went: yuan so far, by workdays that have passed
    of those it has. None before the first has passed; what is over stays as it is."""
    if not passed or not days:
        return None
    return round_half_up(amount * days / min(passed, days))


@dataclass(frozen=True, slots=True)
class Attainment:
    """How far somebody is in a period, in yuan: money handed in, orders signed, by the target."""

    target: Decimal | None
    handed_in: Decimal
    signed: Decimal
    handed_in_forecast: Decimal | None = None
    signed_forecast: Decimal | None = None

    @property
    def handed_in_percent(self) -> Decimal | None:
        """Of the target, in percent; None without a target."""
        return percent(self.handed_in, self.target) if self.target else None

    @property
    def signed_percent(self) -> Decimal | None:
        return percent(self.signed, self.target) if self.target else None

    @property
    def missing(self) -> Decimal | None:
        """What is still to be handed in; nothing once the target is reached."""
        return None if self.target is None else max(ZERO, self.target - self.handed_in)
