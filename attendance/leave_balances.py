"""What somebody has left: of the month's allowances, of the days of reward leave (LEA-1, LEA-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Person
from attendance.leave_facts import (
    REWARD,
    LeaveRules,
    fact_of,
    grant_fact,
    grants_of,
    halves_of,
    leaves_of,
    reward_leaves_of,
)
from attendance.leave_words import type_name
from attendance.models import RewardGrant, Status
from attendance.rules.leave import PERSONAL, cap_on
from attendance.rules.leave_cost import days_standing
from attendance.rules.rewards import reward_balance
from core import clock
from core.months import Month


@dataclass(frozen=True, slots=True)
class GivenDays:
    """Days of reward leave that were given, and what approved leave left of them."""

    grant: RewardGrant
    left: Decimal

    @property
    def is_over(self) -> bool:
        return self.grant.use_by < clock.today()


@dataclass(frozen=True, slots=True)
class RewardStanding:
    """`beyond`: days taken that nobody gave here (a file of the company's says so). `waiting`: days
    asked for."""

    given: Sequence[GivenDays]
    beyond: Decimal
    waiting: Decimal

    @property
    def left(self) -> Decimal:
        """Days that can still be used."""
        return sum((each.left for each in self.given if not each.is_over), Decimal(0))


def rewards_of(person: Person, rules: LeaveRules) -> RewardStanding:
    """Two queries."""
    return rewards_of_all([person], rules)[person.pk]


def rewards_of_all(people: Sequence[Person], rules: LeaveRules) -> dict[int, RewardStanding]:
    """Two queries for all."""
    ids = {person.pk for person in people}
    grants, leaves = grants_of(ids), reward_leaves_of(ids)
    found = {}
    for person in people:
        ground, mine = rules.ground(person), leaves[person.pk]
        taken = halves_of((e for e in mine if e.status == Status.APPROVED), ground)
        waiting = halves_of((e for e in mine if e.status == Status.PENDING), ground)
        balance = reward_balance([grant_fact(grant) for grant in grants[person.pk]], taken)
        found[person.pk] = RewardStanding(
            [GivenDays(grant, balance.days_left(grant.pk)) for grant in grants[person.pk]],
            Decimal(len(balance.uncovered)) / 2,
            Decimal(len(waiting)) / 2,
        )
    return found


@dataclass(frozen=True, slots=True)
class TypeBalance:
    """A type of leave in a month: days taken or asked for, and what its allowance leaves."""

    name: str
    used: Decimal
    cap: Decimal | None

    @property
    def left(self) -> Decimal | None:
        return None if self.cap is None else max(self.cap - self.used, Decimal(0))


def month_balances(person: Person, month: Month, rules: LeaveRules) -> list[TypeBalance]:
    """Every type that has an allowance in a month, or was taken in it. One query."""
    rows = leaves_of([person.pk], month.first_day, month.last_day)[person.pk]
    facts, ground = [fact_of(leave) for leave in rows], rules.ground(person)
    codes = sorted(({fact.type for fact in facts} | set(rules.types)) - {PERSONAL, REWARD})
    found = []
    for code in (PERSONAL, *codes):
        cap = cap_on(code, month.last_day, rules.type_facts, rules.book)
        used = days_standing(code, facts, month, ground)
        kind = rules.types.get(code)
        if used or (cap is not None and not (kind and kind.retired_on)):
            found.append(TypeBalance(type_name(code, rules.names), used, cap))
    return found
