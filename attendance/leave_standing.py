"""What would come of requests for leave: what each costs, lacks, and who else is away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from accounts.models import Person
from attendance.leave_facts import (
    REWARD,
    LeaveRules,
    counted_halves,
    days_approved,
    days_between,
    fact_of,
    grant_fact,
    grants_of,
    halves_of,
    leaves_of,
    reward_leaves_of,
    trips_of,
    whole_months,
)
from attendance.models import Leave, Trip
from attendance.rules.away import Clash, HalfDay, clashes
from attendance.rules.days import Half
from attendance.rules.leave_cost import MonthCost, leave_costs
from attendance.rules.rewards import days_missing
from core import clock


@dataclass(frozen=True, slots=True)
class ClashDay:
    """A day of a request on which others of the team are away or ask to be, with their names."""

    clash: Clash
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would come of a request. `missing`: days of reward leave that nobody gave."""

    costs: Sequence[MonthCost]
    clashes: Sequence[ClashDay]
    missing: Decimal
    lacks_evidence: bool

    @property
    def is_past_limit(self) -> bool:
        return any(cost.excess for cost in self.costs)


@dataclass(frozen=True)
class _Beside:
    """What others, and the same people besides, do in the months of some requests."""

    leaves: Mapping[int, list[Leave]]
    trips: Mapping[int, list[Trip]]
    teams: Mapping[int, Mapping[int, str]]
    away: dict[int, set[HalfDay]] = field(default_factory=dict)

    def halves_away(self, person: int) -> set[HalfDay]:
        if person not in self.away:
            found = {half for e in self.leaves.get(person, ()) for half in fact_of(e).halves()}
            for trip in self.trips.get(person, ()):
                days = days_between(trip.start_on, trip.end_on)
                found.update((day, half) for day in days for half in Half)
            self.away[person] = found
        return self.away[person]


def outcome_of(leave: Leave, rules: LeaveRules) -> Outcome:
    """What would come of one request: three queries, five for reward leave."""
    (found,) = outcomes_of([leave], rules)
    return replace(found, missing=_missing(leave, rules)) if leave.type == REWARD else found


def outcomes_of(leaves: Sequence[Leave], rules: LeaveRules) -> list[Outcome]:
    """What would come of each, beside all others that wait or are approved; not whether reward
    leave is covered. Three queries for all; their people are read already."""
    if not leaves:
        return []
    beside = _beside(leaves)
    return [
        Outcome(
            _costs(leave, beside, rules),
            _clashes(leave, beside, rules),
            Decimal(0),
            needs_evidence(leave, rules) and not leave.evidence,
        )
        for leave in leaves
    ]


def needs_evidence(leave: Leave, rules: LeaveRules) -> bool:
    """Whether it is approved with evidence alone (LEA-2, LEA-4)."""
    kind = rules.types.get(leave.type)
    return leave.type == "sick" or bool(kind and kind.evidence_needed)


def _beside(leaves: Sequence[Leave]) -> _Beside:
    first, last = whole_months(min(e.start_on for e in leaves), max(e.end_on for e in leaves))
    teams = _teams({leave.person.supervisor_id for leave in leaves})
    people = {leave.person_id for leave in leaves} | {pk for team in teams.values() for pk in team}
    return _Beside(leaves_of(people, first, last), trips_of(people, first, last), teams)


def _teams(supervisors: Iterable[int | None]) -> dict[int, dict[int, str]]:
    """Those under each of these supervisors who are here, with their names."""
    teams: dict[Any, dict[int, str]] = defaultdict(dict)
    rows = Person.objects.here_on(clock.today()).filter(supervisor__in=filter(None, supervisors))
    for supervisor, pk, name in rows.values_list("supervisor", "pk", "name"):
        teams[supervisor][pk] = name
    return teams


def _costs(leave: Leave, beside: _Beside, rules: LeaveRules) -> list[MonthCost]:
    others = [fact_of(e) for e in beside.leaves.get(leave.person_id, ()) if e.pk != leave.pk]
    trips = days_approved(beside.trips.get(leave.person_id, ()))
    return leave_costs(fact_of(leave), others, rules.ground(leave.person, trips))


def _clashes(leave: Leave, beside: _Beside, rules: LeaveRules) -> list[ClashDay]:
    team = beside.teams.get(leave.person.supervisor_id or 0, {})
    others = {pk: beside.halves_away(pk) for pk in team if pk != leave.person_id}
    asked = counted_halves(fact_of(leave), rules.ground(leave.person))
    found = clashes(asked, others, len(team))
    return [ClashDay(clash, tuple(team[pk] for pk in clash.away)) for clash in found]


def _missing(leave: Leave, rules: LeaveRules) -> Decimal:
    """The days of reward leave it lacks, beside what is approved or asked for."""
    person, ground = leave.person_id, rules.ground(leave.person)
    given = [grant_fact(grant) for grant in grants_of([person])[person]]
    others = [each for each in reward_leaves_of([person])[person] if each.pk != leave.pk]
    return days_missing(given, halves_of(others, ground), halves_of([leave], ground))
