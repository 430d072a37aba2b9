"""Cash that reached the cashier later than its day, around the cutoff above all (CUT-2, SLIP-4)."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from salesforce.demo.attendance import Attendance
from salesforce.demo.people import Person
from salesforce.demo.rows import Row, stamp
from salesforce.demo.stage import Stage

CUTOFF_DAY = 28
DECLARED_AT = time(15, 30)
REASON = "客户在外地,当天赶不回公司"
CARRIED_OVER = (2, 1, 1)
"""How many keep money past the cutoff without a word, by month."""


@dataclass(frozen=True)
class Handover:
    """Money received on one day and handed in on a later one."""

    who: str
    received_on: date
    handed_in_on: date
    declared: bool

    def days(self) -> set[date]:
        """From the receipt up to the handover no other slip is issued to this person."""
        between = (self.handed_in_on - self.received_on).days
        return {self.received_on + timedelta(days=n) for n in range(between + 1)}


def handovers_of(stage: Stage, sellers: list[Person], attendance: Attendance) -> list[Handover]:
    rng = stage.random("handovers")
    chosen: list[Handover] = []
    for received_on, handed_in_on, declared in _occasions(stage):
        free = [
            person.no
            for person in sellers
            if person.hired_on < stage.first_day
            and person.no not in {one.who for one in chosen}
            and _could(stage, attendance, person.no, received_on, handed_in_on)
        ]
        if free:
            chosen.append(Handover(rng.choice(free), received_on, handed_in_on, declared))
    return chosen


def _occasions(stage: Stage) -> list[tuple[date, date, bool]]:
    """When money is received, when handed in, and whether the delay was declared."""
    found = [(stage.workday(1, 6), stage.workday(1, 7), True)]
    for month, carried in enumerate(CARRIED_OVER):
        n = bisect_right(stage.workdays, stage.months[month].replace(day=CUTOFF_DAY)) - 1
        before, last, after, later = stage.workdays[n - 1 : n + 3]
        found += [(before, later, False)] * carried + [(last, after, True)]
    return found


def _could(stage: Stage, attendance: Attendance, who: str, *days: date) -> bool:
    """At the office on those of the days that have begun, and on the first in any case."""
    at_office = attendance.office_days(who)
    return days[0] in at_office and all(day in at_office for day in days if stage.begun(day))


def handovers_table(handovers: list[Handover]) -> list[Row]:
    return [
        {
            "employee_no": one.who,
            "date": one.received_on.isoformat(),
            "declared_at": stamp(datetime.combine(one.received_on, DECLARED_AT)),
            "reason": REASON,
        }
        for one in handovers
        if one.declared
    ]
