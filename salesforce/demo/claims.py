"""Travel and meal claims, goods on loan, things broken (EXP, GOOD)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from salesforce.demo.attendance import Attendance
from salesforce.demo.cast import Slot
from salesforce.demo.orders import Order
from salesforce.demo.people import Person
from salesforce.demo.rows import Row, Tables, day_or_empty, stamp, yuan
from salesforce.demo.stage import Stage

CLAIMED, NOT_APPROVED, LAVISH = 0.4, 0.12, 0.2
LENT_AT = time(9, 45)
# Who, item, price in yuan, from when, back after how many days (None: still out), condition.
LOANS: tuple[tuple[str, str, int, Slot, int | None, str], ...] = (
    ("Y003", "演示变频器", 1_260, (0, 4), 1, "good"),
    ("Y019", "便携示波器", 380, (0, 7), 2, "damaged"),
    ("Y006", "LED投光灯样机", 620, (0, 9), 6, "good"),  # late
    ("Y021", "手持测温仪", 450, (1, 5), 5, "lost"),
    ("Y014", "演示变频器", 1_260, (1, 12), 2, "good"),
    ("Y005", "超声探头样机", 2_980, (2, 0), 1, "good"),
)
# Lent some workdays before today, and not back yet: the first is overdue.
LENT_NOW = (("Y017", "便携示波器", 380, 7), ("Y020", "LED投光灯样机", 620, 1))
DAMAGES: tuple[tuple[str, Slot, str, int, bool], ...] = (
    ("Y007", (0, 11), "会议室投影仪", 1_860, False),
    ("Y013", (1, 5), "展厅玻璃展柜", 920, True),
)


def claims_tables(
    stage: Stage, orders: list[Order], sellers: list[Person], attendance: Attendance
) -> Tables:
    return {
        "expenses": _expenses(stage, orders, {person.no: person for person in sellers}),
        "loans": _loans(stage, attendance),
        "damages": [
            {
                "damage_no": f"P{n:03}",
                "employee_no": who,
                "on": stage.workday(*slot).isoformat(),
                "item": item,
                "cost_price": yuan(price * 100),
                "on_purpose": "yes" if meant else "no",
            }
            for n, (who, slot, item, price, meant) in enumerate(DAMAGES, 1)
        ],
    }


def _expenses(stage: Stage, orders: list[Order], people: dict[str, Person]) -> list[Row]:
    rng = stage.random("expenses")
    claims = [
        claim
        for order in orders
        if people[order.who].employed(order.on)
        for claim in _claims(stage, rng, order)
    ]
    claims.sort(key=lambda claim: (claim["spent_on"], claim["order_no"], claim["kind"]))
    return [{"claim_no": f"X{n:06}", **claim} for n, claim in enumerate(claims, 1)]


def _claims(stage: Stage, rng: Random, order: Order) -> Iterator[Row]:
    """Up to three on an order of the demo's months; on those not signed too, in vain."""
    if order.on < stage.first_day or (order.signed and rng.random() > CLAIMED):
        return
    for _ in range(rng.choice((1, 1, 2, 3))):
        yield {
            "employee_no": order.who,
            "order_no": order.no,
            "kind": rng.choice(("travel", "meal")),
            "spent_on": order.on.isoformat(),
            "amount": yuan(_spent(rng)),
            "approved_on": day_or_empty(_approved_on(stage, rng, order.on)),
        }


def _spent(rng: Random) -> int:
    """Usually modest; now and then more than the 2 % of a small order allow (EXP-1)."""
    low, high = (90_000, 340_000) if rng.random() < LAVISH else (6_000, 60_000)
    return rng.randint(low, high)


def _approved_on(stage: Stage, rng: Random, spent_on: date) -> date | None:
    if rng.random() < NOT_APPROVED:
        return None
    return stage.workday_from(spent_on, rng.randint(1, 6))


def _loans(stage: Stage, attendance: Attendance) -> list[Row]:
    """Lent on days at the office, and numbered as they were lent."""
    lent = [
        (attendance.office_day_from(who, stage.workday(*slot)), who, item, price, back, state)
        for who, item, price, slot, back, state in LOANS
    ]
    lent += [
        (
            attendance.office_day_from(who, stage.workday_from(stage.today, -ago)),
            who,
            item,
            price,
            None,
            "",
        )
        for who, item, price, ago in LENT_NOW
    ]
    known = sorted((one[0], *one[1:]) for one in lent if one[0])
    return [_loan(f"L{n:03}", *one) for n, one in enumerate(known, 1)]


def _loan(
    no: str, day: date, who: str, item: str, price: int, back: int | None, condition: str
) -> Row:
    returned_on = None if back is None else day + timedelta(days=back)
    return {
        "loan_no": no,
        "employee_no": who,
        "item": item,
        "price": yuan(price * 100),
        "lent_at": stamp(datetime.combine(day, LENT_AT)),
        "returned_on": day_or_empty(returned_on),
        "condition": condition,
    }
