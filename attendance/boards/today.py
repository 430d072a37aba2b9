"""Today's board: who is where, as it stands (ATT-1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Person
from attendance.boards.days import JudgedDay
from attendance.boards.judged import judged_month
from attendance.boards.words import clock_text, presence_name
from attendance.models import Punch
from attendance.rules.today import Presence
from core import clock
from core.months import Month


@dataclass(frozen=True)
class Standing:
    """Where one person is today; `note`: since when, or where."""

    person: Person
    note: str


@dataclass(frozen=True)
class Place:
    """All who are at one place; `key` is the presence's."""

    key: str
    name: str
    people: list[Standing]


@dataclass(frozen=True)
class Board:
    day: date
    is_workday: bool
    places: list[Place]


def board_of(people: Iterable[Person], now: datetime) -> Board:
    """Where everybody is at an instant. Who is not employed today stands nowhere."""
    today = clock.local_date(now)
    here = list(people)
    punches = Punch.objects.filter(
        person__in=[person.pk for person in here], at__gte=clock.start_of(today), at__lte=now
    )
    found = judged_month(
        here,
        Month.of(today),
        now=now,
        days=[today],
        punches=punches.values_list("person__employee_no", "at"),
    )
    standing: dict[Presence, list[Standing]] = {each: [] for each in Presence}
    for person in here:
        judged = found.of[person.employee_no][today]
        if judged.presence is not None:
            standing[judged.presence].append(Standing(person, _note(judged)))
    return Board(
        today,
        today in found.workdays,
        [Place(each.value, presence_name(each), standing[each]) for each in Presence],
    )


def _note(day: JudgedDay) -> str:
    if day.presence == Presence.OUTING:
        return " · ".join(
            f"{clock_text(each.start)}–{clock_text(each.end)} {each.whom}".strip()
            for each in day.outings
        )
    if day.presence == Presence.OUT:
        return f"{clock_text(day.so_far.came)}–{clock_text(day.so_far.out)}"
    return clock_text(day.so_far.came)
