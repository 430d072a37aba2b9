"""What the books must say, by plain arithmetic in whole fen: the model of `test_ledger_machine`.

Written from the regulation, apart from the program: it knows neither its rules nor its tables. Its
world is small on purpose. Two workdays a month, four people (one hired, one leaving on the way),
default policy, two orders a person: one that is paid, one that turns into a bad debt.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from core import clock
from core.months import Month

MONTHS = [Month(2025, 11), Month(2025, 12), Month(2026, 1), Month(2026, 2)]
AFTER = MONTHS[-1].next()
WORKDAY_NUMBERS = (6, 20)
DELIVERED = 123_457  # fen delivered on each debt order, before the books begin
WAGES = ("BASE", "COMM-1", "REW-1")
SETTLED_BY_FINAL = ("ATT-3/", "PAY-6/")


@dataclass(frozen=True)
class Someone:
    no: str
    hired_on: date
    left_on: date | None
    base: int

    def employed_on(self, day: date) -> bool:
        return self.hired_on <= day and (self.left_on is None or day <= self.left_on)

    def employed_in(self, month: Month) -> bool:
        return any(self.employed_on(day) for day in month.days())


PEOPLE = {
    p.no: p
    for p in (
        Someone("Y1", date(2024, 1, 1), None, 432_199),
        Someone("Y2", date(2024, 1, 1), None, 300_000),
        Someone("Y3", date(2025, 12, 10), None, 500_001),
        Someone("Y4", date(2024, 1, 1), date(2026, 1, 10), 271_828),
    )
}

# What the punches of a day come to: incidents by side, halves absent.
ATTENDED: dict[str, tuple[tuple[str, ...], int]] = {
    "well": ((), 0),
    "late": (("in",), 0),
    "early": (("out",), 0),
    "late and early": (("in", "out"), 0),
    "one punch": (("out",), 0),
    "afternoon": ((), 1),
    "absent": ((), 2),
}


class Item(NamedTuple):
    """Money that should have moved."""

    person: str
    rule: str
    source: str
    target: str
    fen: int


class Move(NamedTuple):
    """Money that has moved: about a month, on the statement of another or the same."""

    about: Month
    on: Month
    item: Item
    settles: bool = False


class Paid(NamedTuple):
    person: str
    on_debt: bool
    fen: int
    transfer: bool
    received_at: datetime
    handed_in_at: datetime | None

    @property
    def counted_at(self) -> datetime | None:
        return self.received_at if self.transfer else self.handed_in_at


class Case(NamedTuple):
    opened_on: date
    outcome: str
    outcome_on: date | None


@dataclass
class Facts:
    """What happened, as the company knows it."""

    base: dict[str, int] = field(default_factory=lambda: {p.no: p.base for p in PEOPLE.values()})
    attended: dict[tuple[str, date], str] = field(default_factory=dict)
    excused: set[tuple[str, date, str]] = field(default_factory=set)
    in_cash: dict[tuple[str, date, str], datetime] = field(default_factory=dict)
    paid: dict[str, Paid] = field(default_factory=dict)
    expenses: dict[str, tuple[str, str, int, date | None]] = field(default_factory=dict)
    damages: dict[str, tuple[str, date, int]] = field(default_factory=dict)
    bonuses: dict[tuple[str, date], int] = field(default_factory=dict)
    forfeits: dict[str, tuple[str, date]] = field(default_factory=dict)
    pool_said: dict[Month, int] = field(default_factory=dict)
    reserve_said: dict[str, tuple[date, int]] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    costs: dict[tuple[str, date], int] = field(default_factory=dict)


def workdays(month: Month) -> list[date]:
    return [month.first_day.replace(day=number) for number in WORKDAY_NUMBERS]


def cutoff(month: Month) -> datetime:
    day = month.first_day.replace(day=28)
    return clock.from_local(datetime(day.year, day.month, 28, 16))  # noqa: DTZ001


def halved(fen: int, times: int, by: int) -> int:
    """fen x times / by, half up."""
    return (2 * fen * times + by) // (2 * by)


def commission(fen: int) -> int:
    """1 % up to 50,000 yuan, 2 % up to 200,000, 3 % above, rounded once."""
    first = min(fen, 5_000_000)
    second = max(0, min(fen, 20_000_000) - 5_000_000)
    return (first + 2 * second + 3 * max(0, fen - 20_000_000) + 50) // 100


def local_day(instant: datetime) -> date:
    return clock.local_date(instant)


class Books:
    """Months, what stands for each, and every move of money, kept the simplest way."""

    def __init__(self) -> None:
        self.facts = Facts()
        self.moves: list[Move] = []
        self.stands: dict[Month, dict[str, Item]] = defaultdict(dict)
        self.closed_as_of: dict[Month, datetime] = {}
        self.final: list[Month] = []
        self.terms: dict[Month, dict[str, int]] = {}
        self.waived: set[str] = set()

    # Reading the books.

    def balance(self, account: str, person: str = "", before: Month | None = None) -> int:
        return sum(
            m.item.fen * ((m.item.target == account) - (m.item.source == account))
            for m in self.moves
            if (not person or m.item.person == person) and (before is None or m.about < before)
        )

    def lines(self, month: Month) -> Counter[tuple[str, str]]:
        """The statement lines of a month: fen by person and rule, nothing left out but zeros."""
        found: Counter[tuple[str, str]] = Counter()
        for move in self.moves:
            item = move.item
            if move.on == month and not move.settles and "pay" in (item.source, item.target):
                found[item.person, item.rule] += item.fen * (1 if item.target == "pay" else -1)
        return Counter({key: fen for key, fen in found.items() if fen})

    @property
    def open_month(self) -> Month | None:
        return self.final[-1].next() if self.final else None

    # Closing.

    def may_close(self, month: Month, as_of: datetime) -> bool:
        """Not before it begins; and what lies before the first final month stays outside."""
        outside = self.final and month < self.final[0] and month not in self.closed_as_of
        return as_of >= month.start and not outside

    def close(self, month: Month, as_of: datetime) -> None:
        """A close makes every closed month right, the oldest first."""
        for each in sorted({*self.closed_as_of, month}):
            counts = max(as_of, self.closed_as_of.get(each, as_of))
            self.closed_as_of[each] = counts
            self._converge(each, self.wanted(each))

    def _converge(self, month: Month, wanted: dict[str, Item]) -> None:
        is_final = month in self.final
        on = self.open_month if is_final else month
        assert on is not None
        stands = self.stands[month]
        for key in sorted({*stands, *wanted}):
            old, new = stands.get(key), wanted.get(key)
            if old == new or (is_final and key.startswith(SETTLED_BY_FINAL)):
                continue
            if old:
                self._move(month, on, old._replace(source=old.target, target=old.source))
                del stands[key]
            if new:
                self._move(month, on, new)
                stands[key] = new

    def _move(self, about: Month, on: Month, item: Item, *, settles: bool = False) -> None:
        self.moves.append(Move(about, on, item, settles))

    def may_final(self, month: Month) -> bool:
        earlier = [m for m in self.closed_as_of if m < month and m not in self.final]
        return (
            month in self.closed_as_of
            and month not in self.final
            and self.closed_as_of[month] >= month.end
            and not earlier
            and self.open_month in (None, month)
            and self.stands[month] == self.wanted(month)
        )

    def make_final(self, month: Month) -> None:
        totals: Counter[str] = Counter()
        for (person, _rule), fen in self.lines(month).items():
            totals[person] += fen
        self.final.append(month)
        self.terms[month] = dict(self.facts.base)
        for person, fen in totals.items():
            if fen > 0:
                self._move(month, month, Item(person, "PAY-6", "pay", "bank", fen), settles=True)
            elif fen < 0:
                owed = Item(person, "PAY-6", "arrears", "pay", -fen)
                self._move(month, month, owed, settles=True)

    # What a month comes to.

    def wanted(self, month: Month) -> dict[str, Item]:
        """Every charge of a month up to the instant it was closed for, by key."""
        as_of = self.closed_as_of[month]
        kept: dict[str, Item] = {}
        at_fault: set[str] = set()
        for step in (
            self._base(month, as_of),
            self._attendance(month, as_of, at_fault),
            self._pool(month, as_of, at_fault, kept),
            self._claims(month, as_of),
            self._collections(month, as_of),
            self._reserve(month, as_of),
            self._bonuses(month, as_of),
            self._forfeits(month, as_of, kept),
            self._brought_forward(month, kept),
        ):
            kept.update({key: item for key, item in step if key not in self.waived})
        return kept

    def _base(self, month: Month, as_of: datetime) -> Iterator[tuple[str, Item]]:
        for p in PEOPLE.values():
            days = workdays(month)
            worked = sum(p.employed_on(day) for day in days)
            if as_of >= month.end and worked:
                base = self.terms.get(month, self.facts.base)[p.no]
                fen = halved(base, worked, len(days))
                yield f"BASE/{p.no}/{month}", Item(p.no, "BASE", "company", "pay", fen)

    def _attendance(
        self, month: Month, as_of: datetime, at_fault: set[str]
    ) -> Iterator[tuple[str, Item]]:
        for p in PEOPLE.values():
            for day in workdays(month):
                if not p.employed_on(day) or clock.end_of(day) > as_of:
                    continue
                sides, halves = ATTENDED[self.facts.attended.get((p.no, day), "well")]
                for side in sides:
                    if (p.no, day, side) in self.facts.excused:
                        continue
                    at_fault.add(p.no)
                    paid_at = self.facts.in_cash.get((p.no, day, side))
                    source = "cash" if paid_at and paid_at <= as_of else "pay"
                    yield f"ATT-2/{p.no}/{day}/{side}", Item(p.no, "ATT-2", source, "pool", 500)
                if halves:
                    at_fault.add(p.no)
                    item = Item(p.no, "ATT-4", "pay", "company", 1500 * halves)
                    yield f"ATT-4/{p.no}/{day}", item

    def _pool(
        self, month: Month, as_of: datetime, at_fault: set[str], kept: dict[str, Item]
    ) -> Iterator[tuple[str, Item]]:
        held = self.balance("pool", before=month)
        if said := max((m for m in self.facts.pool_said if m <= month), default=None):
            first = min([*self.closed_as_of, month])
            gap = self.facts.pool_said[said] - held
            key = f"ATT-3/pool/{said}/opening"
            if gap and (said == month or month == first):
                ends = ("company", "pool") if gap > 0 else ("pool", "company")
                yield key, Item("", "ATT-3", *ends, abs(gap))
                held += gap if key not in self.waived else 0
        held += sum(item.fen for item in kept.values() if item.rule == "ATT-2")
        clean = [
            p.no
            for p in PEOPLE.values()
            if p.no not in at_fault and all(p.employed_on(day) for day in workdays(month))
        ]
        if as_of >= month.end and clean and held >= len(clean):
            for no in clean:
                share = Item(no, "ATT-3", "pool", "pay", held // len(clean))
                yield f"ATT-3/{no}/{month}", share

    def _claims(self, month: Month, as_of: datetime) -> Iterator[tuple[str, Item]]:
        for no, (person, kind, fen, approved_on) in self.facts.expenses.items():
            if approved_on and approved_on in month and clock.start_of(approved_on) <= as_of:
                rule, rate = {"travel": ("EXP-1", 80), "meal": ("EXP-2", 60)}[kind]
                if gets := halved(fen, rate, 100):
                    yield f"{rule}/{person}/{no}", Item(person, rule, "company", "pay", gets)
        for no, (person, on, fen) in self.facts.damages.items():
            if fen and on in month and clock.start_of(on) <= as_of:
                yield f"GOOD-2/{person}/{no}", Item(person, "GOOD-2", "pay", "company", fen)

    def _collections(self, month: Month, as_of: datetime) -> Iterator[tuple[str, Item]]:
        if as_of < cutoff(month):
            return
        for no in PEOPLE:
            handed_in, _in_hand = self.snapshot(month, no)
            if due := commission(handed_in):
                yield f"COMM-1/{no}/{month}", Item(no, "COMM-1", "company", "pay", due)
            if any(self._carried_over(paid, month, as_of) for paid in self._paid_of(no)):
                yield f"CUT-2/{no}/{month}", Item(no, "CUT-2", "pay", "company", 50_000)

    def _paid_of(self, no: str) -> list[Paid]:
        return [paid for paid in self.facts.paid.values() if paid.person == no]

    def snapshot(self, month: Month, no: str) -> tuple[int, int]:
        """Handed in during the collection month, and in hand at its cutoff."""
        after, until = cutoff(month.previous()), cutoff(month)
        handed_in = in_hand = 0
        for paid in self._paid_of(no):
            counted = paid.counted_at
            if counted and after < counted <= until:
                handed_in += paid.fen
            if paid.received_at <= until and not (counted and counted <= until):
                in_hand += paid.fen
        return handed_in, in_hand

    def _carried_over(self, paid: Paid, month: Month, as_of: datetime) -> bool:
        until = cutoff(month)
        if paid.transfer or paid.received_at > until:
            return False
        if paid.handed_in_at and paid.handed_in_at <= until:
            return False
        if local_day(paid.received_at) == local_day(until):
            end_of_work = until + timedelta(hours=2)
            if paid.handed_in_at and paid.handed_in_at <= end_of_work:
                return False
            return as_of >= end_of_work
        return True

    def _reserve(self, month: Month, as_of: datetime) -> Iterator[tuple[str, Item]]:
        for no in PEOPLE:
            yield from self._reserve_of(no, month, as_of)
            yield from self._dead_debt(no, month, as_of)

    def _case(self, no: str, as_of: datetime) -> Case | None:
        """The case as it stands at an instant."""
        case = self.facts.cases.get(no)
        if case is None or clock.start_of(case.opened_on) > as_of:
            return None
        if case.outcome_on and clock.start_of(case.outcome_on) > as_of:
            return Case(case.opened_on, "", None)
        return case

    def _reserve_of(self, no: str, month: Month, as_of: datetime) -> Iterator[tuple[str, Item]]:
        p, case = PEOPLE[no], self._case(no, as_of)
        dead_on = case.outcome_on if case and case.outcome == "dead" else None
        held = self.balance("reserve", no, before=month)
        taken = Counter(
            {
                account: sum(
                    item.fen
                    for m, standing in self.stands.items()
                    for item in standing.values()
                    if m < month and item[:3] == (no, "RES-4", account)
                )
                for account in ("reserve", "pay")
            }
        )
        for day, order in sorted(self._reserve_days(no, month, as_of, case, dead_on)):
            found: list[tuple[str, Item]] = []
            if order == 0:
                gap = self.facts.reserve_said[no][1] - held
                ends = ("company", "reserve") if gap > 0 else ("reserve", "company")
                found = [(f"RES-1/{no}/opening/{day}", Item(no, "RES-1", *ends, abs(gap)))]
            elif order == 1:
                found = [(f"RES-1/{no}/{month}", Item(no, "RES-1", "pay", "reserve", 15_000))]
            elif order == 2 and not (dead_on and day > dead_on):
                half = (self.facts.costs[no, day] + 1) // 2
                covered = max(0, min(half, held))
                found = [
                    (f"RES-4/{no}/B-{no}/{day}/{at}", Item(no, "RES-4", at, "company", fen))
                    for at, fen in (("reserve", covered), ("pay", half - covered))
                ]
            elif order == 3:
                found = [
                    (f"RES-6/{no}/B-{no}/costs/{at}", Item(no, "RES-6", "company", at, taken[at]))
                    for at in ("reserve", "pay")
                ]
            elif order == 4 and held > 0:
                found = [(f"RES-2/{no}/{month}/refund", Item(no, "RES-2", "reserve", "pay", held))]
                if p.left_on is None or p.left_on not in month:
                    reward = Item(no, "RES-2", "company", "pay", halved(held, 5, 100))
                    found.append((f"RES-2/{no}/{month}/reward", reward))
            for key, item in found:
                if item.fen and key not in self.waived:
                    held += item.fen * ((item.target == "reserve") - (item.source == "reserve"))
                    taken[item.source] += item.fen if item.rule == "RES-4" else 0
                    yield key, item

    def _reserve_days(
        self, no: str, month: Month, as_of: datetime, case: Case | None, dead_on: date | None
    ) -> Iterator[tuple[date, int]]:
        """What happens to a reserve in a month: the day, and its turn on that day."""
        p, last, over = PEOPLE[no], month.last_day, as_of >= month.end
        if no in self.facts.reserve_said:
            said_on = self.facts.reserve_said[no][0]
            first = min([*self.closed_as_of, month])
            opens = said_on in month or (said_on < month.first_day and month == first)
            if opens and clock.start_of(said_on) <= as_of:
                yield max(said_on, month.first_day), 0
        if over and p.employed_on(last):
            yield last, 1
        for who, day in self.facts.costs:
            if who == no and case and day in month and clock.start_of(day) <= as_of:
                yield day, 2
        if dead_on and dead_on in month:
            yield dead_on, 3
        if over and (refunded_on := _refunded_on(p, month, case)):
            yield refunded_on, 4

    def _dead_debt(self, no: str, month: Month, as_of: datetime) -> Iterator[tuple[str, Item]]:
        case = self._case(no, as_of)
        if case is None or case.outcome != "dead" or case.outcome_on is None:
            return

        def handed_in_by(day: date) -> int:
            counted = [(p.counted_at, p.fen) for p in self._paid_of(no) if p.on_debt]
            return sum(fen for at, fen in counted if at and local_day(at) <= day)

        before = handed_in_by(case.outcome_on)
        borne = max(0, DELIVERED - before)
        if borne and case.outcome_on in month:
            yield f"RES-6/{no}/B-{no}/debt", Item(no, "RES-6", "pay", "company", borne)

        def credited_by(day: date) -> int:
            return min(borne, handed_in_by(max(day, case.outcome_on)) - before)

        through = min(month.last_day, local_day(as_of))
        credit = credited_by(through) - credited_by(month.first_day - timedelta(days=1))
        if credit > 0:
            item = Item(no, "RES-6", "company", "pay", credit)
            yield f"RES-6/{no}/B-{no}/credit/{month}", item

    def _bonuses(self, month: Month, as_of: datetime) -> Iterator[tuple[str, Item]]:
        for (no, on), fen in self.facts.bonuses.items():
            if fen and on in month and clock.start_of(on) <= as_of:
                yield f"REW-1/{no}/{on}", Item(no, "REW-1", "company", "pay", fen)

    def _forfeits(
        self, month: Month, as_of: datetime, kept: dict[str, Item]
    ) -> Iterator[tuple[str, Item]]:
        for no in sorted({who for who, on in self.facts.forfeits.values() if on in month}):
            wages = [i.fen for i in kept.values() if i.person == no and i.rule in WAGES]
            if as_of >= month.end and sum(wages):
                yield f"DIS-2/{no}/{month}", Item(no, "DIS-2", "pay", "company", sum(wages))

    def _brought_forward(self, month: Month, kept: dict[str, Item]) -> Iterator[tuple[str, Item]]:
        for no, p in PEOPLE.items():
            owed = -self.balance("arrears", no, before=month)
            own = any(i.person == no and "pay" in (i.source, i.target) for i in kept.values())
            late = any(
                m.item.person == no and "pay" in (m.item.source, m.item.target)
                for m in self.moves
                if m.on == month and m.about < month
            )
            if owed > 0 and (p.employed_in(month) or own or late):
                item = Item(no, "PAY-6", "pay", "arrears", owed)
                yield f"PAY-6/{no}/{month}/brought-forward", item


def _refunded_on(p: Someone, month: Month, case: Case | None) -> date | None:
    """The day a reserve is paid back: the last of whoever leaves, else the year's."""
    last = month.last_day
    if p.left_on and p.left_on in month:
        return None if case and _open_on(case, p.left_on) else p.left_on
    if month.number != 12 or not p.employed_on(last):
        return None
    return None if case and (case.opened_on.year == last.year or _open_on(case, last)) else last


def _open_on(case: Case, day: date) -> bool:
    return case.opened_on <= day and (case.outcome_on is None or case.outcome_on > day)
