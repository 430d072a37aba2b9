"""Leave as its rules take it, read for many people at once (LEA-1 to LEA-5)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from accounts.models import Person
from attendance.models import Leave, LeaveType, RewardGrant, Status, Trip
from attendance.rules.away import HalfDay
from attendance.rules.days import Half
from attendance.rules.leave import LeaveFact, LeaveTypeFact
from attendance.rules.leave_cost import LeaveGround
from attendance.rules.rewards import Grant
from core.months import Month
from payroll.rules import PersonFacts
from policy.querysets import policy_book, workdays
from policy.rules import PolicyBook
from policy.workdays import Workdays

ACTIVE = (Status.PENDING, Status.APPROVED)
REWARD = "reward"


@dataclass(frozen=True)
class LeaveRules:
    """What the company says of leave: policy, calendar, types."""

    book: PolicyBook
    workdays: Workdays
    types: Mapping[str, LeaveType]

    @cached_property
    def type_facts(self) -> dict[str, LeaveTypeFact]:
        return {
            code: LeaveTypeFact(code, kind.pay_rate, kind.monthly_cap_days)
            for code, kind in self.types.items()
        }

    @cached_property
    def names(self) -> dict[str, str]:
        return {code: kind.name for code, kind in self.types.items()}

    def ground(self, person: Person, trips: Collection[date] = frozenset()) -> LeaveGround:
        facts = PersonFacts(
            person.employee_no,
            person.channel,
            person.hired_on,
            person.left_on,
            person.base_salary,
        )
        charged = person.has_role("salesperson")
        return LeaveGround(facts, self.workdays, self.type_facts, self.book, trips, charged)


def leave_rules() -> LeaveRules:
    """Three queries."""
    types = {kind.code: kind for kind in LeaveType.objects.all()}
    return LeaveRules(policy_book(), workdays(), types)


def fact_of(leave: Leave) -> LeaveFact:
    return LeaveFact(
        leave.type,
        leave.start_on,
        Half(leave.start_half),
        leave.end_on,
        Half(leave.end_half),
        leave.special_case,
        leave.reason,
    )


def leaves_of(
    people: Iterable[int], first: date, last: date, *statuses: str
) -> dict[int, list[Leave]]:
    """Everybody's leave that touches these days, pending or approved unless said. One query."""
    found: dict[int, list[Leave]] = defaultdict(list)
    rows = Leave.objects.filter(
        person__in=set(people),
        status__in=statuses or ACTIVE,
        start_on__lte=last,
        end_on__gte=first,
    )
    for leave in rows.order_by("start_on", "start_half", "id"):
        found[leave.person_id].append(leave)
    return found


def trips_of(people: Iterable[int], first: date, last: date) -> dict[int, list[Trip]]:
    """Everybody's trips that touch these days, pending or approved. One query."""
    found: dict[int, list[Trip]] = defaultdict(list)
    rows = Trip.objects.filter(
        person__in=set(people), status__in=ACTIVE, start_on__lte=last, end_on__gte=first
    )
    for trip in rows.order_by("start_on", "id"):
        found[trip.person_id].append(trip)
    return found


def days_approved(trips: Iterable[Trip]) -> set[date]:
    """The days of those trips that are approved."""
    return {
        day
        for trip in trips
        if trip.status == Status.APPROVED
        for day in days_between(trip.start_on, trip.end_on)
    }


def days_between(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def whole_months(first: date, last: date) -> tuple[date, date]:
    """From the first day of the first month to the last day of the last."""
    return Month.of(first).first_day, Month.of(last).last_day


def counted_halves(leave: LeaveFact, ground: LeaveGround) -> list[HalfDay]:
    """The halves of a leave that count: on workdays on which they are employed (LEA-5)."""
    return [
        (day, half)
        for day, half in leave.halves()
        if day in ground.workdays and ground.person.employed_on(day)
    ]


def grants_of(people: Iterable[int]) -> dict[int, list[RewardGrant]]:
    """The days of reward leave each was given and not taken back. One query."""
    found: dict[int, list[RewardGrant]] = defaultdict(list)
    rows = RewardGrant.objects.filter(person__in=set(people), taken_back_at=None)
    for grant in rows.order_by("use_by", "granted_on", "id"):
        found[grant.person_id].append(grant)
    return found


def grant_fact(grant: RewardGrant) -> Grant:
    return Grant(grant.pk, int(grant.days * 2), grant.granted_on, grant.use_by)


def reward_leaves_of(people: Iterable[int]) -> dict[int, list[Leave]]:
    """Everybody's reward leave, ever, pending or approved. One query."""
    found: dict[int, list[Leave]] = defaultdict(list)
    rows = Leave.objects.filter(person__in=set(people), type=REWARD, status__in=ACTIVE)
    for leave in rows.order_by("start_on", "start_half"):
        found[leave.person_id].append(leave)
    return found


def halves_of(leaves: Iterable[Leave], ground: LeaveGround) -> list[HalfDay]:
    """The half days that count, of several."""
    return [half for leave in leaves for half in counted_halves(fact_of(leave), ground)]


def rewards_taken(person: Person, rules: LeaveRules, *, but: int | None = None) -> list[HalfDay]:
    """The half days of reward leave that are approved for somebody, ever. One query."""
    mine = reward_leaves_of([person.pk])[person.pk]
    approved = [e for e in mine if e.status == Status.APPROVED and e.pk != but]
    return halves_of(approved, rules.ground(person))
