"""What a change of facts would do to people's pay, told before it is made.

The change is made, assessed as a close would, and taken back: what is foretold is what comes.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from django.db import transaction

from accounts.models import Person
from core.money import ZERO
from core.months import Month
from payroll.preview import charges_expected
from payroll.rules import Charge

Pay = Mapping[str, Decimal]
Expected = Mapping[Month, Sequence[Charge]]
Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class PayChange:
    """One rule on one person's pay of a month, before and after a change, in yuan."""

    person: Person
    month: Month
    rule: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


def before_and_after(look: Callable[[], Seen], change: Callable[[], object]) -> tuple[Seen, Seen]:
    """What `look` sees without a change and with it.

    Whatever `change` writes is taken back; what it raises is raised, and nothing is written either.
    """
    with transaction.atomic():
        before = look()
        change()
        after = look()
        transaction.set_rollback(True)
    return before, after


def pay_changes(
    *,
    people: Collection[Person],
    months: Collection[Month],
    as_of: datetime,
    change: Callable[[], object],
) -> list[PayChange]:
    """What these people's months would come to differently once the change is made.

    A month that runs is looked at as its end will find it, as things stand.
    """

    def look() -> dict[Person, Expected]:
        return {person: charges_expected(person, months, as_of) for person in people}

    before, after = before_and_after(look, change)
    return [
        found
        for month in sorted(months)
        for person in people
        for found in changes_of(person, month, before[person][month], after[person][month])
    ]


def changes_of(
    person: Person, month: Month, before: Iterable[Charge], after: Iterable[Charge]
) -> list[PayChange]:
    """What differs between two assessments of one person's month, rule by rule."""
    was, will = _pay_of(before), _pay_of(after)
    return [
        PayChange(person, month, rule, was.get(rule, ZERO), will.get(rule, ZERO))
        for rule in sorted({*was, *will})
        if was.get(rule, ZERO) != will.get(rule, ZERO)
    ]


def _pay_of(charges: Iterable[Charge]) -> Pay:
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for charge in charges:
        found[charge.rule] += charge.on_pay
    return found
