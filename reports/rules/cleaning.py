"""Who cleans on which morning: by turns, whoever owes it first (MEET-3, VIS-2, S4.1). Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Somebody of a team, and the days on which they work here: both ends included."""

    employee_no: str
    first_day: date
    last_day: date | None = None

    def works_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Turn:
    """A morning somebody cleans; `owed_for`: the key of the duty it pays off."""

    on: date
    employee_no: str
    owed_for: str | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty that is not paid off yet."""

    key: str
    employee_no: str


@dataclass
class _Tally:
    """How far each is ahead: turns taken, less one's share of the mornings one was there."""

    ahead: dict[str, Fraction] = field(default_factory=dict)
    last: dict[str, date] = field(default_factory=dict)

    def add(self, turn: Turn, present: Collection[str]) -> None:
        """A turn that was owed is nobody's share, and brings nobody ahead."""
        if turn.owed_for is not None:
            return
        there = {*present, turn.employee_no}  # who cleaned was there, whatever was said later
        for employee_no in there:
            share = Fraction(1, len(there))
            self.ahead[employee_no] = self.ahead.get(employee_no, Fraction()) - share
        self.ahead[turn.employee_no] = self.ahead.get(turn.employee_no, Fraction()) + 1
        self.last[turn.employee_no] = turn.on

    def order(self, employee_no: str) -> tuple[Fraction, date, str]:
        """Who is least ahead comes first, then whose turn is longest ago, then by number."""
        return (
            self.ahead.get(employee_no, Fraction()),
            self.last.get(employee_no, date.min),
            employee_no,
        )


def roster(
    days: Iterable[date],
    *,
    cleaners: Sequence[Cleaner],
    away: Mapping[date, Collection[str]],
    taken: Iterable[Turn] = (),
    last: Mapping[str, date] | None = None,
    owed: Sequence[Owed] = (),
) -> list[Turn]:
    """One person for each day, among those who work here and are not away; none where nobody is.

    Whoever owes a duty comes first, the oldest duty first. Else whoever took the fewest turns
    lately: of the mornings each was there, an equal share is theirs, so that whoever comes new or
    back has nothing to make up for. `taken`: the turns of late, and those that stand for days to
    come; `last`: when each had the last turn, however long ago; `owed`: the oldest first.
    """
    tally = _Tally(last=dict(last or {}))
    standing = {turn.on: turn for turn in taken}
    wanted, open_yet, found = set(days), list(owed), []
    for day in sorted(wanted | set(standing)):
        gone = away.get(day, ())
        present = [c.employee_no for c in cleaners if c.works_on(day) and c.employee_no not in gone]
        turn = standing.get(day) or _next(day, present, open_yet, tally)
        if turn is None:
            continue
        tally.add(turn, present)
        if day in wanted:
            found.append(turn)
    return found


def _next(day: date, present: list[str], owed: list[Owed], tally: _Tally) -> Turn | None:
    for duty in owed:
        if duty.employee_no in present:
            owed.remove(duty)
            return Turn(day, duty.employee_no, duty.key)
    if not present:
        return None
    return Turn(day, min(present, key=tally.order))
