"""What the roster of cleaning is made of, read in bulk: a constant number of queries (MEET-3)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q

from accounts.models import Person
from attendance.models import Half, Leave, Status, Trip
from core import clock
from payroll.models import Duty
from policy.querysets import workdays
from reports.models import CleaningTurn
from reports.rules.cleaning import Cleaner, Owed, Turn

LATELY = timedelta(days=56)


@dataclass(frozen=True)
class RosterFacts:
    """By team: who can clean, what they did lately, what they owe. By number: the last turn.

    `rows`: the turns of the days that are made, as they stand; `days`: those days.
    """

    days: Sequence[date]
    teams: Sequence[str]
    cleaners: Mapping[str, list[Cleaner]]
    taken: Mapping[str, list[Turn]]
    owed: Mapping[str, list[Owed]]
    away: Mapping[date, Collection[str]]
    last: Mapping[str, date]
    rows: Sequence[CleaningTurn]
    ids: Mapping[str, int]


def roster_facts(first: date, last: date) -> RosterFacts:
    """Everything about the workdays from the first to the last, and about the weeks before."""
    people = list(Person.objects.salespeople().here_on(first).exclude(team=""))
    away = _away(people, first - LATELY, last)
    turns = list(
        CleaningTurn.objects.filter(on__gte=first - LATELY, on__lte=last)
        .select_related("person")
        .order_by("on")
    )
    cleaners: dict[str, list[Cleaner]] = defaultdict(list)
    for person in people:
        cleaners[person.team].append(_cleaner(person))
    taken, rows = _taken(turns, first, away)
    return RosterFacts(
        days=list(workdays().between(first, last)),
        teams=sorted(cleaners),
        cleaners=cleaners,
        taken=taken,
        owed=_owed(people, {row.pk for row in rows}),
        away=away,
        last=_last(first),
        rows=rows,
        ids={person.employee_no: person.pk for person in people},
    )


def _cleaner(person: Person) -> Cleaner:
    """Suspended, somebody does not come to clean."""
    last_day = person.left_on
    if person.suspended_on is not None:
        before = person.suspended_on - timedelta(days=1)
        last_day = before if last_day is None else min(last_day, before)
    return Cleaner(person.employee_no, person.hired_on, last_day)


def _taken(
    turns: Sequence[CleaningTurn], first: date, away: Mapping[date, Collection[str]]
) -> tuple[dict[str, list[Turn]], list[CleaningTurn]]:
    """The turns that count: those of late that were done, and those of days to come that somebody
    gave by hand. The others of days to come are made anew, and given back beside."""
    taken: dict[str, list[Turn]] = defaultdict(list)
    rows = []
    for row in turns:
        number = row.person.employee_no
        if row.on < first:
            counts = row.done_at is not None or row.on >= clock.today()
        else:
            kept = row.done_at is not None or row.version > 0
            counts = kept and number not in away.get(row.on, ()) and row.person.team == row.team
            if not counts:
                rows.append(row)
        if counts:
            taken[row.team].append(Turn(row.on, number, row.owed_for))
    return taken, rows


def _away(people: Sequence[Person], first: date, last: date) -> dict[date, set[str]]:
    """Who is on leave or on a trip, by day. Two queries."""
    span = {
        "person__in": [person.pk for person in people],
        "status": Status.APPROVED,
        "start_on__lte": last,
        "end_on__gte": first,
    }
    found: dict[date, set[str]] = defaultdict(set)
    names = ("person__employee_no", "start_on", "end_on")
    rows = [*Trip.objects.filter(**span).values_list(*names)]
    for number, start, end, half in Leave.objects.filter(**span).values_list(*names, "start_half"):
        # Whoever leaves at noon is there in the morning.
        rows.append((number, start + timedelta(days=1) if half == Half.PM else start, end))
    for number, start, end in rows:
        for day in _days(max(start, first), min(end, last)):
            found[day].add(number)
    return found


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _owed(people: Sequence[Person], made_anew: set[int]) -> dict[str, list[Owed]]:
    """The duties that no turn pays off, the oldest first, by team (VIS-2). Two queries."""
    paid = set(
        CleaningTurn.objects.exclude(Q(owed_for=None) | Q(pk__in=made_anew)).values_list(
            "owed_for", flat=True
        )
    )
    teams = {person.pk: (person.team, person.employee_no) for person in people}
    found: dict[str, list[Owed]] = defaultdict(list)
    duties = Duty.objects.filter(rule="VIS-2", person__in=teams).order_by("month", "key")
    for key, person in duties.values_list("key", "person"):
        if key not in paid:
            team, number = teams[person]
            found[team].append(Owed(key, number))
    return found


def _last(before: date) -> dict[str, date]:
    """When each had the last turn of their own, however long ago. One query."""
    rows = CleaningTurn.objects.filter(on__lt=before, owed_for=None)
    grouped = rows.order_by().values("person__employee_no").annotate(last=Max("on"))
    return {row["person__employee_no"]: row["last"] for row in grouped}
