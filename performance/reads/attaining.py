"""How far people and teams are in a period, and where it leads (TAR-1)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounts.models import Person
from accounts.querysets import seen_by
from core import clock
from core.money import ZERO, total
from core.once import asking
from performance.models import Target
from performance.querysets import SEE_ALL
from performance.reads.money import (
    bounds,
    collection_days_passed,
    signed,
    workdays_passed,
)
from performance.reads.quarter import targets_of, targets_of_years
from performance.rules.periods import Period
from performance.rules.targets import Attainment, TargetFact, forecast, target_of
from receivables.querysets.sold import sold_in, whole


def sold_by_in(period: Period) -> "QuerySet[Person]":
    """Salespeople employed on at least one day of a period."""
    here = Person.objects.salespeople().here_on(period.first_day)
    return here.filter(hired_on__lte=period.last_day)


def attainments(
    period: Period, people: Sequence[Person], ids: Collection[int] | None
) -> dict[int, Attainment]:
    """Of each of these people how far they are, by their id. `ids`: who is asked for, of few; None
    where everybody is. Nine queries at the most, whatever the number of people."""
    today = clock.today()
    with asking():
        months = bounds(period)
        money, orders = sold_in(whole(months), ids), signed(period, ids)
        own = targets_of(period, ids)
        money_days = collection_days_passed(months, today)
        order_days = workdays_passed(period, today)
    found = {}
    for person in people:
        handed_in = money.get(person.employee_no, ZERO)
        ordered = orders.get(person.pk, ZERO)
        fact = TargetFact(
            person.hired_on, person.left_on, person.contract_target, own.get(person.pk, {})
        )
        found[person.pk] = Attainment(
            target_of(fact, period),
            handed_in,
            ordered,
            forecast(handed_in, *money_days),
            forecast(ordered, *order_days),
        )
    return found


def targets_together(periods: Sequence[Period]) -> list[Decimal | None]:
    """What everybody is to bring in each of some periods that follow each other, in yuan; None
    where nobody has a target. Two queries, whatever the number of people and periods."""
    first, last = periods[0].first_day, periods[-1].last_day
    here = Person.objects.salespeople().here_on(first).filter(hired_on__lte=last).order_by()
    own = targets_of_years({period.first.year for period in periods})
    facts = [
        TargetFact(hired_on, left_on, contract, own.get(pk, {}))
        for pk, hired_on, left_on, contract in here.values_list(
            "pk", "hired_on", "left_on", "contract_target"
        )
    ]
    return [
        _sum(
            [
                target_of(fact, period)
                for fact in facts
                if period.employed_days(fact.hired_on, fact.left_on)
            ]
        )
        for period in periods
    ]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team in a period. `is_set`: its own target was set; else it is the sum of its people's."""

    team: str
    people: int
    attainment: Attainment
    version: int
    is_set: bool


def teams_in(period: Period, user: Any) -> list[TeamLine]:
    """The teams whose people a user sees, by name; of all their people that the user sees."""
    seen = seen_by(sold_by_in(period), user, everything=SEE_ALL, person="id").exclude(team="")
    people = list(seen.order_by("team", "employee_no"))
    ids = None if user.has_role(*SEE_ALL) else [person.pk for person in people]
    of = attainments(period, people, ids)
    own = {
        row.team: row
        for row in Target.objects.filter(person=None, period=str(period)).order_by("pk")
    }
    by_team: dict[str, list[Attainment]] = defaultdict(list)
    for person in people:
        by_team[person.team].append(of[person.pk])
    return [
        TeamLine(
            team,
            len(each),
            summed(each, own[team].amount if team in own else None),
            own[team].version if team in own else 0,
            team in own,
        )
        for team, each in sorted(by_team.items())
    ]


def summed(each: Sequence[Attainment], target: Decimal | None = None) -> Attainment:
    """People together; without a target of their own, by the sum of theirs."""
    theirs = [one.target for one in each if one.target is not None]
    whole = total(theirs) if theirs else None
    return Attainment(
        whole if target is None else target,
        total(one.handed_in for one in each),
        total(one.signed for one in each),
        _sum([one.handed_in_forecast for one in each]),
        _sum([one.signed_forecast for one in each]),
    )


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [each for each in amounts if each is not None]
    return total(known) if known else None


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a leaderboard. Those with the same percentage share one."""

    rank: int
    person: Person
    percent: Decimal


def leaderboard(period: Period) -> list[Place]:
    """Everybody with a target above nothing, by the percentage of it that is handed in."""
    people = list(sold_by_in(period).order_by("employee_no"))
    of = attainments(period, people, None)
    told = [
        (percent, person)
        for person in people
        if (percent := of[person.pk].handed_in_percent) is not None
    ]
    told.sort(key=lambda each: (-each[0], each[1].employee_no))
    places: list[Place] = []
    for n, (percent, person) in enumerate(told, start=1):
        same = places and places[-1].percent == percent
        places.append(Place(places[-1].rank if same else n, person, percent))
    return places
