"""How the money for a delivery comes in: at once, in parts, not yet, or never."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from salesforce.demo.attendance import Attendance
from salesforce.demo.handovers import Handover
from salesforce.demo.orders import Order, Part, SlipPlan
from salesforce.demo.people import LEAVER
from salesforce.demo.stage import Stage

NO_CASH_FROM = 5_000_000
SETTLED_AFTER_DAYS = 30
# Fate, how often.
FATES = {
    "whole": 46,
    "two_payments": 10,
    "two_slips": 20,
    "instalments": 10,
    "returned": 6,
    "some": 3,
    "none_yet": 2,
    "never": 3,
}
OPEN_FATES = ("some", "none_yet")


@dataclass(frozen=True)
class Collecting:
    """When a salesperson can be given slips: at the office, and with no money in hand (SLIP-4)."""

    stage: Stage
    attendance: Attendance
    handovers: list[Handover]

    def plans(self, rng: Random, order: Order) -> list[SlipPlan]:
        """The order's slips: its own plan, or as chance has it for each delivery."""
        if order.slips is not None:
            return order.slips
        return [
            plan
            for delivered_on, amount in order.deliveries
            for plan in self._usual(rng, order.who, delivered_on, amount)
        ]

    def day_from(self, who: str, day: date) -> date | None:
        busy = {day for one in self.handovers if one.who == who for day in one.days()}
        free = self.attendance.office_day_from(who, day)
        while free in busy:
            free = self.attendance.office_day_from(who, free + timedelta(days=1))
        return free

    def _usual(self, rng: Random, who: str, delivered_on: date, amount: int) -> list[SlipPlan]:
        wanted = delivered_on + timedelta(days=rng.randint(2, 18))
        if wanted < self.stage.first_day:
            wanted = self.stage.first_day + timedelta(days=rng.randint(0, 20))
        first = self.day_from(who, wanted)
        if first is None:
            return []
        second = self.day_from(who, first + timedelta(days=rng.randint(3, 8)))
        return _slips(rng, self._fate(rng, who, first), first, second, amount)

    def _fate(self, rng: Random, who: str, first: date) -> str:
        """Old slips have been settled by now, and who leaves has settled all of them."""
        [fate] = rng.choices(list(FATES), list(FATES.values()))
        long_ago = self.stage.today - first > timedelta(days=SETTLED_AFTER_DAYS)
        return "whole" if who == LEAVER or (fate in OPEN_FATES and long_ago) else fate


def _slips(rng: Random, fate: str, first: date, second: date | None, amount: int) -> list[SlipPlan]:
    """The slips of one delivery. What would follow on a `second` day to come is left open."""
    some = amount * rng.randint(3, 6) // 10
    rest = amount - some
    match fate:
        case "two_payments":
            return [SlipPlan(first, amount, (_part(rng, first, some), _part(rng, first, rest)))]
        case "two_slips":
            return [_paid(rng, first, some), *([_paid(rng, second, rest)] if second else [])]
        case "instalments":
            later = (_part(rng, second, rest),) if second else ()
            return [SlipPlan(first, amount, (_part(rng, first, some), *later))]
        case "returned":
            again = [_paid(rng, second, amount)] if second else []
            return [SlipPlan(first, amount, returned_on=first), *again]
        case "some":
            return [SlipPlan(first, amount, (_part(rng, first, some),))]
        case "none_yet":
            return [SlipPlan(first, amount)]
        case "never":
            return []
        case _:
            return [_paid(rng, first, amount)]


def _paid(rng: Random, day: date, amount: int) -> SlipPlan:
    return SlipPlan(day, amount, (_part(rng, day, amount),))


def _part(rng: Random, day: date, amount: int) -> Part:
    methods = (
        ("cheque", "transfer") if amount >= NO_CASH_FROM else ("cash", "cash", "cheque", "transfer")
    )
    return Part(day, amount, rng.choice(methods))
