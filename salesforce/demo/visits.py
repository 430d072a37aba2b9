"""Visits and calls, as they were written down (VIS-1, VIS-2, VIS-4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from salesforce.demo.attendance import Attendance, minutes
from salesforce.demo.customers import Customer
from salesforce.demo.people import Person
from salesforce.demo.rows import Row, stamp, yes_no
from salesforce.demo.stage import Stage

ENOUGH, TOO_FEW, OFTEN_TOO_FEW = (29, 36), (20, 26), 0.06
SLOTS = (time(9, 40), time(11), time(13, 30), time(15))
VOID, CALLED_TOO = 0.03, 0.1
MOST_A_DAY = 3
CONTENTS = {
    "first": ("初次拜访,介绍公司与产品线", "了解采购流程与决策人", "登记设备需求清单"),
    "return": (
        "跟进报价,客户要求下周答复",
        "回访使用情况,介绍新品",
        "洽谈合同付款条件",
        "了解下季度采购计划",
    ),
    "after-sales": ("处理设备调试问题", "更换配件并签收", "售后巡检,客户满意"),
    "telephone": ("电话确认到货时间", "电话介绍促销方案", "电话跟进回款安排"),
}


@dataclass(frozen=True)
class Visit:
    who: str
    customer: Customer
    at: datetime
    kind: str
    content: str
    void: bool = False

    def row(self) -> Row:
        return {
            "employee_no": self.who,
            "customer_no": self.customer.no,
            "at": stamp(self.at),
            "kind": self.kind,
            "content": self.content,
            "void": yes_no(self.void),
        }


def visits_of(
    stage: Stage, sellers: list[Person], customers: list[Customer], attendance: Attendance
) -> list[Visit]:
    return [
        visit for person in sellers for visit in _visits_of(stage, person, customers, attendance)
    ]


def _visits_of(
    stage: Stage, person: Person, customers: list[Customer], attendance: Attendance
) -> Iterator[Visit]:
    rng = stage.random(f"visits/{person.no}")
    own = [c for c in customers if c.owner == person.no and not c.asleep]
    seen: set[str] = set()
    for month in range(3):
        due = stage.workdays_of(month)
        days = [day for day in attendance.field_days(person.no) if day in due]
        if person.channel == "telephone":
            times = {day: rng.randint(1, MOST_A_DAY) for day in days}
        else:
            times = _spread(rng, days, _points(rng, person, due, stage))
        for day in days:
            known = [c for c in own if c.created_on <= day]
            yield from _visits_on(stage, rng, person, day, times[day], known, seen)


def _points(rng: Random, person: Person, due: list[date], stage: Stage) -> int:
    """How many a month would give, and of them what its workdays so far and employed give."""
    low, high = TOO_FEW if rng.random() < OFTEN_TOO_FEW else ENOUGH
    so_far = [day for day in due if stage.begun(day) and person.employed(day)]
    return round(rng.randint(low, high) * len(so_far) / len(due))


def _spread(rng: Random, days: list[date], points: int) -> dict[date, int]:
    """The points over the days, as evenly as it goes, and no more than there are slots a day."""
    order = rng.sample(days, len(days))
    times = dict.fromkeys(days, 0)
    for n in range(min(points, len(days) * MOST_A_DAY)):
        times[order[n % len(order)]] += 1
    return times


def _visits_on(
    stage: Stage,
    rng: Random,
    person: Person,
    day: date,
    times: int,
    known: list[Customer],
    seen: set[str],
) -> Iterator[Visit]:
    """One day's visits, each to another customer; now and then one too many is void."""
    sorts = ["telephone" if person.channel == "telephone" else "visit"] * times
    sorts += ["void"] * (rng.random() < VOID)
    sorts += ["telephone"] * (person.channel == "field" and rng.random() < CALLED_TOO)
    chosen = rng.sample(known, min(len(sorts), len(known)))
    for sort, customer, slot in zip(sorts, chosen, SLOTS, strict=False):
        kind = sort if sort == "telephone" else _kind(stage, rng, person, customer, seen)
        seen.add(customer.no)
        at = datetime.combine(day, slot) + minutes(rng, 0, 39)
        yield Visit(person.no, customer, at, kind, rng.choice(CONTENTS[kind]), sort == "void")


def _kind(stage: Stage, rng: Random, person: Person, customer: Customer, seen: set[str]) -> str:
    if person.channel == "telephone":
        return "telephone"
    if customer.created_on >= stage.first_day and customer.no not in seen:
        return "first"
    return rng.choice(("return", "return", "return", "after-sales"))
